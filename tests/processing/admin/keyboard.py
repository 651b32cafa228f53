"""The keyboard of somebody who uses nothing else, and what it costs to work with it."""


class Keyboard:
    """Counts the keys that move on, those that do what a click does, and the pages that load."""

    def __init__(self, page) -> None:
        self.page = page
        self.moves = 0
        self.clicks = 0
        self.loads = 0
        page.on("load", self._count_load)

    def _count_load(self, _page: object) -> None:
        self.loads += 1

    def goes_to(self, place: str, key: str = "Tab") -> None:
        """Move on until the place, or something in it, has the focus."""
        for _press in range(300):
            if self.page.evaluate("(place) => !!document.activeElement.closest(place)", place):
                return
            self.moves += 1
            self.page.keyboard.press(key)
        raise AssertionError(f"{key} does not lead to {place}")

    def presses(self, place: str, key: str = "Enter", *, moving: str = "Tab") -> None:
        self.goes_to(place, moving)
        self.clicks += 1
        self.page.keyboard.press(key)

    def types(self, name: str, text: str) -> None:
        self.goes_to(f"[name={name}]")
        self.page.keyboard.insert_text(text)

    def types_in_both(self, name: str, text: str) -> None:
        """In the two languages of the entry."""
        for language in ("nl", "fr"):
            self.types(f"{name}_{language}", f"{text} ({language})")

    def chooses(self, name: str, label: str) -> None:
        """In a list: by its first letters, which is one choice as much as an arrow is."""
        self.goes_to(f"[name={name}]")
        self.clicks += 1
        self.page.keyboard.type(label)
        chosen = self.page.inner_text(f"[name={name}] option:checked")
        assert chosen.startswith(label)

    def picks(self, name: str, words: str) -> None:
        """Look for words in a searchable field. The key that moves on then chooses, as a click."""
        self.goes_to(f"select[name={name}] + .select2-container")
        # Nobody types faster than a field opens.
        self.page.keyboard.type(words[0])
        self.page.wait_for_selector(".select2-search__field:focus")
        self.page.keyboard.type(words[1:])
        self.clicks += 1
        self.page.keyboard.press("Tab")

    def has_row(self, kind: str, number: int) -> None:
        """Add a row, unless the form has it already."""
        if not self.page.locator(f"#{kind}-{number}").count():
            self.presses(f"#{kind}-group .add-row a")
