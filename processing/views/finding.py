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
from processing.cards import cards, cards_of_search
from processing.finding import results
from processing.finding.asked import PARAMETERS, SORTS, Asked
from processing.finding.filters import FILTERS, Register, register_at, strongest
from processing.finding.search import Search
from processing.paging import Listing, page_of
from processing.vocabulary import Vocabulary, vocabularies

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
    register = register_at(request.revision)
    asked = Asked.of(request.GET, register)
    if asked.query != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{asked.query}".rstrip("?"))
    directory = directories(request.revision)[language]
    vocabulary = vocabularies(request.revision)[language]
    search = Search(asked.text, language, register, request.revision) if asked.text else None
    among = _among(asked, register, search)
    found = register.found(asked.selection, among=among)
    page = page_of(_listing(found, asked, register, search, language, directory), asked.page)
    if search and search.clauses:
        shown = cards_of_search(page.object_list, language, directory=directory, search=search)
    else:
        shown = cards(page.object_list, language, directory=directory)
    counts = register.counts(asked.selection, among=among)
    named = search.named if search else []
    context = {
        "asked": asked,
        "search": search,
        "page": page,
        "cards": shown,
        "groups": list(_groups(asked, counts, vocabulary, directory)),
        "chips": list(_chips(asked, vocabulary, directory)),
        "sorts": _sorts(asked),
        "bodies": [directory.by_slug[o] for f, o in named if f == "body"],
        "subjects": list(_subjects(named, register, vocabulary)),
        "wider": _wider(asked, register, search) if not found else [],
    }
    return render(request, "processing/activity_list.html", context)


def _among(asked: Asked, register: Register, search: Search | None) -> BitMap | None:
    """The entries that the text and the date leave; None for all."""
    among = search.entries if search and search.clauses else None
    if asked.since:
        since = register.since(asked.since.isoformat())
        among = since if among is None else among & since
    return among


def _listing(
    found: BitMap,
    asked: Asked,
    register: Register,
    search: Search | None,
    language: str,
    directory: Directory,
) -> Listing:
    def part(start: int, stop: int) -> list[int]:
        if asked.order == "relevance" and search.clauses:
            return results.page_by_relevance(register, found, start, stop, search=search)
        if asked.order == "newest":
            return results.page_by_newest(register, found, start, stop)
        if asked.order == "body":
            return results.page_by_body(
                register, found, start, stop, language=language, directory=directory
            )
        return results.page_by_name(register, found, start, stop, language=language)

    return Listing(len(found), part)


def _groups(
    asked: Asked,
    counts: dict[str, dict[str, int]],
    vocabulary: Vocabulary,
    directory: Directory,
) -> Iterator[Group]:
    for name, narrowed_by in FILTERS.items():
        chosen = asked.selection.get(name, [])
        giving = list(strongest(counts[name]))
        shown = giving if asked.more == name else giving[:STRONGEST]
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
                    narrowed_by.name_of(option, vocabulary, directory),
                    count,
                    option in chosen,
                )
                for option, count in shown
            ],
            more=len(giving) - len(shown) if asked.more != name else 0,
            more_query=asked.anew(more=name).query,
            is_open=bool(chosen) or asked.more == name or name in OPEN,
        )


def _subjects(
    named: list[tuple[str, str]], register: Register, vocabulary: Vocabulary
) -> Iterator[tuple[Passage | Promise, str, int]]:
    """(name, address, number of entries) of the subjects that the words name."""
    counts = register.counts({})
    subjects = [(name, option) for name, option in named if name in SUBJECTS]
    subjects.sort(key=lambda subject: -counts[subject[0]][subject[1]])
    for name, option in subjects[:MOST_SUBJECTS]:
        if count := counts[name][option]:
            narrowed_by = FILTERS[name]
            title = narrowed_by.name_of(option, vocabulary, ())
            address = f"{reverse('processing:activity_list')}?{name}={option}"
            if name in ("data", "people"):
                address = reverse(f"finding:{name}_detail", args=[option])
            elif name == "automated":
                title = narrowed_by.label
            yield title, address, count


def _chips(asked: Asked, vocabulary: Vocabulary, directory: Directory) -> Iterator[Chip]:
    if asked.text:
        yield Chip(_("Search"), asked.text, asked.anew(text="", sort="").query)
    for name, options in asked.selection.items():
        for option in options:
            yield Chip(
                str(FILTERS[name].label),
                FILTERS[name].name_of(option, vocabulary, directory),
                asked.without(name, option).query,
            )
    if asked.since:
        yield Chip(_("Published since"), _day(asked.since), asked.anew(since=None).query)


def _sorts(asked: Asked) -> list[tuple[str, str, bool]]:
    """(label, address, whether it is the order now) of each order that makes sense."""
    labels = {
        "relevance": _("best match"),
        "name": _("name"),
        "body": _("federal body"),
        "newest": _("newest first"),
    }
    usual = "relevance" if asked.text else "name"
    return [
        (labels[sort], asked.anew(sort="" if sort == usual else sort).query, sort == asked.order)
        for sort in SORTS
        if sort != "relevance" or asked.text
    ]


def _wider(asked: Asked, register: Register, search: Search | None) -> list[tuple[str, str, int]]:
    """(what to leave out or to keep, address, number of entries) of searches that do find some."""
    among = _among(asked, register, search)
    wider = []
    if asked.text and (asked.selection or asked.since):
        alone = Asked({}, asked.text)
        count = len(register.found({}, among=_among(alone, register, search)))
        wider.append((_("Without filters"), alone.query, count))
    for name in asked.selection:
        fewer = asked.anew(selection={**asked.selection, name: []})
        label = _("Without the filter “%(filter)s”") % {"filter": FILTERS[name].label}
        wider.append((label, fewer.query, len(register.found(fewer.selection, among=among))))
    if search and len(search.wanted) > 1:
        for clause, entries in zip(search.clauses, search.of_clauses, strict=True):
            if not clause.is_excluded:
                label = _("Only the word “%(word)s”") % {"word": clause.asked}
                wider.append((label, Asked({}, clause.asked).query, len(entries)))
    return [suggestion for suggestion in wider if suggestion[2]]


def _day(day: date) -> str:
    return date_format(day, "DATE_FORMAT")
