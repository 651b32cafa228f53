"""What the codes, keys and bodies of a record are called, in the languages of a file."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.directory import Directory, directories
from organisations.languages import LANGUAGES, Passage, Text, passage
from organisations.revision import RegisterRevision
from processing import countries
from processing.code_lists import CodeLists, Term, code_lists_at

NOT_HERE = _("A federal body that is not on this site")


class Words:
    """Those of one language, with others standing in as on pages, or of all without.

    Told as texts: language -> text. Where one language is told, that is one text, and its language
    may be the one that stands in.
    """

    def __init__(self, revision: RegisterRevision, language: str | None) -> None:
        self.language = language
        self.languages = (language,) if language else LANGUAGES
        self._directories = directories(revision)
        self._code_lists = code_lists_at(revision)
        self._named: dict[tuple, Text] = {}

    @property
    def of_headings(self) -> str:
        """The language in which a file says what it is."""
        return self.language or "en"

    def heading(self, words: Promise) -> str:
        """With a capital, in the language of headings."""
        with override(self.of_headings):
            return capfirst(str(words))

    def text(self, texts: Text) -> Text:
        """What people wrote."""
        if self.language is None or not texts:
            return texts
        found = passage(texts, self.language)
        return {found.language: found.plain} if found else {}

    def marked(self, text: str, language: str) -> str:
        """The text as a cell has it, which cannot say its language otherwise: [fr] before it."""
        return text if language == self.language else f"[{language}] {text}"

    def named(self, name_of: Callable[[object, str, "Words"], object], value: object) -> Text:
        """What `name_of` calls a value; asked once for each value and language."""
        key = (name_of, value)
        if key not in self._named:
            found = {}
            for language in self.languages:
                with override(language):
                    name = name_of(value, language, self)
                    found |= self._told(str(name) if isinstance(name, Promise) else name, language)
            self._named[key] = found
        return self._named[key]

    def _told(self, name: object, language: str) -> Text:
        if not isinstance(name, Passage):
            return {language: name} if name else {}
        if self.language is None and name.is_fallback:
            return {}
        return {name.language: name.plain}

    def directory(self, language: str | None = None) -> Directory:
        return self._directories[language or self.of_headings]

    def code_lists(self, language: str | None = None) -> CodeLists:
        return self._code_lists[language or self.of_headings]

    def term(self, code_list: str, code: str, language: str | None = None) -> Term | None:
        return self.code_lists(language)[code_list].get(code)

    def slug(self, body: int) -> str:
        """Of a body; empty for one that is not public."""
        found = self.directory().by_id.get(body)
        return found.slug if found else ""


def body_name(body: int, language: str, words: Words) -> Passage | Promise:
    found = words.directory(language).by_id.get(body)
    return found.name if found else NOT_HERE


def department_name(department: int, language: str, words: Words) -> Passage | None:
    """Nothing for a department that its body no longer shows."""
    return words.directory(language).departments.get(department)


def country_name(code: str, language: str, words: Words) -> str:
    return countries.name_of(code, language)
