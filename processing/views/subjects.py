"""Pages by subject: what is processed of a kind of data, or about a group of people."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.languages import Passage
from organisations.public_page import public_page
from processing.code_lists import Term, code_lists_at
from processing.finding.filters import FILTERED_LISTS, FILTERS, facet_index_at, strongest
from processing.finding.list_query import ListQuery
from processing.finding.narrowing import ASKED
from processing.finding.register import Register, register_at

# How many bodies, purposes and recipients a page names.
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two code lists that citizens look along. `name` is also that of its filter."""

    name: str
    title: Promise
    lead: Promise
    # Before the terms of which nothing is published.
    empty: Promise
    # The filters whose strongest options its pages show, each with a heading.
    shown: tuple[tuple[str, Promise], ...]

    @property
    def code_list(self) -> str:
        return FILTERED_LISTS[self.name]


DATA = Subject(
    "data",
    gettext_lazy("Kinds of personal data"),
    gettext_lazy(
        "Choose a kind of data. The number tells in how many processing activities it occurs."
    ),
    gettext_lazy("Kinds of data that no processing activity names"),
    (
        ("body", gettext_lazy("Which federal bodies process it?")),
        ("to", gettext_lazy("Which federal bodies receive it?")),
        ("recipient", gettext_lazy("Who else receives it?")),
        ("purpose", gettext_lazy("What for?")),
        ("people", gettext_lazy("About whom?")),
    ),
)
PEOPLE = Subject(
    "people",
    gettext_lazy("Groups of people"),
    gettext_lazy(
        "Choose who you are. The number tells how many processing activities are about this group."
    ),
    gettext_lazy("Groups that no processing activity is about"),
    (
        ("body", gettext_lazy("Which federal bodies process data about them?")),
        ("data", gettext_lazy("Which data?")),
        ("purpose", gettext_lazy("What for?")),
        ("to", gettext_lazy("Which federal bodies receive the data?")),
        ("recipient", gettext_lazy("Who else receives the data?")),
    ),
)


@dataclass(frozen=True, slots=True)
class Companion:
    """An option that occurs together with the subject, and the list of the entries with both."""

    name: Passage | Promise | str
    count: int
    query: str


@public_page()
def data_list(request: HttpRequest) -> HttpResponse:
    return _list(request, DATA)


@public_page()
def people_list(request: HttpRequest) -> HttpResponse:
    return _list(request, PEOPLE)


@public_page()
def data_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, DATA, code)


@public_page()
def people_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _detail(request, PEOPLE, code)


def _list(request: HttpRequest, subject: Subject) -> HttpResponse:
    terms = code_lists_at(request.revision)[get_language()][subject.code_list].values()
    counts = facet_index_at(request.revision).counts({})[subject.name]
    context = {
        "subject": subject,
        "groups": [
            (term, counts[term.code], _below(term, terms, counts))
            for term in terms
            if term.broader is None and counts[term.code]
        ],
        "empty": [term for term in terms if not counts[term.code]],
    }
    return render(request, "processing/subject_list.html", context)


def _below(term: Term, terms: Iterable[Term], counts: dict[str, int]) -> list[tuple[Term, int]]:
    """The narrower terms that occur, unless the only one says no more than the term itself."""
    found = [(t, counts[t.code]) for t in terms if t.broader == term.code and counts[t.code]]
    return [] if [count for _term, count in found] == [counts[term.code]] else found


def _detail(request: HttpRequest, subject: Subject, code: str) -> HttpResponse:
    register = register_at(request.revision, get_language())
    terms = register.code_lists[subject.code_list]
    term: Term | None = terms.get(code)
    if term is None:
        raise Http404(_("There is no such category."))
    names = {name for name, _heading in subject.shown} | {name for name, _option in ASKED}
    counts = register.facets.counts({subject.name: [code]}, names=names)
    all_counts = register.facets.counts({})[subject.name]
    context = {
        "subject": subject,
        "term": term,
        "broader": terms.get(term.broader),
        "narrower": _below(term, terms.values(), all_counts),
        "count": all_counts[code],
        "query": f"{subject.name}={code}",
        "asked": [
            Companion(statement, count, _query(subject, code, name, option))
            for (name, option), statement in ASKED.items()
            # What holds for all says nothing.
            if 0 < (count := counts[name][option]) < all_counts[code]
        ],
        "shown": [
            _part(subject, code, name, heading, counts[name], register)
            for name, heading in subject.shown
        ],
    }
    return render(request, "processing/subject_detail.html", context)


def _part(
    subject: Subject,
    code: str,
    name: str,
    heading: Promise,
    counts: dict[str, int],
    register: Register,
) -> dict:
    """The strongest options of a filter beside the subject, under their heading."""
    left = max(sum(map(bool, counts.values())) - MOST_NAMED, 0)
    return {
        "key": name,
        "heading": heading,
        "figures": [
            Companion(register.name_of(name, option), count, _query(subject, code, name, option))
            for option, count in strongest(counts, limit=MOST_NAMED)
        ],
        "more": FILTERS[name].more(left) if left else "",
        "more_query": ListQuery({subject.name: [code]}, more=name).encoded,
    }


def _query(subject: Subject, code: str, name: str, option: str) -> str:
    """The list of the entries with both."""
    return ListQuery({subject.name: [code], name: [option]}).encoded
