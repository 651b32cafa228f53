"""What makes of a stored public record the same one in the next format.

A record of an old format is a plain dict; these functions know the names of its time, whatever
happens to those of today.
"""

from collections.abc import Iterable

from organisations.languages import LANGUAGES

Row = dict[str, object]


def from_1(stored: Row) -> Row:
    """Legal grounds and retention become rows, which refer to purposes and data by their keys.

    Recipients with the role of a processor or a joint controller move to these.
    """
    record = {key: value for key, value in stored.items() if key not in ("format", "dpia_done")}
    purposes, data = _with_keys(stored, "purposes"), _with_keys(stored, "data")
    record["purposes"] = [_only(row, "id", "key", "category", "description") for row in purposes]
    record["legal_grounds"] = merged(
        ({**ground, "purposes": [row["key"]]} for row in purposes for ground in grounds_of(row)),
        "purposes",
        len(purposes),
    )
    kept = ("id", "key", "category", "detail", "about", "is_mandatory")
    record["data"] = [_only(row, *kept) for row in data]
    record["retention"] = merged(
        ({**told, "data": [row["key"]]} for row in data if (told := retention_of(row))),
        "data",
        len(data),
    )
    _sort_parties(record, stored)
    if "dpia_done" in stored:
        record["dpia"] = "done" if stored["dpia_done"] else "not_done"
    return record


def grounds_of(purpose: Row) -> list[Row]:
    """The legal grounds that a purpose of format 1 held."""
    law = {name: purpose[name] for name in ("law_title", "law_url") if purpose.get(name)}
    if basis := purpose.get("legal_basis"):
        law["ground"] = f"6-{basis}"
    if interest := purpose.get("legitimate_interest"):
        law["legitimate_interest"] = interest
    found = [law] if law else []
    for article, name in (("9", "special_condition"), ("10", "criminal_condition")):
        if condition := purpose.get(name):
            found.append({"ground": f"{article}-{condition}"})
    return found


def retention_of(item: Row) -> Row:
    """The retention that an item of data of format 1 held."""
    names = ("period", "unit", "criterion", "after")
    return {name: item[f"retention_{name}"] for name in names if item.get(f"retention_{name}")}


def merged(rows: Iterable[Row], refers: str, count: int) -> list[Row]:
    """The rows that say the same made one; without keys where it refers to all `count` of them."""
    found: list[Row] = []
    for row in rows:
        same = next((r for r in found if r | {refers: []} == row | {refers: []}), None)
        if same:
            same[refers] = [*same[refers], *row[refers]]
        else:
            found.append(row)
    for row in found:
        if len(set(row[refers])) == count:
            del row[refers]
    return found


def _sort_parties(record: Row, stored: Row) -> None:
    recipients, processors = [], []
    joint = list(stored.get("joint_controllers", []))
    for processor in stored.get("processors", []):
        languages = [code for code in LANGUAGES if code in stored.get("name", {})] or LANGUAGES
        name = dict.fromkeys(languages, processor["name"])
        processors.append({**processor, "name": name})
    for party in stored.get("recipients", []):
        who = _only(party, "organisation", "name", "category")
        if party.get("role") == "processor":
            processors.append({**who, **_told("task", party)})
        elif party.get("role") == "joint_controller":
            joint.append({**who, **_told("arrangement", party)})
        else:
            recipients.append({key: value for key, value in party.items() if key != "role"})
    record["recipients"] = _with_keys({"rows": recipients}, "rows")
    record["processors"] = _with_keys({"rows": processors}, "rows")
    record["joint_controllers"] = joint


def _told(field: str, party: Row) -> Row:
    """What was said of a party that has no place any more for its protocol, which stands behind."""
    told = dict(party.get("what", {}))
    protocols = party.get("authorisation", {})
    url = party.get("authorisation_url", "")
    for language in protocols or (told if url else {}):
        words = (told.get(language), protocols.get(language), url)
        told[language] = "\n".join(word for word in words if word)
    return {field: told} if told else {}


def _with_keys(stored: Row, kind: str) -> list[Row]:
    return [{"key": number, **row} for number, row in enumerate(stored.get(kind, []), start=1)]


def _only(row: Row, *names: str) -> Row:
    return {name: row[name] for name in names if name in row}
