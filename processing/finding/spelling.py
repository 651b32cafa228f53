"""How a word is written: the same for what entries hold and for what somebody asks.

"B.T.W." and "BTW" are one word, so are "e-mail" and "email", "foto's" and "foto", and a word with
a soft hyphen in it and the one without. What can be read in two ways has two forms: "auto-école" is
two words in a row, and one.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from organisations.languages import folded

# What no reader sees: soft hyphens, joiners, marks of direction and of variants.
INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
UNSEEN = re.compile(f"[{INVISIBLE}]")
APOSTROPHES = "'’‘ʼʹ´`′＇"
HYPHENS = "‐‑⁃−－-"
ONE_SIGN = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(HYPHENS, "-"))
LETTER, SIGN = r"[^\W\d_]", r"[^\W_]"
# What a visitor may take for a word; marks above its letters may be characters of their own.
WORD = re.compile(rf"{SIGN}+(?:[\u0300-\u036f{INVISIBLE}]+{SIGN}*)*")
# A word with all that may be written within it.
WRITTEN = re.compile(rf"{SIGN}+(?:[.\u0300-\u036f{INVISIBLE}{APOSTROPHES}{HYPHENS}]+{SIGN}+)*")
# B.T.W., I.G.O.: at least two letters.
ACRONYM = re.compile(rf"(?<!{SIGN})(?:{LETTER}\.){{1,}}{LETTER}(?!{SIGN})\.?")
# foto's, person's; not 's avonds.
APOSTROPHE_S = re.compile(rf"(?<={LETTER})'s(?!{SIGN})")
# e-mail, X-ray.
LETTER_AND_WORD = re.compile(rf"(?<!{SIGN})(?<!{SIGN}-)({LETTER})-(?={LETTER}{{2}})")
CONNECTED = re.compile(rf"{SIGN}+(?:[-']{SIGN}+)+")
# 10.000 and 10 000 with a space that does not break; 85.07.30-033.28.
GROUPED = re.compile(
    r"(?<![\w.,])(?:\d{1,3}(?:[.'\u00a0\u202f]\d{3})+|\d+(?:[.-]\d+){2,})(?![\w]|[.,]\d)", re.ASCII
)
# What French puts before a word with an apostrophe: no part of it.
ELIDED = frozenset(("c", "d", "j", "l", "m", "n", "s", "t"))
ELIDED |= {"qu", "jusqu", "lorsqu", "puisqu", "quoiqu"}
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"))
# Quotation marks of our languages, in pairs; of single ones, not those that are apostrophes.
DOUBLE_QUOTES = re.compile("[“”„‟«»″＂〝〞]")
SINGLE_QUOTES = re.compile(rf"(?<!{SIGN})[‘‚‹›]\s*([^‘’‚‹›\"]+?)\s*[’‘›‹](?!{SIGN})")


def plain(text: str) -> str:
    """The text as it is seen: composed (NFC), without what is invisible."""
    return UNSEEN.sub("", unicodedata.normalize("NFC", text))


def words_of(text: str) -> list[str]:
    """The words of a text in small letters and without accents, in their order.

    PostgreSQL is given these and not the text: it would take "loon/wedde" for the name of a file.
    """
    return WORD.findall(folded(_in_one(text)))


def joined_words_of(text: str) -> list[str]:
    """What words that are tied by a sign are when written as one: "autoecole", "10000".

    Of "e-mail", which words_of() takes for one word, what stands behind the letter.
    """
    if text.isalnum():
        return []
    seen = plain(text).translate(ONE_SIGN)
    behind = [seen[match.end() :] for match in LETTER_AND_WORD.finditer(seen)]
    found = [match[0] for rest in behind if (match := WORD.match(rest))]
    for match in CONNECTED.finditer(_in_one(seen)):
        parts = re.split("[-']", match[0])
        if len(parts) > 1 and parts[0].casefold() not in ELIDED and not _are_numbers(parts):
            found.append("".join(parts))
    found += (re.sub(r"\D", "", match[0]) for match in GROUPED.finditer(seen))
    return [folded(word) for word in found]


def respelled(written: str) -> set[str]:
    """The word with its umlauts as two letters, or with two letters as the umlaut; folded."""
    small = plain(written).casefold()
    apart = together = small
    for umlaut, letters in UMLAUTS:
        apart = apart.replace(umlaut, letters)
        together = together.replace(letters, umlaut)
    return {folded(apart), folded(together)} - {folded(small)}


def with_plain_quotes(text: str) -> str:
    """The text with every quotation mark as the one of a typewriter."""
    return SINGLE_QUOTES.sub(r'"\1"', DOUBLE_QUOTES.sub('"', text))


def is_in_capitals(written: str) -> bool:
    """Whether somebody means an acronym: it is written in capitals, or with a dot between."""
    return (len(written) > 1 and written.isupper()) or bool(ACRONYM.fullmatch(written))


def found_in(text: str, words: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Where one of the words stands in the text: from where to where, in their order.

    `words` are as words_of() and joined_words_of() give them.
    """
    for match in WRITTEN.finditer(text):
        written = match[0]
        if words.isdisjoint(_ways(written)):
            continue
        start = match.start()
        pieces = [
            (start + piece.start(), start + piece.end())
            for piece in WORD.finditer(written)
            if folded(plain(piece[0])) in words
        ]
        yield from pieces or [(start, match.end())]


# The words of published texts come again and again.
@lru_cache(maxsize=20_000)
def _ways(written: str) -> frozenset[str]:
    """The words that something written in one piece is found by: "e-mail" by "email" and "mail"."""
    if written.isalnum():
        return frozenset((folded(written),))
    pieces = (folded(plain(piece)) for piece in WORD.findall(written))
    return frozenset((*pieces, *words_of(written), *joined_words_of(written)))


def _in_one(text: str) -> str:
    """The text with each word in one piece that may be written in several."""
    if text.isalnum() and text.isascii():
        return text
    seen = plain(text).translate(ONE_SIGN)
    seen = ACRONYM.sub(lambda match: match[0].replace(".", ""), seen)
    return LETTER_AND_WORD.sub(r"\1", APOSTROPHE_S.sub("", seen))


def _are_numbers(parts: list[str]) -> bool:
    return all(part.isdecimal() for part in parts)
