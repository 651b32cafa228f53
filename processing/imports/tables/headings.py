"""Which field a heading means: by a vocabulary in four languages, by likeness, by its place."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from django.conf import settings
from django.utils.translation import override
from rapidfuzz import fuzz, process

from organisations.languages import LANGUAGES, folded
from processing.imports.fields import FIELDS, LEAST, Target, label_of
from processing.imports.values import cleaned, words_of

FILE = settings.BASE_DIR / "fixtures" / "import_headings.csv"
LONGEST = 250
# So many different texts of one file are compared by likeness: more would take minutes.
MOST_GUESSES = 5_000
IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
NUMBER_BEFORE = re.compile(r"^\s*(?:[\dIVX]{1,4}(?:\.\d+)*[.)]|§)\s*")
NUMBER_BEHIND = re.compile(r"\s+\d{1,2}$")
# "Naam (NL)", "name_fr", "Zweck - DE"
LANGUAGE_BEHIND = re.compile(
    r"(?:\s?[\s_(\[/-])(nl|fr|de|en|ned|fra|deu|eng)[)\]]?\s*$", re.IGNORECASE
)
LANGUAGE_IN_WORDS = {
    **dict.fromkeys(("nederlands", "neerlandais", "dutch", "niederlandisch"), "nl"),
    **dict.fromkeys(("frans", "francais", "french", "franzosisch"), "fr"),
    **dict.fromkeys(("duits", "allemand", "german", "deutsch"), "de"),
    **dict.fromkeys(("engels", "anglais", "english", "englisch"), "en"),
}
CODES = {"ned": "nl", "fra": "fr", "deu": "de", "eng": "en"}
BREACH = re.compile(
    r"\b(?:datalek\w*|gegevenslek\w*|inbreuk\w*|breach\w*|violations? de (?:donnees|securite)"
    r"|fuites? de donnees|datenpanne\w*|datenschutzverletzung\w*|verletzung des schutzes)\b"
)
INTERNAL = re.compile(
    r"\b(?:intern|interne|internal|vertrouwelijk|confidentiel|confidential|vertraulich|prive)\b"
)
LITTLE_WORDS = (
    "a an and au aux avec bij by ces d da das de dem den der des die dit du e een ein eine el "
    "en et for from het if il in is l la le les mit of on ou par per pour s se si sur the to "
    "um und van vom von voor which with zu zum zur door que qui ce deze applicable possible"
)
LITTLE = frozenset(LITTLE_WORDS.split())


@dataclass(frozen=True, slots=True)
class Meaning:
    field: str
    code: str
    language: str


class Headings:
    """The vocabulary, ready to be asked about one file."""

    def __init__(self, rows: list[dict[str, str]]) -> None:
        # Where it stands ("" for anywhere) -> heading as compared -> what it means.
        self._exact: dict[str, dict[str, Meaning]] = {}
        self._parts: dict[str, str] = {}
        self._languages: dict[str, set[str]] = {}
        for row in rows:
            words = words_of(row["heading"])
            self._languages.setdefault(words, set()).add(row["language"])
            if row["within"] == "group":
                self._parts.setdefault(words, row["field"].strip("()"))
                continue
            meanings = self._exact.setdefault(row["within"], {})
            meaning = Meaning(row["field"], row["code"], row["language"])
            meanings.setdefault(words, meaning)
            meanings.setdefault(words_of(NUMBER_BEHIND.sub("", row["heading"])), meaning)
            meanings.setdefault(words_of(IN_BRACKETS.sub(" ", row["heading"])), meaning)
        for meanings in self._exact.values():
            meanings.pop("", None)
        self._content = {w: c for w in self._exact[""] if (c := _content_words(w))}
        self._sorted = {w: " ".join(sorted(c)) for w, c in self._content.items()}
        # One word of each phrase -> such phrases: those that may stand in a heading are few.
        self._by_word: dict[str, list[str]] = {}
        for phrase, content in self._content.items():
            self._by_word.setdefault(max(content, key=len), []).append(phrase)
        self._cache: dict[tuple[str, str], tuple[Target, Meaning] | None] = {}
        self._guesses = 0

    def part_of(self, title: str) -> str:
        """Which rows a group of columns, a section or a sheet is about; "" for none."""
        if len(title) > LONGEST:
            return ""
        for form in _forms(title):
            if part := self._parts.get(words_of(form)):
                return part
        return ""

    def meant(self, heading: str, within: str = "") -> Target | None:
        """The field that a heading means, within a group or a sheet about a part; None for none."""
        found = self._found(heading, within)
        return found[0] if found else None

    def languages_of(self, heading: str) -> frozenset[str]:
        """In which languages the vocabulary has a heading; none for one that it does not know."""
        if len(heading) > LONGEST:
            return frozenset()
        return frozenset(
            language
            for form in _forms(without_language(cleaned(heading))[0])
            for language in self._languages.get(words_of(form), ())
        )

    def _found(self, heading: str, within: str) -> tuple[Target, Meaning] | None:
        key = (heading, within)
        if key not in self._cache:
            self._cache[key] = self._find(heading, within)
        return self._cache[key]

    def _find(self, heading: str, within: str) -> tuple[Target, Meaning] | None:
        if len(heading) > LONGEST or not (heading := cleaned(heading)):
            return None
        plain, language = without_language(heading)
        meaning, certainty = self._known(plain, within)
        if meaning is None and BREACH.search(folded(plain)):
            meaning, certainty = Meaning("breach", "", ""), 1.0
        if meaning is None:
            meaning, certainty = self._alike(plain)
        if meaning is None:
            return None
        if certainty < 1 and INTERNAL.search(folded(heading)) and meaning.field != "ignore":
            meaning = Meaning("remarks", "", meaning.language)
        return Target(meaning.field, meaning.code, language, certainty), meaning

    def _known(self, heading: str, within: str) -> tuple[Meaning | None, float]:
        places = [within, ""] if within and within != "activity" else [""]
        for number, form in enumerate(_forms(heading)):
            words = words_of(form)
            for place in places:
                if meaning := self._exact.get(place, {}).get(words):
                    return meaning, 1.0 if number == 0 else 0.95
        return None, 0

    def _alike(self, heading: str) -> tuple[Meaning | None, float]:
        """By likeness: typing errors, another order of words, a few words more."""
        content = _content_words(words_of(IN_BRACKETS.sub(" ", heading))) or _content_words(
            words_of(heading)
        )
        self._guesses += 1
        if not content or self._guesses > MOST_GUESSES:
            return None, 0
        sorted_words = " ".join(sorted(content))
        best = process.extractOne(sorted_words, self._sorted, scorer=fuzz.ratio, score_cutoff=88)
        if best and len(sorted_words) >= 5:
            return self._exact[""][best[2]], 0.93 if best[1] >= 96 else best[1] / 100 - 0.06
        within = [
            (len(words), phrase)
            for word in content
            for phrase in self._by_word.get(word, ())
            if (words := self._content[phrase]) <= content
            and len(words) / len(content) >= 0.6
            and len(phrase) >= 5
        ]
        if within:
            return self._exact[""][max(within)[1]], 0.75
        return None, 0


def without_language(heading: str) -> tuple[str, str]:
    """A heading without the language that it names, and that language."""
    if match := LANGUAGE_BEHIND.search(heading):
        plain = heading[: match.start()].strip(" -_/(")
        code = match[1].casefold()
        # "Finalité en", "Doel(en)": in small letters it may be a word, or the end of one.
        is_sign = match[0].startswith(("_", "/", "-", " (", " [", " -", " /")) or match[1].isupper()
        if plain and is_sign:
            return plain, CODES.get(code, code)
    words = words_of(heading).split()
    if len(words) > 1 and (language := LANGUAGE_IN_WORDS.get(words[-1])):
        plain = re.sub(
            r"[\s(\[/-]*(?:(?:in het|en|in|auf|au)\s)?[^\s(\[]+[)\]]?$", "", heading
        ).strip()
        return plain or heading, language
    return heading, ""


def _forms(heading: str) -> list[str]:
    """A heading as it is, without its number, and without what stands in brackets."""
    unnumbered = NUMBER_BEHIND.sub("", NUMBER_BEFORE.sub("", heading))
    return [heading, unnumbered, IN_BRACKETS.sub(" ", unnumbered)]


def _content_words(words: str) -> frozenset[str]:
    return frozenset(word for word in words.split() if word not in LITTLE)


def vocabulary() -> Headings:
    """For one file: it remembers what it was asked, and guesses only so often."""
    return Headings(_rows())


@cache
def _rows() -> list[dict[str, str]]:
    """What the fields are called on our own form, and fixtures/import_headings.csv."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return [*_own_labels(), *csv.DictReader(file)]


