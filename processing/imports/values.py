"""What people write in cells: words, lists, yes and no, nothing at all, days, countries."""

import html
import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from babel import Locale

from organisations.languages import LANGUAGES, folded
from processing import countries
from processing.imports.files.cells import Cell

SPACES = re.compile(r"[ \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# What nobody sees: marks of direction, joiners, soft hyphens, byte order marks, control characters.
UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    r"\ufeff\ufff9-\ufffb]|_x000[Dd]_"
)
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")
ENTITY = re.compile(r"&(?:#\d{1,6}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,10});")
# So spreadsheets and exports escape what would be a formula.
ESCAPED = re.compile(r"'(?=[=+\-@])")
# Of what can be printed, what is changed all the same.
MENDED = re.compile(r"^ | $|  |[&'<_]")
LETTERS = re.compile(r"\w+")

SAYS_NOTHING = (
    "- -- --- — – / \\ . … ... ? x/x n/a na n.a. n.a n.v.t. nvt n.v.t n/v.t. s.o. s/o so n.z. "
    "nzt k.a. n.b. nb tbd tbc todo"
)
BLANK = frozenset(SAYS_NOTHING.split()) | {
    *("not applicable", "niet van toepassing", "sans objet", "non applicable", "nicht zutreffend"),
    *("nicht anwendbar", "entfällt", "pas d'application", "onbekend", "inconnu", "unbekannt"),
    *("unknown", "to be determined", "te bepalen", "à déterminer", "a determiner", "zu bestimmen"),
    *("non déterminé", "à compléter", "in te vullen", "nog in te vullen", "leeg", "blank"),
    *("sélectionnez un élément dans cette liste déroulante ►", "maak een keuze", "kies een item"),
    *("choose an item", "choisissez un élément", "bitte auswählen", "wählen sie ein element aus"),
}
NONE = frozenset(
    {
        *("none", "no one", "nobody", "nothing", "geen", "niemand", "niets", "aucun", "aucune"),
        *("néant", "neant", "personne", "rien", "keine", "keiner", "keines", "kein", "niemand"),
        *("nichts", "nihil", "nil", "aucun transfert", "keine übermittlung", "geen doorgifte"),
        *("no transfer", "no transfers", "no recipients", "geen ontvangers", "keine empfänger"),
        *("aucun destinataire", "pas de transfert", "not transferred"),
    }
)
# "Er vindt geen doorgifte plaats", "findet nicht statt", "pas de transfert hors UE"
DENIES = re.compile(
    r"^(?:(?:er|il|es|wordt|worden|findet|finden|is|zijn|est|sont)\b.{0,20}?)?"
    r"\b(?:geen|niet|pas de|n'y a pas|aucune?|keine?|nicht|no|not|none|never|jamais|nooit)\b"
)
BUT = re.compile(
    r"\b(?:behalve|tenzij|maar|sauf|mais|hormis|ausser|aber|sondern|except|unless|but)\b"
)
SAYS_YES = "ja yes oui y j o x ✓ ✔ ☑ true vrai waar wahr 1 si"
YES = frozenset(SAYS_YES.split())
SAYS_NO = "nee neen no non nein n false faux onwaar falsch 0 ☐ ✗ ✘"
NO = frozenset(SAYS_NO.split())
# Excel counts the days from here (it holds 1900 for a leap year).
EXCEL_EPOCH = date(1899, 12, 30)
DAY_FIRST = re.compile(r"(\d{1,2})[./\- ](\d{1,2})[./\- ](\d{4}|\d{2})(?:[ T]00:00(?::00)?)?")
YEAR_FIRST = re.compile(
    r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})(?:[ T]\d\d:\d\d(?::\d\d)?(?:\.\d+)?)?"
)
IN_WORDS = re.compile(r"(\d{1,2})(?:er|\.|st|nd|rd|th)?\s+(?:de |of )?([^\W\d_]+)\.?,?\s+(\d{4})")

NUMBERED = re.compile(r"^[ \t]*\(?\d{1,2}\s?(?:[:)]|\.(?!\d))[ \t]*", re.MULTILINE)
BULLET = re.compile(r"^[ \t]*(?:[•●▪‣◦∙·*□☐☑✓✔➢➤]|[-–—](?=\s))[ \t]*", re.MULTILINE)
BETWEEN = re.compile(r"\s*[;|]\s*")
SLASH = re.compile(r"\s+/\s+")
DASH = re.compile(r"\s+[-–]\s+")
COUNTRY_ALIASES = {
    **dict.fromkeys(("usa", "us", "u s a", "vs", "v s", "etats unis d amerique"), "US"),
    **dict.fromkeys(("verenigde staten van amerika", "united states of america", "vsa"), "US"),
    **dict.fromkeys(("vereinigte staaten von amerika", "etats unis", "amerika", "america"), "US"),
    **dict.fromkeys(("uk", "vk", "great britain", "groot brittannie", "grande bretagne"), "GB"),
    **dict.fromkeys(("grossbritannien", "engeland", "england", "royaume uni"), "GB"),
    **dict.fromkeys(("suisse", "zwitserland", "schweiz"), "CH"),
    **dict.fromkeys(("turkey", "turquie", "turkije", "turkei"), "TR"),
    **dict.fromkeys(("russie", "rusland", "russia", "russland"), "RU"),
    **dict.fromkeys(("south korea", "zuid korea", "coree du sud", "sudkorea"), "KR"),
    **dict.fromkeys(("hong kong", "hongkong"), "HK"),
    **dict.fromkeys(("czech republic", "tsjechische republiek", "republique tcheque"), "CZ"),
}


