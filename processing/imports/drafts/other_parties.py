"""The cells that tell of others: recipients, processors, joint controllers, transfers."""

import re
from functools import cache

from organisations.languages import LANGUAGES, folded
from processing import countries
from processing.imports.drafts.activity_rows import Gathered, is_web_address, values
from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.draft import Item, Values, Writer
from processing.imports.drafts.listed import find
from processing.imports.fields import SURE
from processing.imports.values import country_of, denies, is_none, words_of, yes_or_no
from processing.law import EEA_COUNTRIES

SHORT_NAMES = (
    "un uno vn onu nato navo otan interpol oecd oeso ocde who wgo oms imf imo icc iom unhcr "
    "unicef unesco wto icao ilo europol"
)
INTERNATIONAL = frozenset(SHORT_NAMES.split()) | {
    "united nations",
    "verenigde naties",
    "nations unies",
    "vereinte nationen",
    "raad van europa",
}
LONGEST_PLACE = 300
# What else each party may tell, beside who it is.
DETAILS = {
    "recipients": ("what", "authorisation", "authorisation_url"),
    "processors": ("task", "contract_reference"),
    "joint_controllers": ("arrangement",),
}


def parties(writer: Writer, gathered: Gathered, part: str) -> list[Values]:
    """The recipients, processors or joint controllers that a row of the file tells of."""
    rows = [
        row for item in values(writer, gathered, "party") if (row := _party(writer, item, part))
    ]
    _categories(writer, values(writer, gathered, "category"), rows, part)
    for item in gathered.get("country", ()):
        _seat(writer, item, rows)
    for field in DETAILS[part]:
        for item in gathered.get(field, ()):
            _detail(writer, item, rows, part, field)
    return [writer.add_row(part, row) for row in rows]


def _party(writer: Writer, item: Item, part: str) -> Values | None:
    said = yes_or_no(item.text)
    if said is False or is_none(item.text):
        writer.say(f"has_{part}", yes=False, item=item)
        return None
    if said:
        writer.remark(item, "uncertain")
        return None
    body = writer.vocabulary.bodies.find(item.text)
    if body is not None and body == writer.vocabulary.own_body:
        writer.remark(item, "own_body")
        return None
    if body is not None:
        writer.understood(item)
        return {"organisation": body}
    match = find(writer, f"{part}.category", item.text) if part == "recipients" else None
    if match and match.is_whole and match.certainty >= SURE:
        row: Values = {"category": match.code}
        # A synonym may say more than the label does.
        if match.certainty < 1 and not writer.put(row, part, "name", item):
            return row
        writer.understood(item)
        return row
    row = {}
    writer.put_understood(row, part, "name", item, between=", ")
    return row or None


def _categories(writer: Writer, items: list[Item], rows: list[Values], part: str) -> None:
    for number, item in enumerate(items):
        match = find(writer, f"{part}.category", item.text)
        if match and match.is_whole and match.certainty >= SURE:
            row = _row_of(number, len(items), rows)
            if row is None or "organisation" in row or "category" in row:
                rows.append({"category": match.code})
            else:
                row["category"] = match.code
            writer.understood(item)
        elif len(items) == len(rows) or len(rows) == 1:
            row = _row_of(number, len(items), rows)
            if "organisation" in row or part == "joint_controllers":
                writer.remark(item, "unknown_term")
            elif writer.put(row, part, "what" if part == "recipients" else "task", item):
                writer.account(item, Outcome.KEPT, "", "unknown_term")
        elif row := _party(writer, item, part):
            rows.append(row)


def _row_of(number: int, count: int, rows: list[Values]) -> Values | None:
    if count == len(rows):
        return rows[number]
    return rows[0] if len(rows) == 1 else None


def _seat(writer: Writer, item: Item, rows: list[Values]) -> None:
    code = country_of(item.text)
    if not code or not rows:
        writer.remark(item, "no_country")
        return
    for row in rows:
        row["country"] = code
    writer.understood(item)


def _detail(writer: Writer, item: Item, rows: list[Values], part: str, field: str) -> None:
    """What a row of the file tells of its parties, it tells of all of them."""
    if is_none(item.text) or yes_or_no(item.text) is False:
        writer.nothing(item)
    elif field == "contract_reference" and (not rows or yes_or_no(item.text)):
        writer.put_understood(writer.draft.content, "", "contract_references", item)
    elif not rows or yes_or_no(item.text):
        writer.remark(item, "uncertain")
    elif field.endswith("_url") and not is_web_address(item.text):
        writer.remark(item, "no_address")
    else:
        fit = [writer.put(row, part, field, item) for row in rows]
        if all(fit):
            writer.understood(item)


