"""Which body passes data on to which: an entry of one names the other."""

from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType, field

from organisations.directory import directories
from organisations.languages import passage
from organisations.models import Organisation
from processing.api import parameters
from processing.api.operations import Asked, operation
from processing.api.paged import Collection, collection
from processing.api.parameters import Parameter
from processing.api.problems import Refused, Shape, Uri, not_found
from processing.api.references import (
    LIST_OF,
    LocalizedString,
    OrganisationReference,
    TermReference,
    property_name,
)
from processing.exchanges import OF_KIND, chosen_exchanges
from processing.exports.entries import chosen_entries
from processing.finding.filters import FILTERS, facet_index_at
from processing.public_record import PublicRecord

# As the API writes them -> as the site does.
KINDS = {f"{OF_KIND}{property_name(kind)}": f"{OF_KIND}{kind}" for kind in Organisation.Kind}
A_BODY_OR_KIND = {"type": "string", "minLength": 1, "maxLength": 50}
FROM = Parameter(
    "from",
    _("Federal body that passes data on, or “kind.” followed by a kind of body"),
    A_BODY_OR_KIND,
    example="kind.agency",
)
TO = Parameter(
    "to",
    _("Federal body that receives data, or “kind.” followed by a kind of body"),
    A_BODY_OR_KIND,
)
DATA = Parameter(
    "data", FILTERS["data"].label, A_BODY_OR_KIND, example="A", component="exchangedData"
)


class ExchangeLink(Shape, kw_only=True):
    """A processing activity of one body that names another as a recipient."""

    href: Uri
    title: str
    from_: OrganisationReference = field(name="from")
    to: OrganisationReference
    number: int
    name: LocalizedString
    # What is told of the part of who receives them.
    what: list[LocalizedString] | UnsetType = UNSET
    personal_data: list[TermReference] | UnsetType = UNSET


class ExchangeCollection(Collection, kw_only=True):
    items: list[ExchangeLink]


@operation(
    name="findExchanges",
    summary=_("Find exchanges of data between federal bodies"),
    tag="Exchanges",
    gives=ExchangeCollection,
    parameters=(FROM, TO, DATA, *parameters.PAGED),
    negotiates=True,
    description="By the name of the body that receives data, then by that of the activity.",
)
def exchange_list(asked: Asked) -> ExchangeCollection:
    facets = facet_index_at(asked.revision)
    directory = directories(asked.revision)[asked.language]
    bodies = {slug: slug for slug in directory.by_slug} | KINDS
    options = {"from": bodies, "to": bodies, "data": dict.fromkeys(facets.options["data"])}
    issues = [
        not_found(name, asked.get(name))
        for name, known in options.items()
        if asked.get(name) and asked.get(name) not in known
    ]
    if issues:
        raise Refused(400, issues=issues)
    chosen = {name: asked.get(name, "") for name in options}
    chosen |= {side: bodies.get(chosen[side], "") for side in ("from", "to")}

    def links(pairs: list[tuple[int, str]]) -> list[ExchangeLink]:
        keys = list(dict.fromkeys(key for key, _slug in pairs))
        entries = dict(zip(keys, chosen_entries(keys), strict=True))
        return [
            _link(entries[key].record, directory.by_slug[receiver].id, asked)
            for key, receiver in pairs
        ]

    listing = chosen_exchanges(chosen, facets, directory, asked.language)
    return collection(ExchangeCollection, asked, listing, links)


def _link(record: PublicRecord, receiver: int, asked: Asked) -> ExchangeLink:
    references = asked.references
    slug = references.words.slug(record.organisation)
    told = [party.told for party in record.receivers if party.organisation == receiver]
    codes = dict.fromkeys(item.category for item in record.data)
    return ExchangeLink(
        href=references.href("processingActivities", slug, record.number),
        title=str(passage(record.name, asked.language) or ""),
        from_=references.organisation(record.organisation),
        to=references.organisation(receiver),
        number=record.number,
        name=references.words.text(record.name),
        what=[references.words.text(text) for text in told if text] or UNSET,
        personal_data=[references.term(LIST_OF["data"], code) for code in codes] or UNSET,
    )
