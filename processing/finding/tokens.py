"""What somebody typed, sign by sign: words, "phrases", -without, OR."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from organisations import enterprise_numbers
from processing.finding.spelling import (
    ELIDED,
    is_in_capitals,
    joined_words_of,
    plain,
    respelled,
    with_plain_quotes,
    words_of,
)

TOKEN = re.compile(r'(?P<sign>-?)(?:"(?P<phrase>[^"]*)"|(?P<word>\S+))')
PUNCTUATION = "?!.,;:()[]'…"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, or words in a row, as words_of() gives them."""

    # As it was typed, with its quotation marks.
    text: str
    words: tuple[str, ...]
    is_quoted: bool = False
    is_excluded: bool = False
    is_alternative: bool = False
    # Other ways in which its one word may be written.
    spellings: tuple[str, ...] = ()

    @property
    def is_phrase(self) -> bool:
        return len(self.words) > 1

    @property
    def is_in_capitals(self) -> bool:
        return is_in_capitals(self.text)


def tokens_of(text: str) -> Iterator[Token]:
    follows_or = False
    parts = with_plain_quotes(plain(text)).split('"')
    parts[::2] = [enterprise_numbers.written_in_one(part) for part in parts[::2]]
    for match in TOKEN.finditer('"'.join(parts)):
        is_quoted = match["phrase"] is not None
        typed = match["phrase"] if is_quoted else match["word"].strip(PUNCTUATION)
        typed = enterprise_numbers.read(typed.strip()) or typed
        if typed == "OR":
            follows_or = True
            continue
        if token := _token(typed, is_quoted, bool(match["sign"]), follows_or):
            yield token
        follows_or = False


def _token(typed: str, is_quoted: bool, is_excluded: bool, is_alternative: bool) -> Token | None:
    # A word with a hyphen or an apostrophe in it is several words in a row.
    words = tuple(words_of(typed))
    if not words:
        return None
    if not is_quoted and len(words) > 1 and words[0] in ELIDED:
        words = words[1:]
    spellings: list[str] = []
    if not is_quoted:
        spellings = joined_words_of(typed) if len(words) > 1 else sorted(respelled(typed))
    text = f'"{typed}"' if is_quoted else typed
    return Token(text, words, is_quoted, is_excluded, is_alternative, tuple(spellings))
