"""Accounts of cells as a database keeps them: of those that somebody should look at."""

from collections.abc import Iterable

from processing.imports.accounts import Account, Outcome
from processing.imports.cells import Place

# What was understood or says nothing needs no look, nor what a register has no field for.
WORTH_A_LOOK = (Outcome.KEPT, Outcome.REMARK, Outcome.LEFT_OUT)
# So much of a text is shown: all of it is in the file.
LONGEST = 300
# So many of the cells that belong to no activity.
MOST_OUTSIDE = 1_000


def kept(accounts: Iterable[Account]) -> list[list]:
    return [
        [*a.place, a.outcome.value, a.text[:LONGEST], a.column, a.field, a.reason]
        for a in accounts
        if a.outcome in WORTH_A_LOOK
    ]


def accounts_from(stored: Iterable[list]) -> list[Account]:
    return [
        Account(Place(*place), Outcome(outcome), text, column, field, reason)
        for *place, outcome, text, column, field, reason in stored
    ]
