"""Accounts of cells as a database keeps them: of those that somebody should look at."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from processing.imports.drafts.cell_accounts import Account, Outcome
from processing.imports.files.cells import Place

# What was understood or says nothing needs no look, nor what a register has no field for.
WORTH_A_LOOK = (Outcome.KEPT, Outcome.REMARK, Outcome.LEFT_OUT)
# So much of a text is shown: all of it is in the file.
LONGEST = 300
# So many of an activity, and of the cells that belong to none.
MOST = 200
MOST_OUTSIDE = 1_000


def kept(accounts: Iterable[Account], most: int = MOST) -> tuple[list[list], int]:
    """The first of those that somebody should look at, and how many more there are."""
    found = [account for account in accounts if account.outcome in WORTH_A_LOOK]
    stored = [
        [*a.place, a.outcome.value, a.text[:LONGEST], a.column, a.field, a.reason]
        for a in found[:most]
    ]
    return stored, max(0, len(found) - most)


def told_of_more(number: int) -> str:
    """How many cells are not listed, in the language of the reader."""
    return _("And %(number)s more.") % {"number": number}


def accounts_from(stored: Iterable[list]) -> list[Account]:
    return [
        Account(Place(*place), Outcome(outcome), text, column, field, reason)
        for *place, outcome, text, column, field, reason in stored
    ]
