"""Processing activities: found as in the list of the site, and with their versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db.models import Case, TextField, When
from django.db.models.functions import Cast
from django.http import Http404
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType

from organisations.languages import Text, passage
from organisations.models import Organisation
from processing.api import parameters
from processing.api.operations import Asked, operation
from processing.api.paged import Collection, collection
from processing.api.problems import Refused, Shape, Uri, not_found, out_of_range
from processing.api.references import (
    LIST_OF,
    LocalizedString,
    OrganisationReference,
    TermReference,
    property_name,
)
from processing.api.representations import Activities, ProcessingActivity
from processing.changes import shown_fields
from processing.exports.entries import Published, chosen_entries
from processing.exports.kinds import MOMENT
from processing.finding.filters import FILTERS, FacetIndex, Selection
from processing.finding.found import find
from processing.finding.list_query import ListQuery, asked_text
from processing.finding.register import register_at
from processing.finding.results import in_order
from processing.models.publication import Publication
from processing.public_record import PublicRecord
from processing.views.entries import withdrawal

TAG = "Processing activities"
# Kind of body as the API writes it -> as the filter does.
KINDS = {property_name(kind): kind for kind in Organisation.Kind.values}


class ProcessingActivityLink(Shape, kw_only=True):
    """A processing activity in a list."""

    href: Uri
    title: str
    organisation: OrganisationReference
    number: int
    version: int
    published_at: datetime
    acts_as: TermReference
    name: LocalizedString
    summary: LocalizedString | UnsetType = UNSET


class ProcessingActivityCollection(Collection, kw_only=True):
    items: list[ProcessingActivityLink]
    # href of an item -> the whole of it.
    embedded: dict[str, ProcessingActivity] | UnsetType = UNSET


class VersionLink(Shape, kw_only=True):
    """A version of a processing activity, and what it changed in the one before it."""

    href: Uri
    title: str
    version: int
    published_at: datetime
    is_current: bool
    changed_properties: list[str] | UnsetType = UNSET


class VersionCollection(Collection, kw_only=True):
    items: list[VersionLink]


# Characters of the records that one page may hold, and how many of them are read at once.
MOST_EMBEDDED = 5_000_000
EMBEDDED_AT_ONCE = 5


class _Row(NamedTuple):
    """What a list needs to know of an entry, or all of it."""

    key: int
    title: str
    summary: str
    organisation: int
    number: int
    version: int
    published_at: datetime
    acts_as: str
    record: str = ""


@operation(
    name="findProcessingActivities",
    summary=_("Find processing activities"),
    tag=TAG,
    gives=ProcessingActivityCollection,
    parameters=(
        parameters.Q,
        *parameters.NARROWING.values(),
        parameters.SINCE,
        parameters.SORT,
        parameters.EMBED,
        *parameters.PAGED,
    ),
    negotiates=True,
    description=(
        "What the list of the site finds for the same choices, in the same order. A filter with "
        "several values asks for one of them; several filters must all be met. With `embed`, a "
        "page holds five million characters at most: where entries are long, a `pageSize` that is "
        "too much for that is refused, and the answer says what would fit."
    ),
)
def activity_list(asked: Asked) -> ProcessingActivityCollection:
    register = register_at(asked.revision, asked.language)
    query = ListQuery(
        selection=_selection(asked, register.facets),
        text=asked_text(asked.get("q", "")),
        since=asked.get("since"),
        sort=parameters.ORDERS.get(asked.get("sort", ""), ""),
    )
    found = find(query, register)
    is_whole = asked.get("embed") == "items"
    listing, rows = in_order(found, query, register), {}

    def links(keys: list[int]) -> list[ProcessingActivityLink]:
        rows.update((row.key, row) for row in _rows(keys, is_whole=is_whole))
        return [_link(rows[key], asked) for key in keys]

    def whole(keys: list[int]) -> dict[str, dict] | UnsetType:
        if not is_whole:
            return UNSET
        activities = Activities(asked.references)
        told = (activities.of(_published(rows[key])) for key in keys)
        return {each["self"]: each for each in told}

    return collection(ProcessingActivityCollection, asked, listing, links, embedded=whole)


def _selection(asked: Asked, facets: FacetIndex) -> Selection:
    """The options that are chosen. Raises Refused for those that there are not."""
    selection, issues = {}, []
    for name in FILTERS:
        chosen = asked.get(name, [])
        if name == "kind":
            chosen = [KINDS[kind] for kind in chosen]
        options = facets.options[name]
        issues += [not_found(name, value) for value in chosen if value not in options]
        if chosen:
            selection[name] = chosen
    if issues:
        raise Refused(400, issues=issues)
    return selection


def _rows(keys: Sequence[int], *, is_whole: bool) -> list[_Row]:
    """One query. JSON comes as it is stored: most of it goes on unread.

    Raises Refused for more than MOST_EMBEDDED, before all of it is read: they come in the order of
    the keys.
    """
    columns = ["organisation_id", "number", "version", "published_at", "acts_as"]
    stored = {"stored_title": "title", "stored_summary": "summary"}
    stored |= {"stored_record": "record"} if is_whole else {}
    rows = Publication.objects.current().filter(pk__in=keys)
    rows = rows.annotate(**{name: Cast(column, TextField()) for name, column in stored.items()})
    listed = ["pk", "stored_title", "stored_summary", *columns, *list(stored)[2:]]
    rows = rows.values_list(*listed)
    if not is_whole:
        return [_Row(*row) for row in rows]
    found, size = [], 0
    rows = rows.order_by(Case(*(When(pk=key, then=n) for n, key in enumerate(keys))))
    for row in rows.iterator(chunk_size=EMBEDDED_AT_ONCE):
        found.append(_Row(*row))
        size += len(found[-1].record)
        if size > MOST_EMBEDDED and len(keys) > 1:
            fit = max(1, len(found) - 1)
            raise Refused(400, issues=[out_of_range("pageSize", len(keys), maximum=fit)])
    return found


def _published(row: _Row) -> Published:
    return Published(PublicRecord.from_text(row.record), row.version, row.published_at)


_texts = msgspec.json.Decoder(Text).decode
_moment = MOMENT.told(None)


def _link(row: _Row, asked: Asked) -> ProcessingActivityLink:
    references = asked.references
    names = _texts(row.title)
    is_in_all = asked.get("lang") is None
    name = msgspec.Raw(row.title.encode()) if is_in_all else references.words.text(names)
    summary = UNSET
    if row.summary != "{}":
        summary = msgspec.Raw(row.summary.encode())
        summary = summary if is_in_all else references.words.text(_texts(row.summary))
    slug = references.words.slug(row.organisation)
    return ProcessingActivityLink(
        href=references.href("processingActivities", slug, row.number),
        title=str(passage(names, asked.language) or ""),
        organisation=references.organisation(row.organisation),
        number=row.number,
        version=row.version,
        published_at=_moment(row.published_at),
        acts_as=references.term(LIST_OF["ActsAs"], row.acts_as),
        name=name,
        summary=summary,
    )


@operation(
    name="getProcessingActivity",
    summary=_("Get a processing activity"),
    tag=TAG,
    gives=ProcessingActivity,
    parameters=(parameters.SELECT, parameters.LANG),
    can_be_gone=True,
    description="All that its body publishes about it, as it is now.",
)
def activity_detail(asked: Asked, slug: str, number: int) -> dict:
    found = Publication.objects.current().at(slug, number).values_list("pk", flat=True)[:1]
    for entry in chosen_entries(found):
        return Activities(asked.references).of(entry)
    raise _gone(slug, number)


@operation(
    name="getProcessingActivityVersions",
    summary=_("List the versions of a processing activity"),
    tag=TAG,
    gives=VersionCollection,
    parameters=parameters.PAGED,
    negotiates=True,
    can_be_gone=True,
    description="Those that were published and not withdrawn, the newest first.",
)
def version_list(asked: Asked, slug: str, number: int) -> VersionCollection:
    versions = Publication.objects.history().at(slug, number).defer("record")
    versions = list(versions.order_by("-version"))
    if not versions:
        raise _gone(slug, number)
    body = asked.references.words.directory().by_slug[slug]
    told = {version.version for version in versions}
    address = asked.references.href("processingActivities", slug, number)

    def links(page: list[Publication]) -> list[VersionLink]:
        return [
            VersionLink(
                href=f"{address}/versions/{version.version}",
                title=str(passage(version.title, asked.language) or ""),
                version=version.version,
                published_at=_moment(version.published_at),
                is_current=version.is_current,
                # Told of the version right before, which may have been withdrawn.
                changed_properties=changed_properties(shown_fields(body, version.changed_fields))
                if version.version - 1 in told
                else UNSET,
            )
            for version in page
        ]

    return collection(VersionCollection, asked, versions, links)


@operation(
    name="getProcessingActivityVersion",
    summary=_("Get a version of a processing activity"),
    tag=TAG,
    gives=ProcessingActivity,
    parameters=(parameters.SELECT, parameters.LANG),
    can_be_gone=True,
    description="As it was published, with the names that terms and bodies have now.",
)
def version_detail(asked: Asked, slug: str, number: int, version: int) -> dict:
    found = Publication.objects.history().at(slug, number).filter(version=version).first()
    if found is None:
        raise _gone(slug, number, version)
    entry = Published(found.public_record, found.version, found.published_at)
    return Activities(asked.references).of(entry, is_current=found.is_current)


def changed_properties(fields: Sequence[str]) -> list[str] | UnsetType:
    return list(map(property_name, fields)) or UNSET


def _gone(slug: str, number: int, *versions: int) -> Exception:
    """Of what was withdrawn, only the day is told; what was never public is not there."""
    try:
        withdrawn_at = withdrawal(slug, number, *versions)
    except Http404:
        return Refused(404)
    return Refused(410, "Its body has withdrawn it.", withdrawn_on=localdate(withdrawn_at))
