"""The lists of terms that all else is described with."""

from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType

from organisations.languages import Passage
from processing.api import parameters
from processing.api.operations import Asked, operation
from processing.api.paged import Collection, collection
from processing.api.problems import Refused, Shape, Uri
from processing.api.references import (
    CODE_LISTS,
    LISTS,
    LocalizedString,
    ReferenceList,
    References,
    SelfLink,
    TermReference,
    property_name,
)
from processing.code_lists import Term as KeptTerm
from processing.exports.words import Words

TAG = "Reference data"


class TermListLink(Shape, kw_only=True):
    """A list of terms."""

    href: Uri
    title: str
    code: str
    total: int


class TermListCollection(Collection, kw_only=True):
    items: list[TermListLink]


class TermLink(Shape, kw_only=True):
    """A term in its list."""

    href: Uri
    title: str
    code: str
    label: LocalizedString
    iri: Uri | UnsetType = UNSET
    broader: TermReference | UnsetType = UNSET


class TermCollection(Collection, kw_only=True):
    items: list[TermLink]


class Term(SelfLink, kw_only=True):
    """A term, with what it means and where it stands among the others."""

    code: str
    label: LocalizedString
    iri: Uri | UnsetType = UNSET
    definition: LocalizedString | UnsetType = UNSET
    # Of personal data: whether the law protects them more.
    mark: str | UnsetType = UNSET
    broader: TermReference | UnsetType = UNSET
    narrower: list[TermReference] | UnsetType = UNSET
    page: LocalizedString | UnsetType = UNSET


@operation(
    name="getReferenceLists",
    summary=_("Get the lists of terms"),
    tag=TAG,
    gives=TermListCollection,
    parameters=parameters.PAGED,
    negotiates=True,
)
def list_of_lists(asked: Asked) -> TermListCollection:
    words = asked.references.words

    def links(lists: list[ReferenceList]) -> list[TermListLink]:
        return [
            TermListLink(
                href=asked.references.href("refData", listed.name),
                title=capfirst(str(listed.title)),
                code=listed.name,
                total=len(listed.own_codes(words)),
            )
            for listed in lists
        ]

    return collection(TermListCollection, asked, list(LISTS.values()), links)


@operation(
    name="getReferenceList",
    summary=_("Get the terms of a list"),
    tag=TAG,
    gives=TermCollection,
    parameters=parameters.PAGED,
    negotiates=True,
    description="In the order of the list.",
)
def term_list(asked: Asked, code_list: str) -> TermCollection:
    listed = _list(code_list)

    def links(codes: list[str]) -> list[TermLink]:
        return [_link(listed, code, asked) for code in codes]

    return collection(TermCollection, asked, list(listed.codes(asked.references.words)), links)


def _list(name: str) -> ReferenceList:
    if name not in LISTS:
        raise Refused(404)
    return LISTS[name]


def _link(listed: ReferenceList, code: str, asked: Asked) -> TermLink:
    references, kind, written = asked.references, listed.kind, listed.code(code)
    term = _kept(listed, code, references)
    return TermLink(
        href=references.href("refData", listed.name, written),
        title=str(kind.name_of(code, get_language(), references.words)),
        code=written,
        label=references.words.named(kind.name_of, code),
        iri=kind.iri_of(code, references.words) or UNSET,
        broader=references.term(listed, term.broader) if term and term.broader else UNSET,
    )


@operation(
    name="getTerm",
    summary=_("Get a term"),
    tag=TAG,
    gives=Term,
    parameters=(parameters.SELECT, parameters.LANG),
)
def term_detail(asked: Asked, code_list: str, code: str) -> Term:
    references, listed = asked.references, _list(code_list)
    own = listed.own_codes(references.words).get(code)
    if own is None:
        raise Refused(404)
    return Term(
        self_=references.href("refData", listed.name, code),
        code=code,
        label=references.words.named(listed.kind.name_of, own),
        iri=listed.kind.iri_of(own, references.words) or UNSET,
        **_place(listed, own, references),
    )


def _place(listed: ReferenceList, code: str, references: References) -> dict:
    """What only code lists have: meanings, pages, and what is broader and narrower."""
    term = _kept(listed, code, references)
    if term is None:
        return {}
    words, code_list = references.words, listed.kind.vocabulary
    others = words.code_lists()[code_list].values()
    narrower = [references.term(listed, other.code) for other in others if other.broader == code]
    return {
        "definition": words.named(_definition, (code_list, code)) or UNSET,
        "mark": property_name(term.mark) if term.mark else UNSET,
        "broader": references.term(listed, term.broader) if term.broader else UNSET,
        "narrower": narrower or UNSET,
        "page": references.pages(lambda language: words.term(code_list, code, language).url),
    }


def _definition(term: tuple[str, str], language: str, words: Words) -> Passage | None:
    found = words.term(*term, language)
    return found.definition if found else None


def _kept(listed: ReferenceList, code: str, references: References) -> KeptTerm | None:
    """The term of a code list; None where the law or the world lists it."""
    if listed.name not in CODE_LISTS:
        return None
    return references.words.term(listed.kind.vocabulary, code)
