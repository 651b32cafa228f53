"""Pages by subject: what is processed of a kind of data, or about a group of people."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.directory import directories
from organisations.languages import Passage
from organisations.public_page import public_page
from processing.code_lists import Term, code_lists_at
from processing.finding.filters import FILTERED_LISTS, FILTERS, facet_index_at, strongest
from processing.finding.list_query import ListQuery

# How many bodies, purposes and recipients a page names.
MOST_NAMED = 15


@dataclass(frozen=True, slots=True)
class Subject:
    """One of the two code lists that citizens look along. `name` is also that of its filter."""

    name: str
    title: Promise
    lead: Promise
    # The filters whose strongest options its pages show, each with a heading.
    shown: tuple[tuple[str, Promise], ...]

    @property
    def code_list(self) -> str:
        return FILTERED_LISTS[self.name]


DATA = Subject(
    "data",
    gettext_lazy("Kinds of personal data"),
    gettext_lazy(
        "Choose a kind of data to see which federal bodies process it, what for, and who receives "
        "it. The number behind a name tells in how many processing activities it occurs."
    ),
    (
        ("body", gettext_lazy("Which federal bodies process it?")),
        ("purpose", gettext_lazy("What for?")),
        ("people", gettext_lazy("About whom?")),
        ("to", gettext_lazy("Which federal bodies receive it?")),
        ("recipient", gettext_lazy("Who else receives it?")),
    ),
)
PEOPLE = Subject(
    "people",
    gettext_lazy("Groups of people"),
    gettext_lazy(
        "Choose a group of people to see which federal bodies process data about them, and which "
        "data. The number behind a name tells how many processing activities are about them."
    ),
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
        "terms": [
            {
                "term": term,
                "count": counts[term.code],
                "narrower": [
                    (other, counts[other.code]) for other in terms if other.broader == term.code
                ],
            }
            for term in terms
            if term.broader is None
        ],
    }
    return render(request, "processing/subject_list.html", context)


def _detail(request: HttpRequest, subject: Subject, code: str) -> HttpResponse:
    language = get_language()
    code_lists = code_lists_at(request.revision)[language]
    directory = directories(request.revision)[language]
    term: Term | None = code_lists[subject.code_list].get(code)
    if term is None:
        raise Http404(_("There is no such category."))
    facets = facet_index_at(request.revision)
    names = [name for name, _heading in subject.shown]
    counts = facets.counts({subject.name: [code]}, names=names)
    all_counts = facets.counts({})[subject.name]
    terms = code_lists[subject.code_list]
    context = {
        "subject": subject,
        "term": term,
        "broader": terms.get(term.broader),
        "narrower": [
            (other, all_counts[other.code]) for other in terms.values() if other.broader == code
        ],
        "count": all_counts[code],
        "query": f"{subject.name}={code}",
        "shown": [
            {
                "key": name,
                "heading": heading,
                "figures": [
                    Companion(
                        FILTERS[name].name_of(option, code_lists, directory),
                        count,
                        ListQuery({subject.name: [code], name: [option]}).encoded,
                    )
                    for option, count in strongest(counts[name], limit=MOST_NAMED)
                ],
                "more": max(sum(map(bool, counts[name].values())) - MOST_NAMED, 0),
                "more_query": ListQuery({subject.name: [code]}, more=name).encoded,
            }
            for name, heading in subject.shown
        ],
    }
    return render(request, "processing/subject_detail.html", context)
