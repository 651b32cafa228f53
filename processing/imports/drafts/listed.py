"""The values of a cell that holds several: split where the column splits, and at commas only
between values that are known.
"""

import re
from collections.abc import Callable

from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.draft import Item, Writer
from processing.imports.drafts.terms import Match
from processing.imports.fields import LISTS_OF_TERMS, SINGLE
from processing.imports.values import country_of, yes_or_no

COMMA = re.compile(r"\s*,\s*|\s*/\s*")
AND = re.compile(r"\s*,\s*|\s+(?:en|et|und|and|of|ou|oder|or|&)\s+|\s*/\s*")
LONGEST_VALUE = 7
LONGEST_LIST = 2_000
# Of values between commas, so many must be known.
KNOWN = 0.6


def values_of(writer: Writer, item: Item) -> list[Item]:
    """The values of a cell, each as an item."""
    target = item.target
    if target.field in SINGLE or (target.code and yes_or_no(item.text) is None):
        return [item]
    is_known = _known_by(writer, target.field)
    if is_known and is_known(item.text):
        return [item]
    is_prose = target.field not in LISTS_OF_TERMS
    parts = writer.separators[item.column].split(item.text, is_prose=is_prose)
    if is_known:
        parts = [piece for part in parts for piece in _at_commas(part, is_known)]
    # The first one is counted with its cell.
    most = writer.room + 1
    if len(parts) > most:
        # The rest is told of at once: it may be thousands of values.
        rest = item.part("\n".join(parts[most:]))
        writer.account(rest, Outcome.LEFT_OUT, reason="too_many_values")
        del parts[most:]
    writer.room -= max(0, len(parts) - 1)
    return [item.part(part) for part in parts] or [item]


def _at_commas(text: str, is_known: Callable[[str], bool]) -> list[str]:
    if is_known(text) or len(text) > LONGEST_LIST:
        return [text]
    for separator, share in ((COMMA, KNOWN), (AND, 1.0)):
        parts = [part for part in separator.split(text) if part]
        are_short = all(len(part.split()) <= LONGEST_VALUE for part in parts)
        if len(parts) > 1 and are_short and sum(map(is_known, parts)) >= share * len(parts):
            return parts
    return [text]


def _known_by(writer: Writer, field: str) -> Callable[[str], bool] | None:
    """Tells of a text whether it is a value of the field; None for a field of free text."""
    if field not in LISTS_OF_TERMS:
        return None
    if field == "transfers.country":
        return lambda text: country_of(text) is not None
    if field in ("legal_grounds.ground", "legal_grounds.condition"):
        return lambda text: _is_whole(find(writer, field, text))
    if field == "recipients.party":
        bodies = writer.vocabulary.bodies
        return lambda text: (
            bodies.find(text) is not None or _is_whole(find(writer, "recipients.category", text))
        )
    return lambda text: _is_whole(find(writer, field, text))


def _is_whole(match: Match | None) -> bool:
    return match is not None and match.is_whole


LISTS = {
    "data.category": "data",
    "data.detail": "data",
    "data.about": "data_subjects",
    "purposes.category": "purposes",
    "recipients.category": "recipients",
    "recipients.party": "recipients",
    "processors.category": "recipients",
    "processors.party": "recipients",
    "joint_controllers.category": "recipients",
    "joint_controllers.party": "recipients",
    "transfers.mechanism": "transfer_mechanisms",
    "transfers.safeguards": "transfer_mechanisms",
    "legal_grounds.ground": "legal_grounds",
    "legal_grounds.condition": "legal_conditions",
}


def find(writer: Writer, field: str, text: str) -> Match | None:
    """The term of the field's code list that a text means."""
    terms = writer.vocabulary.lists.get(LISTS.get(field, field))
    return terms.find(text) if terms else None


def last_of_heading(item: Item) -> str:
    """What a column that says yes or no is about: "Personnes - Salariés" is "Salariés"."""
    return re.split(r"\s[-–:>]\s", item.heading)[-1].strip()
