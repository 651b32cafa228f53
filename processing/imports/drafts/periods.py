"""Retention periods in words: a number with its unit, and the rest as the criterion."""

import re
from typing import NamedTuple

from organisations.languages import folded

LONGEST = 32_767
UNITS = {
    "day": "dag dagen d day days jour jours j tag tage tagen t kalenderdagen werkdagen",
    "week": "week weken w weeks wk semaine semaines woche wochen",
    "month": "maand maanden m mnd maan month months mo mois monat monate monaten mon",
    "year": "jaar jaren jr j. y yr yrs year years an ans annee annees a jahr jahre jahren",
}
UNIT_OF = {word: unit for unit, words in UNITS.items() for word in words.split()}
NUMBERS = (
    "1 een één un une ein eine einen one|2 twee deux zwei two|3 drie trois drei three|"
    "4 vier quatre four|5 vijf cinq funf five|6 zes six sechs|7 zeven sept sieben seven|"
    "8 acht huit eight|9 negen neuf neun nine|10 tien dix zehn ten|12 twaalf douze zwolf twelve|"
    "15 vijftien quinze funfzehn fifteen|20 twintig vingt zwanzig twenty|"
    "30 dertig trente dreissig thirty|50 vijftig cinquante funfzig fifty"
)
NUMBER_OF = {
    folded(word): int(group.split()[0]) for group in NUMBERS.split("|") for word in group.split()
}
ISO = re.compile(r"P([0-9]{1,4})([YMWD])")
NUMBER = re.compile(r"[0-9]{1,5}")
ISO_UNITS = {"Y": "year", "M": "month", "W": "week", "D": "day"}
# "10 jaar", "6m", "10 (dix) ans", "tien jaar"
PERIOD = re.compile(
    r"(?<![\w.,])(\d{1,5}|[^\W\d_]+)\s*(?:\([^()]{1,20}\)\s*)?"
    r"([^\W\d_]{1,13})(?![\w])"
)
# Two numbers tell a span: "2 - 5 jaar", "between 2 and 5 years".
SPAN = re.compile(r"\d\s*(?:-|–|à|a|to|tot|bis|of|ou|or|oder|en|et|and|und)\s*\d")


class Period(NamedTuple):
    """How long data are kept; without a number there is only the criterion."""

    number: int | None
    unit: str
    criterion: str


def read(text: str, *, unit_of_column: str = "") -> Period:
    """A period where the text tells exactly one, with its other words; else all as criterion."""
    if match := ISO.fullmatch(text.strip()):
        return Period(int(match[1]), ISO_UNITS[match[2]], "")
    if NUMBER.fullmatch(text.strip()) and unit_of_column and 0 < int(text) <= LONGEST:
        return Period(int(text), unit_of_column, "")
    found = [(match, *value) for match in PERIOD.finditer(text) if (value := _value(match))]
    if len(found) != 1 or SPAN.search(text):
        return Period(None, "", text)
    match, number, unit = found[0]
    before, after = text[: match.start()].strip(), text[match.end() :].strip()
    return Period(number, unit, _criterion(before, after, text))


def _value(match: re.Match[str]) -> tuple[int, str] | None:
    written, unit = folded(match[1]), UNIT_OF.get(folded(match[2]))
    # A letter alone is a unit only right behind its number: "6m", and not "6 a".
    if unit is None or (len(match[2]) == 1 and not match[0][-2:-1].isdigit()):
        return None
    number = int(written) if written.isdigit() else NUMBER_OF.get(written, 0)
    return (number, unit) if 0 < number <= LONGEST else None


def _criterion(before: str, after: str, text: str) -> str:
    """What a text says beside the period; all of it where the words would not stand alone."""
    around = before.strip(" .,:;-–()"), after.strip(" .,:;-–()")
    if not any(around):
        return ""
    return text if around[0] else around[1]


def unit_in(heading: str) -> str:
    """The unit that a heading names, such as "in days"; "" for none or several."""
    words = [word for word in re.findall(r"\w+", folded(heading)) if len(word) > 2]
    units = {UNIT_OF[word] for word in words if word in UNIT_OF}
    return units.pop() if len(units) == 1 else ""