def transfers(writer: Writer, gathered: Gathered) -> None:
    """The transfers that a row of the file tells of: each needs a place and a mechanism."""
    for item in gathered.get("exists", ()):
        _exists(writer, item)
    rows: list[tuple[Values, Item]] = []
    for item in values(writer, gathered, "country"):
        rows += _destination(writer, item)
    safeguards = list(gathered.get("safeguards", ()))
    codes = _mechanisms(writer, values(writer, gathered, "mechanism"), safeguards)
    codes = (
        codes or _by_safeguards(writer, safeguards) or ([writer.mechanism] * bool(writer.mechanism))
    )
    _complete(writer, rows, codes)
    for item in safeguards:
        _safeguard(writer, item, [row for row, _item in rows] if codes else [])
    for item in gathered.get("url", ()):
        if rows and codes and is_web_address(item.text):
            for row, _item in rows:
                row["url"] = item.text
            writer.understood(item)
        else:
            writer.remark(item, "no_address")
    _receivers(writer, gathered, [row for row, _item in rows] if codes else [])
    for row, _item in rows if codes else []:
        writer.add_row("transfers", row)


def _exists(writer: Writer, item: Item) -> None:
    said = False if is_none(item.text) else yes_or_no(item.text)
    if said is None:
        writer.remark(item, "no_yes_or_no")
    else:
        writer.say("transfers", yes=said, item=item)


def _destination(writer: Writer, item: Item) -> list[tuple[Values, Item]]:
    said = False if is_none(item.text) else yes_or_no(item.text)
    if said is not None and country_of(item.text) is None:
        writer.say("transfers", yes=said, item=item)
        return []
    code = country_of(item.text) or _country_within(item.text)
    if code in EEA_COUNTRIES:
        writer.remark(item, "in_the_eea")
        return []
    if code:
        return [({"country": code}, item)]
    if denies(item.text):
        writer.say("transfers", yes=False, item=item)
        return []
    words = words_of(item.text)
    if words in INTERNATIONAL:
        row: Values = {}
        writer.put(row, "transfers", "international_organisation", item)
        return [(row, item)]
    writer.remark(item, "no_country")
    return []


def _country_within(text: str) -> str | None:
    """The one country that a text names with a few other words: "Verenigde Staten (SCC)"."""
    if len(text) > LONGEST_PLACE or len(text.split()) > 8:
        return None
    plain = folded(text)
    found = {
        code
        for code, name in _names()
        if name in plain and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain)
    }
    return found.pop() if len(found) == 1 else None


@cache
def _names() -> list[tuple[str, str]]:
    return [
        (code, folded(countries.name_of(code, language)))
        for language in LANGUAGES
        for code in countries.codes()
    ]


def _mechanisms(writer: Writer, items: list[Item], safeguards: list[Item]) -> list[str]:
    """Codes; what is no mechanism is told as a safeguard."""
    codes = []
    for item in items:
        match = find(writer, "transfers.mechanism", item.text)
        if match and match.is_whole:
            codes.append(match.code)
            writer.understood(item)
        elif is_none(item.text) or yes_or_no(item.text) is False:
            writer.nothing(item)
        else:
            if match:
                codes.append(match.code)
            safeguards.append(item)
    return codes


def _by_safeguards(writer: Writer, safeguards: list[Item]) -> list[str]:
    matches = (find(writer, "transfers.safeguards", item.text) for item in safeguards)
    return list(dict.fromkeys(match.code for match in matches if match))[:1]


def _complete(writer: Writer, rows: list[tuple[Values, Item]], codes: list[str]) -> None:
    """Give each transfer its mechanism; without one, it waits in the remarks."""
    for number, (row, item) in enumerate(rows):
        if not codes:
            writer.remark(item, "no_mechanism")
            writer.say("transfers", yes=True, item=item)
            continue
        row["mechanism"] = codes[number] if len(codes) == len(rows) else codes[0]
        code = row.get("country")
        is_all = not code or country_of(item.text) == code
        if is_all or writer.put(row, "transfers", "safeguards", item):
            writer.understood(item)


def _safeguard(writer: Writer, item: Item, rows: list[Values]) -> None:
    if is_none(item.text) or yes_or_no(item.text) is False:
        writer.nothing(item)
    elif not rows:
        writer.remark(item, "no_mechanism")
    else:
        fit = [writer.put(row, "transfers", "safeguards", item) for row in rows]
        is_meant = item.target.field == "transfers.safeguards"
        outcome = Outcome.UNDERSTOOD if is_meant else Outcome.KEPT
        if all(fit):
            reason = "" if is_meant else "unknown_term"
            writer.account(item, outcome, "transfers.safeguards", reason)


def _receivers(writer: Writer, gathered: Gathered, rows: list[Values]) -> None:
    """Who receives data outside the EEA is a recipient."""
    for item in values(writer, gathered, "name"):
        if (receiver := _party(writer, item, "recipients")) is None:
            continue
        key = writer.add_row("recipients", receiver)["key"]
        for row in rows:
            row.setdefault("recipient", key)
