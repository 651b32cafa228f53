"""Who passes data to whom: every federal body that an entry names as a recipient."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from pyroaring import BitMap

from organisations.directory import Body, Directory, directories
from organisations.languages import Passage, passage
from organisations.public_page import public_page
from processing.code_lists import Term, code_lists_at
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.list_query import FacetFilterSet
from processing.finding.results import page_by_name
from processing.models.publication import Publication
from processing.paging import Listing, page_of
from processing.public_record import PublicRecord

PARAMETERS = ("from", "to", "data", "page")


class ExchangeFilterSet(FacetFilterSet):
    narrowed_by = {"from": "body", "to": "to", "data": "data"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One body's entry names another as a recipient."""

    giver: Body
    receiver: Body
    number: int
    title: Passage
    what: list[Passage]
    data: list[Term]


@public_page(*PARAMETERS)
def exchange_list(request: HttpRequest) -> HttpResponse:
    language = get_language()
    facets = facet_index_at(request.revision)
    directory = directories(request.revision)[language]
    code_lists = code_lists_at(request.revision)[language]
    values = ExchangeFilterSet(request.GET, facets=facets).values()
    # One option of each: of several, the first.
    chosen = {name: next(iter(options), "") for name, options in values.items()}
    canonical = _query(chosen, request.GET.get("page", ""))
    if canonical != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{canonical}".rstrip("?"))
    receivers = _receivers(facets, chosen, directory)
    listing = Listing(
        sum(len(entries) for entries in receivers.values()),
        lambda start, stop: _part(facets, receivers, start, stop, language),
    )
    page = page_of(listing, request.GET.get("page", "1"))
    context = {
        "page": page,
        "exchanges": _exchanges(page.object_list, language, directory, code_lists["data"]),
        "chosen": chosen,
        **_options(facets, directory),
        "data": code_lists["data"].values(),
    }
    return render(request, "processing/exchange_list.html", context)


def _query(chosen: dict[str, str], page: str) -> str:
    pairs = [(name, option) for name, option in chosen.items() if option]
    return urlencode(pairs + ([("page", page)] if page not in ("", "1") else []))


def _receivers(
    facets: FacetIndex, chosen: dict[str, str], directory: Directory
) -> dict[str, BitMap]:
    """Slug of each body that receives -> the entries that name it, in the order of names."""
    narrowed_by = {"body": chosen["from"], "data": chosen["data"]}
    found = facets.found({name: [option] for name, option in narrowed_by.items() if option})
    received = facets.options["to"]
    slugs = [chosen["to"]] if chosen["to"] else [body.slug for body in directory]
    return {slug: received[slug] & found for slug in slugs}


def _options(facets: FacetIndex, directory: Directory) -> dict[str, list[Body]]:
    """The bodies that pass data on, and those that receive some."""
    received = facets.options["to"]
    passed_on = BitMap.union(*received.values(), BitMap()) & facets.entries
    given = facets.options["body"]
    return {
        "givers": [body for body in directory if given[body.slug].intersect(passed_on)],
        "receivers": [body for body in directory if received[body.slug].intersect(passed_on)],
    }


def _part(
    facets: FacetIndex, receivers: dict[str, BitMap], start: int, stop: int, language: str
) -> list[tuple[int, str]]:
    """(key of the entry, slug of the receiver): by receiver, then by the name of the entry."""
    part: list[tuple[int, str]] = []
    before = 0
    for slug, entries in receivers.items():
        if before < stop and before + len(entries) > start:
            keys = page_by_name(
                facets, entries, max(start - before, 0), stop - before, language=language
            )
            part += [(key, slug) for key in keys]
        before += len(entries)
    return part


def _exchanges(
    pairs: list[tuple[int, str]], language: str, directory: Directory, data: dict[str, Term]
) -> list[Exchange]:
    rows = Publication.objects.current().filter(pk__in={key for key, _slug in pairs})
    records = {
        key: PublicRecord.from_json(record) for key, record in rows.values_list("pk", "record")
    }
    exchanges = []
    for key, slug in pairs:
        record = records.get(key)
        giver = record and directory.by_id.get(record.organisation)
        if not giver:
            continue
        receiver = directory.by_slug[slug]
        parts = [party for party in record.receivers if party.organisation == receiver.id]
        codes = dict.fromkeys(item.category for item in record.data)
        exchanges.append(
            Exchange(
                giver=giver,
                receiver=receiver,
                number=record.number,
                title=passage(record.name, language),
                what=[text for party in parts if (text := passage(party.told, language))],
                data=[data[code] for code in codes if code in data],
            )
        )
    return exchanges