def cleaned(text: str) -> str:
    """The text without what came from the program that wrote it; its words stay as they are."""
    if text.isprintable() and not MENDED.search(text):
        return text
    text = ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = LINE_BREAK.sub("\n", text)
    text = UNSEEN.sub("", text.replace("<br>", "\n").replace("<br/>", "\n"))
    text = ESCAPED.sub("", text, count=1) if text.startswith("'") else text
    lines = [SPACES.sub(" ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def words_of(text: str) -> str:
    """The words as they are compared: small, without accents and signs."""
    return " ".join(LETTERS.findall(folded(text)))


def is_blank(text: str) -> bool:
    """Whether a cell says that it says nothing: "n.v.t.", "à déterminer", "-"."""
    return _said(text) in BLANK


def is_none(text: str) -> bool:
    """Whether it says that there is none: "néant", "keine"."""
    return _said(text) in NONE


def denies(text: str) -> bool:
    """Whether a few words say that something is not done."""
    said = folded(text).replace("’", "'")
    return len(text.split()) <= 8 and bool(DENIES.search(said)) and not BUT.search(said)


def yes_or_no(text: str) -> bool | None:
    """None for what is neither."""
    said = _said(text).rstrip(".!")
    return True if said in YES else False if said in NO else None


def _said(text: str) -> str:
    return (
        text.casefold().replace("’", "'").strip().strip("()[]*").strip() or text.casefold().strip()
    )


def as_date(cell: Cell) -> date | None:
    """The day that a cell tells; the day stands before the month, as people write here."""
    text = cleaned(cell.text)
    if cell.kind == "number":
        serial = float(text)
        # From 1954 to 2119: other numbers are no days.
        return EXCEL_EPOCH + timedelta(days=int(serial)) if 20_000 < serial < 80_000 else None
    if match := YEAR_FIRST.fullmatch(text):
        return _day(*map(int, match.groups()))
    if match := DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        year += 2000 if year < 70 else 1900 if year < 100 else 0
        return _day(year, month, day) or _day(year, day, month)
    if (match := IN_WORDS.fullmatch(text)) and (month := _months().get(folded(match[2]))):
        return _day(int(match[3]), month, int(match[1]))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 < year < 2200 else None


@cache
def _months() -> dict[str, int]:
    return {
        folded(name).rstrip("."): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in Locale.parse(language).months["format"][width].items()
    }


def country_of(text: str) -> str | None:
    words = words_of(text)
    found = COUNTRY_ALIASES.get(words)
    # Two letters may also be a word: "no", "is"; only capitals are a code.
    if found or (len(words) <= 2 and not text.strip().isupper()):
        return found
    return countries.code_of(text)


class Separators:
    """What separates the values in the cells of one column: told by all of them together.

    A comma never does: it stands inside values.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        texts = [text for text in texts if text]
        several = [text for text in texts if "\n" in text]
        self.is_numbered = any(_is_marked(text, NUMBERED) for text in texts) and all(
            _is_marked(text, NUMBERED) for text in several
        )
        self.has_bullets = any(_is_marked(text, BULLET) for text in several)
        self.has_slashes = any(
            len(SLASH.findall(text)) >= 1
            and all(len(part.split()) <= 4 for part in SLASH.split(text))
            for text in texts
        )
        # So some exports join names: a dash in one text is no sign of that.
        self.has_dashes = sum(len(DASH.findall(text)) >= 2 for text in texts) >= 1 and all(
            len(part) < 60 for text in texts for part in DASH.split(text)
        )

    def split(self, text: str, *, is_prose: bool = False) -> list[str]:
        """The values of a cell. Prose may hold semicolons, lines and dashes within one value."""
        if self.is_numbered and NUMBERED.match(text):
            return _parts(NUMBERED.split(text))
        if self.has_bullets and BULLET.search(text):
            return _parts(BULLET.split(text))
        if is_prose:
            lines = _parts(text.split("\n"))
            is_list = len(lines) > 1 and all(len(line) <= 200 for line in lines)
            return lines if is_list else _parts(_outside_of_sentences(text))
        parts = [part for line in text.split("\n") for part in BETWEEN.split(line)]
        for used, separator in ((self.has_slashes, SLASH), (self.has_dashes, DASH)):
            if used:
                parts = [piece for part in parts for piece in separator.split(part)]
        return _parts(parts)


def _is_marked(text: str, mark: re.Pattern[str]) -> bool:
    """Whether every value begins with the mark: the first line does, and most others may."""
    return bool(mark.match(text)) and len(mark.sub("", text).strip()) > 0


def _outside_of_sentences(text: str) -> list[str]:
    parts = BETWEEN.split(text)
    is_sentence = (
        text[-1:] == "." and text[:1].isupper() and any(p[:1].islower() for p in parts[1:])
    )
    is_list = not is_sentence and all(len(part.split()) <= 12 for part in parts)
    return parts if is_list and "\n" not in text else [text]


def _parts(parts: Iterable[str]) -> list[str]:
    return [part for part in (part.strip().strip(";").strip() for part in parts) if part]
