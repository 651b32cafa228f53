"""The terms of the register: what each means, in a sentence.

fixtures/glossary.csv has the terms as the four language versions of the regulation use them; the
message catalogues are checked against it (registry_site/local/terms.py).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, override

from organisations.languages import LANGUAGES, folded, sort_key
from registry_site.explainer.contents import TOPICS
from registry_site.explainer.meanings import MEANINGS

FILE = settings.BASE_DIR / "fixtures" / "glossary.csv"
# Terms whose words people use with another meaning.
EVERYDAY = ("third_party", "representative", "purpose", "processing")
# So many related terms stand beside a term.
MOST_RELATED = 4
WORD = re.compile(r"[^\W_]+")
ARTICLE = re.compile(r"(?:Art\. |and )(\d+)")


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    key: str
    # Language -> what the law calls it, and what people call it too.
    names: dict[str, str]
    also: dict[str, list[str]]
    # Of the GDPR.
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term in one language of the site."""

    key: str
    name: str
    also: list[str]
    # Language, what that language calls itself (with a colon), and the term in it.
    others: list[tuple[str, str, str]]
    articles: tuple[int, ...]
    text: Promise
    # Its place in the glossary.
    url: str
    # The answer that tells more; empty where there is none.
    more: str
    # Keys of terms that the same topic explains: those of the same answer first.
    related: tuple[str, ...]


@cache
def glossary() -> dict[str, GlossaryTerm]:
    """The terms by their keys."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: GlossaryTerm(
                key=row["key"],
                names={language: row[language] for language in LANGUAGES},
                also={
                    language: list(filter(None, row[f"also_{language}"].split(" / ")))
                    for language in LANGUAGES
                },
                articles=_articles(row["source"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def meanings(language: str) -> dict[str, Meaning]:
    """The terms by their keys, as pages in this language tell them."""
    with override(language):
        page = reverse("gdpr:glossary")
        return {
            key: Meaning(
                key=key,
                name=term.names[language],
                also=term.also[language],
                others=[
                    (other, _before_colon(language_name, other), term.names[other])
                    for other, language_name in settings.LANGUAGES
                    if other != language
                ],
                articles=term.articles,
                text=MEANINGS[key][0],
                url=f"{page}#{key}",
                more=_more(*MEANINGS[key][1:]),
                related=_related(key),
            )
            for key, term in glossary().items()
        }


def _related(key: str) -> tuple[str, ...]:
    _text, topic, anchor = MEANINGS[key]
    if not topic:
        return ()
    others = [other for other in glossary() if other != key and MEANINGS[other][1] == topic]
    return tuple(sorted(others, key=lambda other: MEANINGS[other][2] != anchor)[:MOST_RELATED])


def _before_colon(label: str, language: str) -> str:
    """The label with its colon, as the language writes it."""
    with override(language):
        return gettext("%(label)s:") % {"label": label}


@cache
def terms_by_letter(language: str) -> list[tuple[str, list[tuple[Meaning, list[Meaning]]]]]:
    """All terms by their first letter, sorted as a reader of the language expects.

    Each comes with the terms that are related to it.
    """
    known = meanings(language)
    ordered = sorted(known.values(), key=lambda term: (sort_key(term.name), term.key))
    groups = groupby(ordered, key=lambda term: sort_key(term.name)[0].upper())
    return [
        (letter, [(term, [known[key] for key in term.related]) for term in group])
        for letter, group in groups
    ]


def named_in(text: str, language: str) -> list[Meaning]:
    """The terms that are explained and that stand in what somebody looks for, the longest first."""
    asked = _words(text)
    named = [
        key
        for key, names in _words_of_terms(language).items()
        if key not in EVERYDAY and MEANINGS[key][1] and any(name <= asked for name in names)
    ]
    found = [meanings(language)[key] for key in named]
    return sorted(found, key=lambda term: -len(term.name))


@cache
def _words_of_terms(language: str) -> dict[str, list[frozenset[str]]]:
    """Key -> the words of each of its names: «recht van inzage», and what stands in brackets."""
    return {
        key: [
            _words(name)
            for written in (term.names[language], *term.also[language])
            for name in re.split(r"[()]", written)
            if name.strip()
        ]
        for key, term in glossary().items()
    }


def _words(text: str) -> frozenset[str]:
    """As they are compared: without accents, capitals and the endings of several."""
    return frozenset(word.rstrip("esn") or word for word in WORD.findall(folded(text)))


def _more(topic: str, anchor: str) -> str:
    if not topic:
        return ""
    return TOPICS[topic].address_of(anchor) if anchor else TOPICS[topic].get_absolute_url()


def _articles(source: str) -> tuple[int, ...]:
    return tuple(int(number) for number in ARTICLE.findall(source)) if "GDPR" in source else ()
