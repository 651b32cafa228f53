"""What the register says after an import: what the file says, over what it said before.

A file speaks of the fields in which it has something, of no others: an empty cell takes nothing
away. What it says as it did at the last import is no news: what people changed in the register
since then stays.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from processing.imports.register.working_copies import ROWS, is_same
from processing.models import PARTS, ProcessingActivity
from processing.snapshots import Content

# Kind of rows -> key in the file -> key in the register.
Keys = dict[str, dict[int, int]]
# What others refer to comes first.
IN_ORDER = sorted(ROWS, key=lambda name: PARTS.index(ROWS[name]))

# A declaration that there is none of a kind of rows.
NONE_OF = {"has_no_recipients": "recipients", "has_no_transfers": "transfers"}
# What tells rows apart: two that have one of these in common are the same row, changed.
TOLD_APART_BY = ("organisation", "category", "ground", "country")
SPECIAL_GROUNDS = ("9-", "10-")


@dataclass(frozen=True, slots=True)
class Merged:
    """What an activity of the register would say."""

    content: Content
    # What the file says of it, for the next file: field or kind of rows -> a hash.
    said: dict[str, str]
    # Whether the register keeps what people changed since the last import.
    keeps_changes: bool
    # Whether something that is news is about rows that people deleted: that is not taken.
    lacks_rows: bool = False


def merged(present: Content, file: Content, said_before: dict[str, str]) -> Merged:
    """Put what is news in a file into what an activity says. Both are full contents.

    `said_before` is what the last import of the activity said; nothing where there was none.
    """
    said = hashes(file)
    news = {name for name in said if said[name] != said_before.get(name)}
    over = _over(present, file, news)
    content = _consistent(over)
    lacks_rows = any(over[name] != content[name] for name in news & ROWS.keys())
    is_all = news == said.keys()
    all_of_it = content if is_all else _consistent(_over(present, file, set(said)))
    keeps_changes = not all(is_same(name, all_of_it[name], content[name]) for name in content)
    return Merged(content, said_before | said, keeps_changes, lacks_rows)


def hashes(file: Content) -> dict[str, str]:
    """What a file speaks of -> a hash of what it says, which repeats no words."""
    return {name: _hash(value) for name, value in file.items() if _is_said(name, value)}


def _hash(value: object) -> str:
    text = json.dumps(value, sort_keys=True)
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _over(before: Content, file: Content, news: set[str]) -> Content:
    """A content with what is news in a file; it may name rows that are not there."""
    result = dict(before)
    keys: Keys = {}
    for name in IN_ORDER:
        rows, keys[name] = _with_rows(result[name], name, file[name], keys)
        if name in news:
            result[name] = rows
    for name in news - ROWS.keys():
        result[name] = _joined(before[name], file[name]) if name == "remarks" else file[name]
    for declaration, kind in NONE_OF.items():
        if kind in news:
            result[declaration] = False
        elif declaration in news:
            result[kind] = []
    return result


def _is_said(name: str, value: object) -> bool:
    """Whether a file says something; "no" is an answer only where none may be given."""
    if value is None or value == []:
        return False
    if name in ROWS:
        return True
    field = ProcessingActivity._meta.get_field(name)
    # Who says nothing of it is a controller; a register may know better.
    return value != field.get_default() if not field.null else True


def _joined(before: object, said: object) -> str:
    """Remarks stay, and others are added: each line once."""
    lines = str(before or "").split("\n")
    added = [line for line in str(said).split("\n") if line not in lines]
    return "\n".join([*(lines if before else []), *added])


def _with_rows(
    present: list[Content], name: str, said: list[Content], keys: Keys
) -> tuple[list[Content], dict[int, int]]:
    """The rows of one kind, with what a file says of them; which key each of the file has then.

    A row that is there keeps its place, its key and what the file does not speak of.
    """
    refers_to = ROWS[name].REFERS_TO
    partners = dict(_pairs(present, said, {"id", "key", *refers_to}))
    own: dict[int, int] = {}
    free = count(max((row.get("key") or 0 for row in present), default=0) + 1)
    for of, row in enumerate(said):
        if "key" in row:
            own[row["key"]] = present[partners[of]]["key"] if of in partners else next(free)
    pointing = [_pointing_to(row, refers_to, keys | {name: own}) for row in said]
    kept = {place: of for of, place in partners.items()}
    rows = [
        row | _told(pointing[kept[place]], {"id", "key"})
        for place, row in enumerate(present)
        if place in kept
    ]
    for of, row in enumerate(pointing):
        if of not in partners:
            key = {"key": own[row["key"]]} if "key" in row else {}
            rows.append(row | {"id": None} | key)
    return rows, own


def _pointing_to(row: Content, refers_to: dict[str, str], keys: Keys) -> Content:
    """A row of the file that names others by the keys that these have in the end."""
    for field, kind in refers_to.items():
        known, value = keys.get(kind, {}), row.get(field)
        if isinstance(value, list):
            row = row | {field: sorted(known[key] for key in value if key in known)}
        else:
            row = row | {field: known.get(value)}
    return row


def _told(row: Content, without: set[str]) -> Content:
    """What a row of the file says."""
    said = {name: value for name, value in row.items() if name not in without}
    return {name: value for name, value in said.items() if value is not None and value != []}


def _pairs(
    present: list[Content], said: list[Content], links: set[str]
) -> Iterator[tuple[int, int]]:
    """Places of rows of the file, and of the rows there that these are."""
    free = dict(enumerate(present))
    waiting = dict(enumerate(said))
    for is_partner in (_agrees, _is_told_apart_alike):
        for of, row in list(waiting.items()):
            values = _told(row, links)
            for place, other in free.items():
                if is_partner(values, other):
                    yield of, place
                    del free[place], waiting[of]
                    break


def _agrees(values: Content, other: Content) -> bool:
    return all(other.get(name) == value for name, value in values.items())


def _is_told_apart_alike(values: Content, other: Content) -> bool:
    names = [name for name in TOLD_APART_BY if values.get(name) or other.get(name)]
    return bool(names) and all(values.get(name) == other.get(name) for name in names)


def _consistent(content: Content) -> Content:
    """Without rows that are about rows which are gone, and without names of these."""
    content = dict(content)
    for name, model in ROWS.items():
        for field, kind in model.REFERS_TO.items():
            there = {row.get("key") for row in content[kind]}
            content[name] = list(_pointing(content[name], field, there))
    grounds = (str(row.get("ground") or "") for row in content["legal_grounds"])
    if any(ground.startswith(SPECIAL_GROUNDS) for ground in grounds):
        content["has_no_special_data"] = False
    return content


def _pointing(rows: Iterable[Content], field: str, there: set[object]) -> Iterator[Content]:
    for row in rows:
        value = row.get(field)
        if isinstance(value, list):
            kept = [key for key in value if key in there]
            # It was about these alone: without them, it would be about all.
            if kept or not value:
                yield row if kept == value else row | {field: kept}
        else:
            yield row if value in there or value is None else row | {field: None}
