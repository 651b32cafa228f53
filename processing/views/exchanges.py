"""Who passes data to whom: a picture of all exchanges, and lists of those that are asked for."""

from dataclasses import dataclass
from urllib.parse import urlencode

import django_filters
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import Body, Directory, directories
from organisations.languages import Passage, passage
from organisations.models import Organisation
from organisations.public_page import public_page
from processing.code_lists import Term, code_lists_at
from processing.exchange_pictures import flows_between_kinds, matrix_of_kinds, ranking_of
from processing.exchanges import OF_KIND, Exchanges, chosen_exchanges, exchanges_at
from processing.finding.filters import FacetIndex, facet_index_at
from processing.finding.list_query import FacetFilterSet, OptionsFilter
from processing.models.publication import Publication
from processing.paging import page_of
from processing.public_record import PublicRecord

PARAMETERS = ("from", "to", "data", "show", "page")
# Asked for without anything to narrow by, the list is shown all the same.
LIST = "list"
# How many bodies the picture shows at first, and how many flows between kinds of bodies.
MOST_BODIES, MOST_FLOWS = 12, 10


class ExchangeFilterSet(FacetFilterSet):
    """On either side a body, or all bodies of a kind."""

    show = django_filters.ChoiceFilter(choices=[(LIST, LIST)])
    narrowed_by = {"data": "data"}

    def __init__(self, data: QueryDict, *, facets: FacetIndex) -> None:
        super().__init__(data, facets=facets)
        kinds = {f"{OF_KIND}{kind}": members for kind, members in facets.options["kind"].items()}
        for side in ("from", "to"):
            self.filters[side] = OptionsFilter(options=facets.options["body"] | kinds)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One body's entry names another as a recipient."""

    giver: Body
    receiver: Body
    number: int
    title: Passage
    what: list[Passage]
    data: list[Term]

    @property
    def first_of_what(self) -> Passage | None:
        """The others are in the language of this one, or of the title."""
        return next(iter(self.what), None)

    def get_absolute_url(self) -> str:
        # Not reverse(): a page of 25 would spend a millisecond on it.
        return f"/{get_language()}/processing/{self.giver.slug}/{self.number}/"


@public_page(*PARAMETERS)
def exchange_list(request: HttpRequest) -> HttpResponse:
    facets = facet_index_at(request.revision)
    values = ExchangeFilterSet(request.GET, facets=facets).values()
    # One option of each: of several, the first.
    chosen = {name: next(iter(values[name]), "") for name in ("from", "to", "data")}
    number = request.GET.get("page", "")
    canonical = _query(chosen, values.get("show", ""), number)
    if canonical != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{canonical}".rstrip("?"))
    directory = directories(request.revision)[get_language()]
    exchanges = exchanges_at(request.revision)
    data = code_lists_at(request.revision)[get_language()]["data"]
    context = {"chosen": chosen, "data": data.values(), **_options(exchanges, directory)}
    if canonical:
        listing = chosen_exchanges(chosen, facets, directory, get_language())
        context |= _shown(page_of(listing, number or "1"), chosen, directory, data)
        return render(request, "processing/exchange_list.html", context)
    context |= _picture(exchanges, directory)
    return render(request, "processing/exchange_picture.html", context)


def _query(chosen: dict[str, str], show: str, page: str) -> str:
    """The one form of the address; empty for the picture."""
    pairs = [(name, option) for name, option in chosen.items() if option]
    page = "" if page == "1" else page
    if not pairs and (show or page):
        pairs = [("show", LIST)]
    return urlencode(pairs + ([("page", page)] if page else []))


def _picture(exchanges: Exchanges, directory: Directory) -> dict:
    ranking = ranking_of(exchanges, directory)
    return {
        "total": len(exchanges),
        "number_of_bodies": len(ranking),
        "first": ranking[:MOST_BODIES],
        "others": ranking[MOST_BODIES:],
        "matrix": matrix_of_kinds(exchanges),
        "flows": flows_between_kinds(exchanges, MOST_FLOWS),
    }


def _shown(page: Page, chosen: dict[str, str], directory: Directory, data: dict[str, Term]) -> dict:
    names = (
        _named(chosen["from"], directory),
        _named(chosen["to"], directory),
        data[chosen["data"]].label if chosen["data"] else "",
    )
    return {
        "page": page,
        "exchanges": _exchanges(page.object_list, get_language(), directory, data),
        "title": _title(*names),
        # A heading can say in which language a name is.
        "heading": SafeString(_title(*map(conditional_escape, names))),
        # Then every row would say the same.
        "one_giver": chosen["from"] in directory.by_slug,
        "one_receiver": chosen["to"] in directory.by_slug,
    }


def _title(giver: str, receiver: str, term: str) -> str:
    """What the list is called; each name empty where none is chosen."""
    if giver and receiver:
        title = _("From %(giver)s to %(receiver)s")
    elif giver:
        title = _("What %(giver)s passes on")
    elif receiver:
        title = _("What %(receiver)s receives")
    else:
        title = _("All exchanges between federal bodies")
    title %= {"giver": giver, "receiver": receiver}
    return f"{title} ({term})" if term else title


def _named(option: str, directory: Directory) -> Passage | Promise | str:
    """What a body, or a kind of bodies, is called; nothing where none is chosen."""
    if option.startswith(OF_KIND):
        return Organisation.Kind(option.removeprefix(OF_KIND)).label
    return directory.by_slug[option].name if option else ""


def _options(exchanges: Exchanges, directory: Directory) -> dict[str, list]:
    """The bodies that pass data on, those that receive some, and the kinds of both."""
    givers = [body for body in directory if exchanges.passed_on[body.slug]]
    receivers = [body for body in directory if exchanges.received[body.slug]]
    return {
        "givers": givers,
        "giver_kinds": _kinds_of(givers),
        "receivers": receivers,
        "receiver_kinds": _kinds_of(receivers),
    }


def _kinds_of(bodies: list[Body]) -> list[tuple[str, Promise]]:
    kinds = {body.kind for body in bodies}
    return [(f"{OF_KIND}{kind}", kind.label) for kind in Organisation.Kind if kind in kinds]


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
