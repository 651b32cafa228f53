"""The cells that tell of the rows of an activity: purposes, grounds in law, data, retention."""

import re

from django.core.exceptions import ValidationError

from organisations.columns import WebColumn
from processing.imports.drafts import grounds, periods
from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.draft import Item, Values, Writer
from processing.imports.drafts.listed import find, last_of_heading, values_of
from processing.imports.fields import SURE
from processing.imports.values import is_none, words_of, yes_or_no
from processing.law import LEGITIMATE_INTERESTS, RetentionOutcome

# Field of a part -> the items of one row of the file.
Gathered = dict[str, list[Item]]
OTHER = "Z"
ARCHIVED = re.compile(
    r"archie|archiv|versement|neerlegging|rijksarchief|conservation definitive|permanent"
)
DESTROYED = re.compile(
    r"vernietig|verwijder|gewist|wissen|destr|detrui|supprim|suppress|delet|eras|effac"
    r"|losch|vernicht|anonym"
)
WEB = re.compile(r"https?://\S{3,480}")
(AS_ON_FORMS,) = WebColumn.default_validators


def is_web_address(text: str) -> bool:
    try:
        AS_ON_FORMS(text)
    except ValidationError:
        return False
    return bool(WEB.fullmatch(text))


def values(writer: Writer, gathered: Gathered, field: str) -> list[Item]:
    return [value for item in gathered.get(field, ()) for value in values_of(writer, item)]


def purposes(writer: Writer, gathered: Gathered) -> list[int]:
    """The keys of the purposes that a row of the file tells of."""
    descriptions = [
        value
        for value in values(writer, gathered, "description")
        if not _says_nothing(writer, value)
    ]
    codes = []
    for item in values(writer, gathered, "category"):
        match = find(writer, "purposes.category", item.text)
        if match and match.is_whole and match.certainty >= SURE:
            codes.append(match.code)
            writer.understood(item)
        else:
            descriptions.append(item)
    rows: list[Values] = []
    for number, item in enumerate(descriptions):
        # One category for each purpose, or one for all.
        is_told = len(codes) in (1, len(descriptions))
        rows.append({"category": codes[number % len(codes)]} if is_told else {})
        _description(writer, item, rows[-1])
    used = {row.get("category") for row in rows}
    rows += [{"category": code} for code in codes if code not in used]
    return list(dict.fromkeys(writer.add_row("purposes", row)["key"] for row in rows if row))


def _description(writer: Writer, item: Item, row: Values) -> None:
    if writer.put(row, "purposes", "description", item):
        is_meant = item.target.field == "purposes.description"
        outcome = Outcome.UNDERSTOOD if is_meant else Outcome.KEPT
        reason = "" if is_meant else "unknown_term"
        writer.account(item, outcome, "purposes.description", reason)


def _says_nothing(writer: Writer, item: Item) -> bool:
    if is_none(item.text) or yes_or_no(item.text) is False:
        writer.nothing(item)
        return True
    return False


def legal_grounds(writer: Writer, gathered: Gathered, purpose_keys: list[int]) -> None:
    """The grounds of a row of the file; of one about some purposes, for these."""
    link = purpose_keys if writer.has_several_rows else []
    rows: list[Values] = []
    for field in ("ground", "condition"):
        for item in values(writer, gathered, field):
            rows += _grounds(writer, item, link, rows)
    for field in ("law_title", "law_article", "law_url"):
        items = values(writer, gathered, field)
        for number, item in enumerate(items):
            if not _says_nothing(writer, item):
                _law(writer, rows, field, item, number if len(items) == len(rows) else 0, link)
    rows = [writer.add_row("legal_grounds", row) for row in rows if row.keys() - {"purposes"}]
    for item in gathered.get("legitimate_interest", ()):
        row = next((row for row in rows if row.get("ground") == LEGITIMATE_INTERESTS), None)
        if _says_nothing(writer, item):
            continue
        if row is None or yes_or_no(item.text):
            writer.remark(item, "needs_legitimate_interests")
        else:
            writer.put_understood(row, "legal_grounds", "legitimate_interest", item)


def _grounds(writer: Writer, item: Item, link: list[int], before: list[Values]) -> list[Values]:
    """The grounds that a text names, as rows; `before` are those of the same row of the file."""
    is_condition = item.target.field == "legal_grounds.condition"
    said = yes_or_no(item.text)
    if said is not None and len(item.text) > 1 and is_condition:
        writer.say("special_data", yes=said, item=item)
        return []
    if _says_nothing(writer, item):
        return []
    lists = writer.vocabulary.lists
    told = grounds.read(
        item.text, lists["legal_grounds"], lists["legal_conditions"], is_condition=is_condition
    )
    rows: list[Values] = [
        {"ground": value, **({"purposes": list(link)} if link and value[0] == "6" else {})}
        for value in told.values
    ]
    new = rows or [{"purposes": list(link)} if link else {}]
    place = new[0]
    if not rows and before and not any(name.startswith("law_title") for name in before[-1]):
        # A law behind the ground that the same cell names before it.
        new, place = [], before[-1]
    if told.rest and not writer.put(place, "legal_grounds", "law_title", item.part(told.rest)):
        return new
    is_law = bool(told.rest and grounds.LAW.search(told.rest))
    is_sure = told.certainty >= SURE if told.values else is_law
    outcome = Outcome.UNDERSTOOD if is_sure else Outcome.KEPT
    writer.account(item, outcome, reason="" if is_sure else "unknown_term")
    return new


