"""The terms of code lists, with what other vocabularies call them."""

from collections.abc import Iterator

from organisations.languages import Text
from processing.exports.words import Words
from processing.linked_data.addresses import Addresses
from processing.linked_data.languages import translated
from processing.linked_data.mappings import Match, mappings
from processing.linked_data.terms import TYPE, Group, Node, Term, iri, literal, triple
from processing.linked_data.vocabularies import (
    BROADER,
    DEFINITION,
    IN_SCHEME,
    LABEL,
    MATCHES,
    NOTATION,
    TITLE,
    term,
)
from processing.models.code_lists import CODE_LISTS

CONCEPT = term("skos:Concept")
# Code list -> what DPV takes its terms for. Said of each term in the data itself, so that who
# reads or checks them needs no vocabulary beside.
CLASSES = {
    "data": (term("dpv:PersonalData"),),
    # What DPV says of groups of people is said of human subjects.
    "data_subjects": (term("dpv:DataSubject"), term("dpv:HumanSubject")),
    "purposes": (term("dpv:Purpose"),),
    "recipients": (term("dpv:Recipient"),),
    "transfer_mechanisms": (term("dpv:LegalBasis"), term("dpv:DataTransferLegalBasis")),
    "processing_types": (term("dpv:Context"),),
    "security_measures": (term("dpv:TechnicalOrganisationalMeasure"),),
    "themes": (),
    "grounds": (term("dpv:LegalBasis"),),
    "sources": (term("dpv:DataSource"),),
}


class Meaning:
    """What a code says, as things of the world of linked data."""

    __slots__ = ("all", "match", "own")

    def __init__(self, own: Term | None, match: Match | None) -> None:
        # In the federal vocabulary, or of this site.
        self.own = own
        self.match = match
        self.all: list[Term] = [each for each in (own, match and match.term) if each]


def meaning_of(code_list: str, code: str, words: Words, addresses: Addresses) -> Meaning:
    found = words.term(code_list, code)
    own = found.iri if found and found.iri else addresses.term(code_list, code)
    return Meaning(iri(own), mappings().get((code_list, code)))


def tell_type(code_list: str, meaning: Meaning, triples: Group) -> None:
    """What its terms are for DPV; for a theme, nothing."""
    for each in meaning.all:
        triples += [triple(each, TYPE, kind) for kind in CLASSES[code_list]]


def tell_term(code_list: str, code: str, meaning: Meaning, words: Words, triples: Group) -> None:
    node = Node(meaning.own[1:-1], triples)
    node.says(NOTATION, literal(code))
    if labels := texts_of(code_list, code, "label", words):
        node.says(TYPE, CONCEPT)
        node.texts(labels, LABEL)
    if meaning.match:
        node.says(MATCHES[meaning.match.kind], meaning.match.term)


def texts_of(code_list: str, code: str, field: str, words: Words) -> Text:
    """A label or a definition, in the languages in which there is one."""
    found = {}
    for language in words.languages:
        told = words.term(code_list, code, language)
        text = told and getattr(told, field)
        if text and not text.is_fallback:
            found[language] = text.plain
    return found


def code_list_groups(words: Words, origin: str) -> Iterator[Group]:
    """All code lists with all that is told of their terms, for a file of their own."""
    addresses = Addresses(origin)
    for code_list, model in CODE_LISTS.items():
        triples: Group = []
        scheme = Node(addresses.code_list(code_list), triples)
        scheme.says(TYPE, term("skos:ConceptScheme"))
        scheme.texts(translated(model._meta.verbose_name_plural), TITLE, LABEL)
        yield triples
        for code, told in words.code_lists()[code_list].items():
            triples = []
            meaning = meaning_of(code_list, code, words, addresses)
            tell_type(code_list, meaning, triples)
            tell_term(code_list, code, meaning, words, triples)
            node = Node(meaning.own[1:-1], triples)
            node.texts(texts_of(code_list, code, "definition", words), DEFINITION)
            node.says(IN_SCHEME, scheme.iri)
            if told.broader:
                node.says(BROADER, meaning_of(code_list, told.broader, words, addresses).own)
            yield triples
