"""What an entry's page is built from: questions, answers, and the rows that hold them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisations.directory import Body
from organisations.languages import Passage


class Link(Passage):
    """A link as an answer. Renders as one, so that templates need not look."""

    __slots__ = ("url",)

    url: str

    @classmethod
    def of(cls, text: Passage | str, url: str) -> "Link":
        if isinstance(text, Passage):
            link = cls(text.plain, text.language, text.page_language)
        else:
            link = cls(text, "", "")
        link.url = url
        return link

    def __html__(self) -> SafeString:
        return format_html('<a href="{}">{}</a>', self.url, super().__html__())


Answer = Passage | str


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its answers."""

    label: str
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Item:
    """One of several things in a section: a purpose, a category of data, a recipient."""

    title: Answer | None
    rows: list[Row]
    marks: list[str] = field(default_factory=list)

    @property
    def lists(self) -> list[list[Row]]:
        """The rows in lists in which each label stands once: of two periods, each has its own."""
        lists: list[list[Row]] = []
        for row in self.rows:
            if not lists or any(row.label == other.label for other in lists[-1]):
                lists.append([])
            lists[-1].append(row)
        return lists


@dataclass(frozen=True, slots=True)
class Section:
    """A question about the entry, with its answers."""

    key: str
    title: str
    explanation: str
    items: list[Item]
    # Without answers: that there is nothing, where the body says so; else that it says nothing.
    declared: str = ""
    unsaid: str = ""

    @property
    def nothing(self) -> str:
        """What to say when there is no answer."""
        return self.declared or self.unsaid


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry in one language of the site."""

    name: Passage
    summary: Passage | None
    rights_procedure: Passage | None
    body: Body
    # All that there are, so that two entries can be compared section by section.
    sections: list[Section]
    is_on_behalf_of_others: bool = False

    @property
    def shown_sections(self) -> list[Section]:
        """The sections that have something to say."""
        return [section for section in self.sections if section.items or section.nothing]

    @property
    def has_fallback(self) -> bool:
        """Whether some text stands in another language than the page's."""
        return any(
            isinstance(text, Passage) and text.is_fallback
            for text in (self.name, self.summary, self.rights_procedure, *self._answers())
        )

    def _answers(self) -> Iterator[Answer | None]:
        for section in self.sections:
            for item in section.items:
                yield item.title
                for row in item.rows:
                    yield from row.answers
