"""The list of all entries, searched and narrowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from pyroaring import BitMap

from organisations.directory import Directory, directories
from organisations.languages import Passage
from organisations.public_page import public_page
from processing.code_lists import CodeLists, code_lists_at
from processing.finding import results
from processing.finding.filters import FILTERS, FacetIndex, facet_index_at, strongest
from processing.finding.list_query import PARAMETERS, SORTS, ListQuery
from processing.finding.search import Search
from processing.paging import Listing, page_of
from processing.summaries import summaries, summaries_of_search

# How many options of a filter are shown at first.
STRONGEST = 10
# Filters that are open at first: what most people know.
OPEN = ("theme", "people", "data")
# Filters whose options a search offers as subjects when it holds their names.
SUBJECTS = ("theme", "data", "people", "automated")
MOST_SUBJECTS = 6


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    name: Passage | Promise | str
    count: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with the options that give something."""

    name: str
    label: str
    options: list[Option]
    # How many more options there are, and the address that shows them.
    more: int
    more_query: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Chip:
    """A choice that was made, and the address without it."""

    filter: str
    name: Passage | Promise | str
    query: str

    @property
    def title(self) -> str:
        """The name where no element may stand."""
        return self.name.plain if isinstance(self.name, Passage) else str(self.name)


@public_page(*PARAMETERS)
def activity_list(request: HttpRequest) -> HttpResponse:
    language = get_language()
    facets = facet_index_at(request.revision)
    query = ListQuery.of(request.GET, facets)
    if query.encoded != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query.encoded}".rstrip("?"))
    directory = directories(request.revision)[language]
    code_lists = code_lists_at(request.revision)[language]
    search = Search(query.text, language, facets, request.revision) if query.text else None
    among = _among(query, facets, search)
    found = facets.found(query.selection, among=among)
    page = page_of(_listing(found, query, facets, search, language, directory), query.page)
    if search and search.clauses:
        shown = summaries_of_search(page.object_list, language, directory=directory, search=search)
    else:
        shown = summaries(page.object_list, language, directory=directory)
    counts = facets.counts(query.selection, among=among)
    named = search.named if search else []
    context = {
        "list_query": query,
        "search": search,
        "page": page,
        "summaries": shown,
        "groups": list(_groups(query, counts, code_lists, directory)),
        "chips": list(_chips(query, code_lists, directory)),
        "sorts": _sorts(query),
        "bodies": [directory.by_slug[o] for f, o in named if f == "body"],
        "subjects": list(_subjects(named, facets, code_lists)),
        "wider": _wider(query, facets, search) if not found else [],
    }
    return render(request, "processing/activity_list.html", context)


def _among(query: ListQuery, facets: FacetIndex, search: Search | None) -> BitMap | None:
    """The entries that the text and the date leave; None for all."""
    among = search.entries if search and search.clauses else None
    if query.since:
        since = facets.since(query.since.isoformat())
        among = since if among is None else among & since
    return among


def _listing(
    found: BitMap,
    query: ListQuery,
    facets: FacetIndex,
    search: Search | None,
    language: str,
    directory: Directory,
) -> Listing:
    def part(start: int, stop: int) -> list[int]:
        if query.order == "relevance" and search.clauses:
            return results.page_by_relevance(facets, found, start, stop, search=search)
        if query.order == "newest":
            return results.page_by_newest(facets, found, start, stop)
        if query.order == "body":
            return results.page_by_body(
                facets, found, start, stop, language=language, directory=directory
            )
        return results.page_by_name(facets, found, start, stop, language=language)

    return Listing(len(found), part)


def _groups(
    query: ListQuery,
    counts: dict[str, dict[str, int]],
    code_lists: CodeLists,
    directory: Directory,
) -> Iterator[Group]:
    for name, narrowed_by in FILTERS.items():
        chosen = query.selection.get(name, [])
        giving = list(strongest(counts[name]))
        shown = giving if query.more == name else giving[:STRONGEST]
        listed = {option for option, _count in shown}
        shown += [(option, counts[name][option]) for option in chosen if option not in listed]
        if not shown:
            continue
        yield Group(
            name=name,
            label=str(narrowed_by.label),
            options=[
                Option(
                    option,
                    narrowed_by.name_of(option, code_lists, directory),
                    count,
                    option in chosen,
                )
                for option, count in shown
            ],
            more=len(giving) - len(shown) if query.more != name else 0,
            more_query=query.anew(more=name).encoded,
            is_open=bool(chosen) or query.more == name or name in OPEN,
        )


def _subjects(
    named: list[tuple[str, str]], facets: FacetIndex, code_lists: CodeLists
) -> Iterator[tuple[Passage | Promise, str, int]]:
    """(name, address, number of entries) of the subjects that the words name."""
    counts = facets.counts({})
    subjects = [(name, option) for name, option in named if name in SUBJECTS]
    subjects.sort(key=lambda subject: -counts[subject[0]][subject[1]])
    for name, option in subjects[:MOST_SUBJECTS]:
        if count := counts[name][option]:
            narrowed_by = FILTERS[name]
            title = narrowed_by.name_of(option, code_lists, ())
            address = f"{reverse('processing:activity_list')}?{name}={option}"
            if name in ("data", "people"):
                address = reverse(f"finding:{name}_detail", args=[option])
            elif name == "automated":
                title = narrowed_by.label
            yield title, address, count


def _chips(query: ListQuery, code_lists: CodeLists, directory: Directory) -> Iterator[Chip]:
    if query.text:
        yield Chip(_("Search"), query.text, query.anew(text="", sort="").encoded)
    for name, options in query.selection.items():
        for option in options:
            yield Chip(
                str(FILTERS[name].label),
                FILTERS[name].name_of(option, code_lists, directory),
                query.without(name, option).encoded,
            )
    if query.since:
        yield Chip(_("Published since"), _day(query.since), query.anew(since=None).encoded)


def _sorts(query: ListQuery) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the order now) of each order that makes sense."""
    labels = {
        "relevance": _("best match"),
        "name": _("name"),
        "body": _("federal body"),
        "newest": _("newest first"),
    }
    usual = "relevance" if query.text else "name"
    return [
        (labels[sort], query.anew(sort="" if sort == usual else sort).encoded, sort == query.order)
        for sort in SORTS
        if sort != "relevance" or query.text
    ]


def _wider(
    query: ListQuery, facets: FacetIndex, search: Search | None
) -> list[tuple[str, str, int]]:
    """(what to leave out or to keep, address, number of entries) of searches that do find some."""
    among = _among(query, facets, search)
    wider = []
    if query.text and (query.selection or query.since):
        alone = ListQuery({}, query.text)
        count = len(facets.found({}, among=_among(alone, facets, search)))
        wider.append((_("Without filters"), alone.encoded, count))
    for name in query.selection:
        fewer = query.anew(selection={**query.selection, name: []})
        label = _("Without the filter “%(filter)s”") % {"filter": FILTERS[name].label}
        wider.append((label, fewer.encoded, len(facets.found(fewer.selection, among=among))))
    if search and len(search.wanted) > 1:
        for clause, entries in zip(search.clauses, search.of_clauses, strict=True):
            if not clause.is_excluded:
                label = _("Only the word “%(word)s”") % {"word": clause.asked}
                wider.append((label, ListQuery({}, clause.asked).encoded, len(entries)))
    return [suggestion for suggestion in wider if suggestion[2]]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
