"""What became of each cell: nothing that somebody wrote is dropped without a word."""

from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from processing.imports.files.cells import Place


class Outcome(StrEnum):
    """From the best to the worst: a cell of which parts fared differently counts by the worst."""

    # It is in the field that it is meant for.
    UNDERSTOOD = "understood"
    # It says that it says nothing, or repeats what another cell says.
    NOTHING = "nothing"
    # A heading, or a title of one.
    HEADING = "heading"
    # A column that a register has no field for, by the vocabulary or by who imports.
    NOT_TAKEN = "not_taken"
    # As text, in the field that is meant for such a text.
    KEPT = "kept"
    # In the internal remarks.
    REMARK = "remark"
    # In no activity: listed, with the reason.
    LEFT_OUT = "left_out"


RANK = {outcome: rank for rank, outcome in enumerate(Outcome)}
# Nobody needs to touch such a cell.
DONE_WITH = (Outcome.UNDERSTOOD, Outcome.NOTHING, Outcome.NOT_TAKEN)
# Why a text was not understood, or is in no activity.
REASONS: dict[str, Promise] = {
    "above": _("It stands above the table."),
    "below": _("It stands below the table."),
    "section": _("It is the title of a section of the table."),
    "explanation": _("It explains how to fill in the table."),
    "example": _("It is an example."),
    "no_table": _("The sheet has no table of activities."),
    "hidden": _("The sheet is hidden."),
    "alone": _("It stands alone: there is no value beside it."),
    "breach": _("It is about breaches, which do not belong in the register."),
    "not_taken": _("The register has no field for it."),
    "not_joined": _("It names no activity of the file."),
    "no_field": _("Nothing tells which field this column is meant for."),
    "unknown_term": _("The code list has no such term."),
    "guessed_term": _("The term is a guess: the whole text is in the internal remarks."),
    "no_yes_or_no": _("This is neither yes nor no."),
    "no_date": _("This is no date."),
    "no_number": _("This is no number."),
    "no_country": _("This is no country."),
    "in_the_eea": _(
        "This country is in the European Economic Area: it is a recipient, no transfer."
    ),
    "no_mechanism": _("A transfer needs a mechanism."),
    "which_countries": _("It does not say which countries."),
    "contradiction": _("Another column says otherwise."),
    "own_body": _("The body itself is no other party."),
    "other_body": _("This names another body than yours."),
    "too_long": _("The text is too long for its field: all of it is in the internal remarks."),
    "too_long_for_all": _("The text is too long, for the internal remarks too."),
    "too_many_values": _("The file says more about this activity than fits."),
    "no_address": _("This is no web address."),
    "second_value": _("The field holds one value, and has one already."),
    "which_special_data": _("It does not say which special categories."),
    "needs_legitimate_interests": _("The legal basis is not legitimate interests."),
    "ends_before_start": _("The end date lies before the start date."),
    "row_refused": _("Its row lacks something, or says two things that exclude each other."),
    "no_choice": _("This is none of the values that can be chosen."),
    "no_such_row": _("There is no row with this number."),
    "uncertain": _("It is not certain what this says for the register."),
}


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a cell, or of one of the values in it."""

    place: Place
    outcome: Outcome
    # The text in question, as it was cleaned.
    text: str
    # Key of the column; "" outside of all tables.
    column: str = ""
    # The field that holds it; "" for none.
    field: str = ""
    # One of REASONS; "" where there is nothing to explain.
    reason: str = ""
    # Number of the draft that it belongs to, from 0; None for none.
    draft: int | None = None

    @property
    def explanation(self) -> str:
        """In the language of the reader; "" where there is nothing to explain."""
        return str(REASONS[self.reason]) if self.reason else ""


@dataclass(slots=True)
class Accounts:
    """The accounts of all cells of a file."""

    all: list[Account] = field(default_factory=list)

    def add(self, place: Place, outcome: Outcome, text: str, **kwargs) -> None:
        self.all.append(Account(place, outcome, text, **kwargs))

    def by_place(self) -> dict[Place, Outcome]:
        """What became of each cell: the worst of what became of its values."""
        found: dict[Place, Outcome] = {}
        for account in self.all:
            before = found.setdefault(account.place, account.outcome)
            if RANK[account.outcome] > RANK[before]:
                found[account.place] = account.outcome
        return found

    def count_understood(self) -> tuple[int, int]:
        """Of the cells in tables, but headings: how many nobody needs to touch, and how many there
        are.
        """
        in_tables = {account.place for account in self.all if account.column}
        outcomes = [outcome for place, outcome in self.by_place().items() if place in in_tables]
        return sum(outcome in DONE_WITH for outcome in outcomes), len(outcomes)
