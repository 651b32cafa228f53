"""Texts in the languages of the site, and which one a visitor reads."""

import re
import unicodedata
from functools import cache
from html import escape

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from organisations.enterprise_numbers import written_in_one

# A text as people wrote it: language code -> text, only the languages that have one.
Text = dict[str, str]

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)
# For sorting: spaces, hyphens and dashes; digits; what is no letter, digit or space, among it the
# apostrophes and accents that Unicode counts as letters (ʼs, which is not ’s).
BETWEEN_WORDS = re.compile(r"[\s\u2010-\u2015\u2212-]+")
NUMBER = re.compile(r"[0-9]+")
SIGN = re.compile(r"[^\w ]|_|[\u02b0-\u02ff]")
# Letters that no accent takes apart, and which would come behind z.
OTHER_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ŋ": "n", "ı": "i"}
)
# For searches of the admin: what makes no other word of those that it stands between. The hyphen of
# 2015-2020 does.
WITHIN_WORDS = re.compile(
    r"(?<=\w)[.\u00ad](?=\w)"
    r"|(?<=[^\W\d_])[\u2010\u2011-](?=\w)|(?<=\d)[\u2010\u2011-](?=[^\W\d_])"
)
WORD = re.compile(r"[^\W_]+")


class Passage(str):
    """A text that renders with its `lang` where the page is in another language (WCAG 3.1.2).

    Behaves as the plain text everywhere but in a template, where it is escaped and, when needed,
    put in a <span lang>. Use `plain` in a title or an attribute.
    """

    __slots__ = ("language", "page_language")

    language: str
    page_language: str

    def __new__(cls, text: str, language: str, page_language: str) -> "Passage":
        passage = super().__new__(cls, text)
        passage.language = language
        passage.page_language = page_language
        return passage

    @property
    def plain(self) -> str:
        return str.__str__(self)

    @property
    def is_fallback(self) -> bool:
        return self.language != self.page_language

    def __html__(self) -> SafeString:
        if self.is_fallback:
            return format_html('<span lang="{}">{}</span>', self.language, self.plain)
        # As Django's escape(), which looks at its arguments for longer than it takes to escape.
        return SafeString(escape(self.plain))


@cache
def reading_order(language: str) -> tuple[str, ...]:
    """The language of the page, then those that stand in for it."""
    return (language, *settings.FALLBACK_LANGUAGES[language])


def passage(texts: Text, language: str) -> Passage | None:
    """The text for a page in this language: its own, else the first fallback; None without any."""
    for candidate in reading_order(language):
        if text := texts.get(candidate):
            return Passage(text, candidate, language)
    return None


def texts_of(instance: object, field: str) -> Text:
    """What is written in a translated model field, by language."""
    return {
        language: text
        for language in LANGUAGES
        if (text := (getattr(instance, f"{field}_{language}") or "").strip())
    }


def folded(text: str) -> str:
    """The text as searches compare it: in small letters, without accents; œ and ß as oe and ss."""
    if text.isascii():
        return text.casefold()
    spelled = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", spelled)
        if not unicodedata.combining(character)
    )


def as_looked_for(text: str) -> str:
    """The words of a text as people of the bodies look for them, with single spaces between.

    “E-mail” and “email” are one word, an enterprise number is one with dots or without, and any
    apostrophe ends a word.
    """
    return " ".join(WORD.findall(WITHIN_WORDS.sub("", folded(written_in_one(text)))))


def sort_key(text: str) -> str:
    """A key that sorts names as readers of our four languages expect, by its code points.

    Letters count without accents and capitals, numbers by their value, hyphens and spaces as one
    space, apostrophes and other signs not at all. Names that are the same in all this sort by
    their own code points. Empty for an empty text.
    """
    if not text:
        return ""
    # On its own, an accent stands for an apostrophe; some signs hold capitals (№ is No).
    spaced = BETWEEN_WORDS.sub(" ", folded(text.replace("´", "’")).casefold())
    counted = NUMBER.sub(_by_value, spaced)
    compared = " ".join(SIGN.sub("", counted).translate(OTHER_LETTERS).split())
    return f"{compared}\t{text}"


def _by_value(number: re.Match) -> str:
    """The number behind how many digits it has: 2 is 012 and comes before 10, which is 0210."""
    digits = number[0].lstrip("0")
    return f"{min(len(digits), 99):02}{digits}"