def _law(
    writer: Writer, rows: list[Values], field: str, item: Item, number: int, link: list[int]
) -> None:
    """The law behind a ground: of the ground with the same number; each further law is a row."""
    if field == "law_url" and not is_web_address(item.text):
        writer.remark(item, "no_address")
        return
    is_told = number < len(rows) and any(name.startswith(field) for name in rows[number])
    if number >= len(rows) or is_told:
        # A further law of the same ground.
        same = {"ground": rows[0]["ground"]} if rows and "ground" in rows[0] else {}
        rows.append({**same, **({"purposes": list(link)} if link else {})})
        number = len(rows) - 1
    writer.put_understood(rows[number], "legal_grounds", field, item)


def data(writer: Writer, gathered: Gathered) -> list[int]:
    """The keys of the data that a row of the file tells of."""
    entries: dict[str, Values] = {}
    details = [item for item in gathered.get("detail", ()) if not _says_nothing(writer, item)]
    for item in values(writer, gathered, "category"):
        _category(writer, item, entries)
    if len(details) != len(entries) and len(entries) != 1:
        details = [value for item in details for value in values_of(writer, item)]
    for number, item in enumerate(details):
        if len(entries) in (1, len(details)):
            entry = list(entries.values())[number if len(entries) > 1 else 0]
            writer.put_understood(entry, "data", "detail", item)
        else:
            _detail_alone(writer, item, entries)
    _about(writer, gathered, entries)
    _mandatory(writer, gathered, entries)
    return list(dict.fromkeys(writer.add_row("data", row)["key"] for row in entries.values()))


def _category(writer: Writer, item: Item, entries: dict[str, Values]) -> None:
    said, code = yes_or_no(item.text), item.target.code
    if said is False or is_none(item.text):
        writer.nothing(item)
        return
    text = last_of_heading(item) if said else item.text
    match = None if code and not said else find(writer, "data.category", text)
    if code:
        entry = entries.setdefault(code, {"category": code})
        if said or writer.put(entry, "data", "detail", item, between=", "):
            writer.understood(item)
        return
    if said and not match:
        writer.remark(item, "unknown_term")
        return
    code = match.code if match else OTHER
    entry = entries.setdefault(code, {"category": code})
    is_label = match and match.is_whole and match.certainty == 1.0
    told = item.part(text)
    if not is_label and not writer.put(entry, "data", "detail", told, between=", "):
        return
    # Its words stand in the detail.
    if match and match.certainty >= SURE:
        writer.understood(item)
    else:
        writer.account(item, Outcome.KEPT, "data.detail", "" if match else "unknown_term")


def _detail_alone(writer: Writer, item: Item, entries: dict[str, Values]) -> None:
    """A text about data whose category no column tells, or not which one."""
    matches = [find(writer, "data.detail", part) for part in re.split(r"[,;\n]", item.text)]
    codes = {match.code if match and match.is_whole else OTHER for match in matches}
    code = codes.pop() if len(codes) == 1 else OTHER
    entry = entries.setdefault(code, {"category": code})
    if writer.put(entry, "data", "detail", item, between=", "):
        is_known = code != OTHER
        writer.account(
            item,
            Outcome.UNDERSTOOD if is_known else Outcome.KEPT,
            "data.detail",
            "" if is_known else "unknown_term",
        )


def _about(writer: Writer, gathered: Gathered, entries: dict[str, Values]) -> None:
    for item in values(writer, gathered, "about"):
        match = find(writer, "data.about", item.text)
        if not match or not match.is_whole or not entries:
            writer.remark(item, "unknown_term")
            continue
        writer.add_code("data_subjects", match.code)
        for entry in entries.values():
            codes = entry.setdefault("about", [])
            if match.code not in codes:
                codes.append(match.code)
        writer.understood(item)


def _mandatory(writer: Writer, gathered: Gathered, entries: dict[str, Values]) -> None:
    for item in gathered.get("is_mandatory", ()):
        said = yes_or_no(item.text)
        if said is None or not entries:
            writer.remark(item, "no_yes_or_no")
            continue
        for entry in entries.values():
            entry["is_mandatory"] = said
        writer.understood(item)


def retention(writer: Writer, gathered: Gathered, data_keys: list[int]) -> None:
    """How long data are kept: of a row of the file about some data, these."""
    link = {"data": data_keys} if data_keys and writer.has_several_rows else {}
    rows: list[Values] = []
    for item in values(writer, gathered, "period"):
        if _says_nothing(writer, item):
            continue
        found = periods.read(item.text, unit_of_column=periods.unit_in(item.heading))
        row: Values = dict(link)
        if found.number:
            row |= {"period": found.number, "unit": found.unit}
        told = item.part(found.criterion)
        if found.criterion and not writer.put(row, "retention", "criterion", told):
            rows.append(row)
            continue
        rows.append(row)
        writer.understood(item)
    for field in ("criterion", "what_for"):
        _beside(writer, values(writer, gathered, field), rows, field, link)
    _afterwards(writer, gathered, rows)
    for row in rows:
        if row.keys() - link.keys():
            writer.add_row("retention", row)


def _beside(
    writer: Writer, items: list[Item], rows: list[Values], field: str, link: Values
) -> None:
    for number, item in enumerate(items):
        if len(items) != len(rows):
            number = 0
        if not rows:
            rows.append(dict(link))
        writer.put_understood(rows[number], "retention", field, item, between=", ")


def _afterwards(writer: Writer, gathered: Gathered, rows: list[Values]) -> None:
    items = values(writer, gathered, "after")
    for number, item in enumerate(items):
        words = words_of(item.text)
        is_archived, is_destroyed = ARCHIVED.search(words), DESTROYED.search(words)
        if bool(is_archived) == bool(is_destroyed) or not rows:
            writer.remark(item, "uncertain")
            continue
        value = RetentionOutcome.ARCHIVE if is_archived else RetentionOutcome.DESTROY
        for row in [rows[number]] if len(items) == len(rows) else rows:
            row["after"] = value.value
        writer.understood(item)