def _own_labels() -> Iterator[dict[str, str]]:
    for language in LANGUAGES:
        with override(language):
            for field in FIELDS:
                label = str(label_of(field))
                row = {"field": field, "code": "", "within": "", "language": language}
                yield row | {"heading": label}


def _by_group(headings: Headings, heading: str, group: str) -> Target | None:
    """What a column means whose own heading says no more than "yes/no", or what nobody knows."""
    target = headings.meant(group)
    is_question = set(words_of(heading).split()) - {"oui", "non", "ja", "nee", "nein", "yes", "no"}
    return target and replace(target, certainty=target.certainty - (0.15 if is_question else 0.06))


def meant_by(headings: Headings, heading: str, group: str, part: str) -> Target | None:
    """The field of a column, by its heading, the group that it stands in, the part of its sheet."""
    group = "" if len(group) > LONGEST else group
    within = headings.part_of(group) if group else ""
    candidates = [headings.meant(heading, within or part)]
    if group:
        candidates.append(headings.meant(f"{group} - {heading}"))
        if not candidates[0] and not INTERNAL.search(folded(heading)):
            candidates.append(_by_group(headings, heading, group))
    found = max(
        (candidate for candidate in candidates if candidate),
        key=lambda target: target.certainty,
        default=None,
    )
    return found if found and found.certainty >= LEAST else None
