"""What visitors, an editor and a citizen do without a pause, and what becomes of it."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count

from tests.proxy.arrangement import Answer, Arrangement
from tests.proxy.editing import save
from tests.proxy.next_release import TEXT, stylesheet_on
from tests.proxy.test_faults import CONTACT, FORM, PAGES

_serial = count()


@dataclass
class Traffic:
    """Through the proxy, which takes 20 questions and one more every three seconds."""

    production: Arrangement
    session: str
    # The key of the activity that the editor saves again and again.
    activity: int
    # What was told to be saved, or received.
    saved: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    # Tag of a page -> whether it was of the next release.
    tags: dict[str, set[bool]] = field(default_factory=dict)
    # How many pages were made by the next release, and how many by this one.
    made: Counter[bool] = field(default_factory=Counter)

    @contextmanager
    def flowing(self) -> Iterator[None]:
        over = threading.Event()
        doing = [self.look_around, self.search, self.save, self.question]
        threads = [threading.Thread(target=self._again, args=(one, over)) for one in doing]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            over.set()
            for thread in threads:
                thread.join()

    def _again(self, do: Callable[[], None], over: threading.Event) -> None:
        while not over.is_set():
            try:
                do()
            except Exception as error:
                self.failed.append(f"{do.__name__}: {error!r}")
            time.sleep(0.2)

    def look_around(self) -> None:
        """Pages that are kept, with the stylesheet that each names."""
        for path in PAGES:
            page = self._page(path)
            if page.status == 200:
                self._expect(200, stylesheet_on(page.text))

    def search(self) -> None:
        """A page that nobody asked for yet."""
        page = self._page(f"/en/processing/?q=word{next(_serial)}")
        self.made[TEXT in page.text] += 1

    def save(self) -> None:
        typed = f"Typed {next(_serial)}"
        if save(self.production.proxy.port, self.session, self.activity, remarks=typed) == 302:
            self.saved.append(typed)
        else:
            self.failed.append(f"not saved: {typed}")

    def question(self) -> None:
        message = f"Question {next(_serial)}"
        form = self.production.question(message)
        self._expect(302, CONTACT.format("fr"), "POST", form, Content_Type=FORM)
        self.asked.append(message)
        time.sleep(1.5)

    def _page(self, path: str) -> Answer:
        page = self._expect(200, path)
        self.tags.setdefault(page.headers.get("etag", ""), set()).add(TEXT in page.text)
        return page

    def _expect(self, status: int, path: str, *sent: str, **headers: str) -> Answer:
        answer = self.production.ask(path, *sent, **headers)
        if answer.status != status:
            self.failed.append(f"{path}: {answer.status}")
        return answer
