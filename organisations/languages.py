"""Texts in the languages of the site, and which one a visitor reads."""

import unicodedata

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

# A text as people wrote it: language code -> text, only the languages that have one.
Text = dict[str, str]

LANGUAGES = tuple(code for code, _ in settings.LANGUAGES)


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
        return SafeString(escape(self.plain))


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


def sort_key(text: str) -> str:
    """A key that sorts names as readers expect in our four languages, whatever the collation.

    Accents and case do not count; œ and ß sort as oe and ss.
    """
    if text.isascii():
        return text.casefold()
    spelled = text.casefold().replace("œ", "oe").replace("æ", "ae").replace("ß", "ss")
    return "".join(
        character
        for character in unicodedata.normalize("NFKD", spelled)
        if not unicodedata.combining(character)
    )
