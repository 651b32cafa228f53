"""A data protection officer at the form of an activity, in a browser."""

from django.utils.translation import gettext, override

from organisations.models import Organisation
from processing.models import ProcessingActivity
from tests.admin_forms import ACTIVITIES
from tests.processing.admin.cases import Case, Values, typed

# Which control a field has, and its name: a text has one in each language.
CONTROL = """([name, language]) => {
  const fieldOf = (one) => document.querySelector(`[name="${one}"]`);
  const found = [name, `${name}_${language}`].find(fieldOf);
  const field = fieldOf(found);
  const isPicker = field && field.matches("select.admin-autocomplete");
  return [found || name, isPicker ? "picker" : field ? field.type : ""];
}"""
# Where a long word may be divided, nobody sees until it is.
WHOLE_WORDS = """() => {
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
        texts.currentNode.data = texts.currentNode.data.replaceAll("\\u00ad", "");
    }
}"""
# Each section of a public page: its text, and for each answer the title and label -> texts and
# addresses. An answer is a row of a table (of several periods, more than one), a name in a list, or
# a list of labels and answers.
READ = """() => {
  const read = {};
  for (const section of document.querySelectorAll("section.question")) {
    const answers = [...section.querySelectorAll(".answer")].map((answer) => {
      const rows = {};
      for (const row of answer.querySelectorAll("dl > div, td[data-label]")) {
        const label = row.dataset.label || row.querySelector("dt").textContent;
        const texts = [...row.querySelectorAll("dd, :scope > span")].map((one) => one.textContent);
        const told = [...texts, ...[...row.querySelectorAll("a")].map((a) => a.href)];
        (rows[label] ||= []).push(...told.map((text) => text.trim()));
      }
      const title = answer.matches("li") ? answer : answer.querySelector("h3, th");
      return { title: title ? title.textContent.trim() : "", rows };
    });
    read[section.getAttribute("aria-labelledby")] = { text: section.textContent, answers };
  }
  return read;
}"""


class Dpo:
    """Somebody at a window, who works for a body and publishes its register."""

    def __init__(self, window, site: str, language: str) -> None:
        self.window = window
        self.site = site
        self.language = language

    def enters(self, case: Case) -> ProcessingActivity:
        """Type an entry in the form of a new one, and save it."""
        self.window.goto(f"{self.site}{ACTIVITIES}add/")
        self._fills("", case.entry)
        for kind, rows in case.rows.items():
            for number, row in enumerate(rows):
                self._adds(kind, number)
                self._fills(f"{kind}-{number}-", row)
        with self.window.expect_navigation(wait_until="domcontentloaded"):
            self.window.click("[name=_continue]")
        assert self.window.locator(".register-errors").count() == 0, self.window.inner_text("form")
        return ProcessingActivity.objects.latest("pk")

    def publishes(self) -> None:
        """The entry whose form is open."""
        with override(self.language):
            self.window.click(f".register-steps a >> text={gettext('Publish')}")
        with self.window.expect_navigation(wait_until="commit"):
            self.window.click("[type=submit].default")

    def reads(self, activity: ProcessingActivity) -> dict:
        """What the public page says: see READ."""
        body: Organisation = activity.organisation
        path = f"/{self.language}/processing/{body.slug}/{activity.number}/"
        assert self.window.goto(f"{self.site}{path}").status == 200
        self.window.evaluate(WHOLE_WORDS)
        return self.window.evaluate(READ)

    def _adds(self, kind: str, number: int) -> None:
        """A new entry has the first row of most kinds already."""
        self._opens(f"#{kind}-group")
        if not self.window.locator(f"#{kind}-{number}").count():
            self.window.click(f"#{kind}-group .add-row a")

    def _opens(self, place: str) -> None:
        closed = self.window.locator("details.register-section:not([open])")
        section = closed.filter(has=self.window.locator(place))
        if section.count():
            section.locator("> summary").click()

    def _fills(self, prefix: str, values: Values) -> None:
        internal = values.get("internal", {})
        for name, value in {**values, **internal}.items():
            if name != "internal":
                self._fill(f"{prefix}{name}", typed(value))

    def _fill(self, name: str, value: object) -> None:
        name, control = self.window.evaluate(CONTROL, [name, self.language])
        place = f"[name='{name}']"
        if not name.rpartition("-")[0]:
            self._opens(place)
        field = self.window.locator(place)
        if control == "picker":
            for words in value if isinstance(value, list) else [value]:
                self.picks(name, typed(words))
        elif control == "checkbox" and value is True:
            field.check()
        elif control == "checkbox":
            for one in value:
                self._ticks(field, one)
        elif control == "select-one" and isinstance(value, int):
            field.select_option(index=value)
        elif control == "select-one":
            field.select_option(label=value)
        else:
            field.fill(value)

    def _ticks(self, boxes, value: object) -> None:
        """One of several boxes, by its label or its place."""
        if isinstance(value, int):
            boxes.nth(value - 1).check()
        else:
            label = self.window.locator("label").filter(has=boxes)
            label.filter(has_text=value).locator("input").check()

    def picks(self, name: str, words: str) -> None:
        """Look for words in a searchable field, and take the first that is found."""
        self.window.click(f"select[name='{name}'] + .select2-container")
        self.window.locator(".select2-container--open .select2-search__field:focus").wait_for()
        self.window.keyboard.insert_text(words)
        self.window.keyboard.press("Enter")
        self.window.locator(".select2-container--open").first.wait_for(state="detached")
