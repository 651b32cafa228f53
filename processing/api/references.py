"""What answers name, each with its link: bodies, terms and entries. In one language, or in all."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import msgspec
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType, field

from organisations.languages import LANGUAGES, Text
from organisations.models import Organisation
from organisations.origin import origin
from organisations.revision import RegisterRevision, kept_until_changed
from processing import countries
from processing.api.problems import Shape, Uri
from processing.exports.kinds import BODY, COUNTRY, GROUND, UNIT, UNITS, Kind, Named, choice, term
from processing.exports.words import Words
from processing.law import GROUNDS, ActsAs, ImpactAssessment, RetentionOutcome, Source

BASE = "/api/v1"
# Names that say too little in an answer that is about data as a whole.
RENAMED = {"data": "personalData"}
CODE_LISTS = {
    "personalData": ("data", _("categories of personal data")),
    "dataSubjects": ("data_subjects", _("categories of data subjects")),
    "purposes": ("purposes", _("categories of purposes")),
    "recipients": ("recipients", _("categories of recipients")),
    "transferMechanisms": ("transfer_mechanisms", _("transfer mechanisms")),
    "processingTypes": ("processing_types", _("types of processing")),
    "securityMeasures": ("security_measures", _("security measures")),
    "themes": ("themes", _("themes")),
}
CHOICES = {
    "roles": (ActsAs, _("the body acts as")),
    "sources": (Source, _("sources")),
    "impactAssessments": (ImpactAssessment, _("data protection impact assessment")),
    "retentionOutcomes": (RetentionOutcome, _("afterwards")),
    "organisationKinds": (Organisation.Kind, _("Kind of body")),
}
KIND_OF_BODY = choice(Organisation.Kind)


def property_name(name: str) -> str:
    """As JSON has it: people_count -> peopleCount."""
    if name in RENAMED:
        return RENAMED[name]
    first, *others = name.strip("_").split("_")
    return first + "".join(other.capitalize() for other in others)


class LocalizedString(Shape, kw_only=True):
    """A text in several languages; with `lang`, in one: that one, or another that stands in."""

    nl: str | UnsetType = UNSET
    fr: str | UnsetType = UNSET
    de: str | UnsetType = UNSET
    en: str | UnsetType = UNSET


class OrganisationReference(Shape, kw_only=True):
    """A federal body. One that is not on this site has a name only."""

    name: LocalizedString
    id: str | UnsetType = UNSET
    href: Uri | UnsetType = UNSET


class TermReference(Shape, kw_only=True):
    """A term of a list: its code, what it is called, and what identifies it elsewhere."""

    code: str
    href: Uri
    label: LocalizedString
    iri: Uri | UnsetType = UNSET


class ProcessingActivityReference(Shape, kw_only=True):
    """A processing activity of the same body."""

    number: int
    href: Uri | UnsetType = UNSET


class SelfLink(Shape, kw_only=True):
    self_: Uri = field(name="self")


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """A list of terms, as `refData` has it."""

    # In addresses.
    name: str
    title: Promise
    kind: Named
    codes: Callable[[Words], Iterable[str]]
    # Codes that are written otherwise in this API: our name of each.
    is_of_choices: bool = False

    def code(self, own: str) -> str:
        """As the API writes it: not_needed -> notNeeded."""
        return property_name(own) if self.is_of_choices else own

    def own_codes(self, words: Words) -> dict[str, str]:
        """Code of the API -> code of the record, in the order of the list."""
        return {self.code(own): own for own in self.codes(words)}


def _lists() -> Iterable[ReferenceList]:
    for name, (code_list, title) in CODE_LISTS.items():
        yield ReferenceList(
            name, title, term(code_list), lambda words, of=code_list: words.code_lists()[of]
        )
    for name, (choices, title) in CHOICES.items():
        yield ReferenceList(
            name, title, choice(choices), lambda words, of=choices: of.values, is_of_choices=True
        )
    yield ReferenceList("legalGrounds", _("legal bases"), GROUND, lambda words: GROUNDS)
    yield ReferenceList("periodUnits", _("unit"), UNIT, lambda words: UNITS)
    yield ReferenceList("countries", _("countries"), COUNTRY, lambda w: sorted(countries.codes()))


LISTS = {found.name: found for found in _lists()}
LIST_OF = {found.kind.vocabulary: found for found in LISTS.values()}


@kept_until_changed("organisations", "code_lists")
def words_at(revision: RegisterRevision) -> dict[str | None, Words]:
    """What codes and bodies are called, by language; under None in all of them."""
    return {language: Words(revision, language) for language in (None, *LANGUAGES)}


class References:
    """The links and names of one answer."""

    def __init__(self, request: HttpRequest, language: str | None) -> None:
        """`language` is the one that was asked for, None for all."""
        self.site = origin(request)
        self.base = f"{self.site}{BASE}"
        self.words = words_at(request.revision)[language]
        self._bodies: dict[int | None, msgspec.Raw] = {}
        self._terms: dict[tuple[str, str], msgspec.Raw] = {}

    def href(self, *parts: object) -> str:
        return "/".join((self.base, *map(str, parts)))

    def pages(self, path_in: Callable[[str], str]) -> Text:
        """The page for people, in each language."""
        return {language: self.site + path_in(language) for language in self.words.languages}

    def activity(self, body: int, number: int) -> ProcessingActivityReference:
        slug = self.words.slug(body)
        href = self.href("processingActivities", slug, number) if slug else UNSET
        return ProcessingActivityReference(number=number, href=href)

    def organisation(self, body: int) -> msgspec.Raw:
        found = self._bodies.get(body)
        if found is None:
            slug = self.words.slug(body)
            told = OrganisationReference(
                name=self.words.named(BODY.name_of, body),
                id=slug or UNSET,
                href=self.href("organisations", slug) if slug else UNSET,
            )
            found = self._bodies[body] = encoded(told)
        return found

    def term(self, listed: ReferenceList, code: str) -> msgspec.Raw:
        key = (listed.name, code)
        found = self._terms.get(key)
        if found is None:
            kind, written = listed.kind, listed.code(code)
            told = TermReference(
                code=written,
                href=self.href("refData", listed.name, written),
                label=self.words.named(kind.name_of, code),
                iri=kind.iri_of(code, self.words) or UNSET,
            )
            found = self._terms[key] = encoded(told)
        return found

    def teller(self, kind: Kind) -> Callable[[object], object]:
        """What tells a value of this kind, if there is one."""
        if kind is BODY:
            return self.organisation
        if not isinstance(kind, Named) or kind.without_code:
            return kind.told(self.words)
        listed = LIST_OF[kind.vocabulary]
        if kind.is_several:
            return lambda codes: [self.term(listed, code) for code in codes]
        return lambda code: self.term(listed, code)


encode = msgspec.json.Encoder().encode


def encoded(told: object) -> msgspec.Raw:
    """What stands in many places, encoded once."""
    return msgspec.Raw(encode(told))
