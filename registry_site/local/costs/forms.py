"""What a browser would send of a form on a page of the admin."""

from html.parser import HTMLParser


class Form(HTMLParser):
    """Reads the fields of the form with this id."""

    def __init__(self, page: str, identifier: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self._identifier = identifier
        self._is_inside = False
        self._select = self._text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        values = dict(attributes)
        name = values.get("name") or ""
        if tag == "form":
            self._is_inside = values.get("id") == self._identifier
        if not self._is_inside or "__prefix__" in name:
            return
        is_chosen = values.get("type") not in ("checkbox", "radio") or "checked" in values
        if tag == "input" and name and values.get("type") != "submit" and is_chosen:
            self.values.setdefault(name, []).append(values.get("value") or "")
        if tag == "textarea":
            self._text = name
            self.values[name] = [""]
        if tag == "select":
            self._select = name
        if tag == "option" and self._select and "selected" in values:
            self.values.setdefault(self._select, []).append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        if tag == "textarea":
            self._text = ""
        if tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._text:
            self.values[self._text][0] += data.removeprefix("\n")
