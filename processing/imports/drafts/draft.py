"""Drafts of activities while they are written: contents as processing/snapshots.py has them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from organisations.languages import LANGUAGES
from processing.imports.drafts.cell_accounts import Accounts, Outcome
from processing.imports.drafts.terms import Vocabulary
from processing.imports.fields import Target
from processing.imports.files.cells import Cell, Place
from processing.imports.values import Separators
from processing.models import ProcessingActivity
from processing.publishing import MOST_ROWS
from processing.snapshots import Content, content_fields, row_models

# A row of a content: name of a column -> value.
Values = dict[str, object]
# The beginning of a text that is too long stands in its field, with this behind it.
CUT = " […]"
# So many values of cells become rows of one activity, or are told of these.
MOST_VALUES = 2_000


@dataclass(frozen=True, slots=True)
class Item:
    """A cell, or one of the values in it, and what its column is meant for."""

    column: str
    # What the column is called, for people.
    title: str
    heading: str
    place: Place
    cell: Cell
    text: str
    target: Target

    def part(self, text: str) -> "Item":
        return self if text == self.text else replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Named:
    """An activity of the file as others name it: it may have no key yet."""

    number: int
    reference: str
    names: list[str]


@dataclass(slots=True)
class Draft:
    """An activity as it would be."""

    number: int
    content: Content = field(default_factory=dict)
    # What is no content of an activity, but a date of its people (a day as 2026-11-26).
    review_due_on: str = ""
    # Whether the file names no name, and a purpose stands for it.
    is_named_by_purpose: bool = False
    # Where its first cell stands.
    place: Place | None = None
    # The activity of the file that replaces it.
    successor: Named | None = None

    @property
    def reference(self) -> str:
        return str(self.content.get("reference") or "")

    @property
    def names(self) -> dict[str, str]:
        """By language."""
        found = {language: self.content.get(f"name_{language}") for language in LANGUAGES}
        return {language: str(name) for language, name in found.items() if name}


@dataclass(slots=True)
class Writer:
    """Writes one draft, and accounts for each item."""

    draft: Draft
    vocabulary: Vocabulary
    accounts: Accounts
    # Of texts whose column tells none.
    language: str
    separators: Mapping[str, Separators]
    # The mechanism of transfers whose row tells none; "" where nobody chose one.
    mechanism: str = ""
    # Whether rows of the file stand for rows of the activity, which belong together.
    has_several_rows: bool = False
    # Each once, in their order.
    remarks: dict[str, None] = field(default_factory=dict)
    remarks_length: int = 0
    # So many more values it takes.
    room: int = MOST_VALUES
    # How many rows the activity has, and what those said that were added: part and values -> row.
    row_count: int = 0
    added: dict[tuple[str, str], Values] = field(default_factory=dict)
    # Yes, no and none, as columns about transfers, recipients and special data say them.
    said: dict[str, list[tuple[bool, Item]]] = field(default_factory=dict)
    # The last days, which must not lie before the first one.
    ends: list[tuple[str, Item]] = field(default_factory=list)
    # Of an activity of the register's own workbook: kind of rows -> the keys that these have.
    own_keys: dict[str, set[int]] | None = None
    # Words -> the activity of the own workbook that is called so.
    others: Mapping[str, Named] = field(default_factory=dict)

    def account(
        self,
        item: Item,
        outcome: Outcome,
        field: str = "",
        reason: str = "",
        text: str | None = None,
    ) -> None:
        self.accounts.add(
            item.place,
            outcome,
            item.text if text is None else text,
            column=item.column,
            field=field or ("" if outcome is Outcome.NOTHING else item.target.field),
            reason=reason,
            draft=self.draft.number,
        )

    def understood(self, item: Item, field: str = "") -> None:
        self.account(item, Outcome.UNDERSTOOD, field)

    def nothing(self, item: Item) -> None:
        self.account(item, Outcome.NOTHING)

    def remark(self, item: Item, reason: str, *, outcome: Outcome = Outcome.REMARK) -> None:
        """Keep a text in the internal remarks, under the name of its column."""
        line = f"{item.title}: {item.text}"
        limit = limits()["", "remarks"]
        if line not in self.remarks:
            if self.remarks_length + len(line) > limit:
                self.account(item, Outcome.LEFT_OUT, reason="too_long_for_all")
                return
            self.remarks[line] = None
            # With the line break behind it.
            self.remarks_length += len(line) + 1
        self.account(item, outcome, "remarks", reason)

    def language_of(self, item: Item) -> str:
        return item.target.language or self.language

    def put(self, values: Values, part: str, name: str, item: Item, *, between: str = "\n") -> bool:
        """Write a text into a field of the activity (part "") or of a row, after what is there.

        False where it does not fit: then its beginning is there, and all of it in the remarks.
        """
        column = f"{name}_{self.language_of(item)}" if (part, name) not in limits() else name
        limit = limits()[part, column]
        before = str(values.get(column) or "")
        if item.text == before or (item.text in before and item.text in before.split(between)):
            return True
        text = f"{before}{between}{item.text}" if before else item.text
        if limit is None or len(text) <= limit:
            values[column] = text
            return True
        if not before and limit >= 300:
            values[column] = text[: limit - len(CUT)] + CUT
        self.remark(item, "too_long")
        return False

    def put_understood(self, values: Values, part: str, name: str, item: Item, **kwargs) -> None:
        if self.put(values, part, name, item, **kwargs):
            self.understood(item)

    def add_row(self, part: str, values: Values) -> Values:
        """A row of the activity; one that is there already is given instead.

        One more than fit is kept, so that the activity is refused; others are not.
        """
        rows = self.draft.content.setdefault(part, [])
        said = part, repr(sorted(values.items()))
        there = self.added.get(said)
        if there is not None and {n: v for n, v in there.items() if n != "key"} == values:
            return there
        if ("key" in columns_of(part)) and "key" not in values:
            values["key"] = len(rows) + 1
        if not self.is_full:
            self.added[said] = values
            rows.append(values)
            self.row_count += 1
        return values

    @property
    def is_full(self) -> bool:
        """Whether it has more rows than fit in an activity."""
        return self.row_count > MOST_ROWS

    def take(self, item: Item) -> bool:
        """Whether there is room for one more value; else it is left out."""
        if self.room == 0:
            self.account(item, Outcome.LEFT_OUT, reason="too_many_values")
            return False
        self.room -= 1
        return True

    def add_code(self, name: str, code: str) -> None:
        codes = self.draft.content.setdefault(name, [])
        if code not in codes:
            codes.append(code)

    def say(self, about: str, *, yes: bool, item: Item) -> None:
        """Note what a column says of what other columns may tell of; accounted for at the end."""
        self.said.setdefault(about, []).append((yes, item))


@cache
def limits() -> dict[tuple[str, str], int | None]:
    """Part and column -> how many characters fit."""
    models = {"": ProcessingActivity, **row_models(ProcessingActivity)}
    return {
        (part, column.name): column.max_length
        for part, model in models.items()
        for column in content_fields(model, without={"id", "activity"})
    }


@cache
def columns_of(part: str) -> frozenset[str]:
    return frozenset(column for known, column in limits() if known == part)
