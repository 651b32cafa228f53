"""What was published, changed and withdrawn."""

from dataclasses import replace
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, UnsetType

from organisations.directory import directories
from processing.api import parameters
from processing.api.operations import Asked, operation
from processing.api.paged import Collection, collection
from processing.api.parameters import SINCE
from processing.api.problems import Refused, Shape, Uri, not_found
from processing.api.references import OrganisationReference
from processing.api.views.activities import changed_properties
from processing.changes import Change, newest_changes, numbers_at, shown_fields

SINCE_WHEN = replace(SINCE, description=_("On this day or later"), component="changedSince")


class ChangeLink(Shape, kw_only=True):
    """Something that happened to a processing activity. Of what was withdrawn, only when."""

    # Of the version; of what was withdrawn, of the activity.
    href: Uri
    organisation: OrganisationReference
    number: int
    version: int
    change: Literal["published", "changed", "withdrawn"]
    changed_on: date
    title: str | UnsetType = UNSET
    changed_properties: list[str] | UnsetType = UNSET


class ChangeCollection(Collection, kw_only=True):
    items: list[ChangeLink]


@operation(
    name="findChanges",
    summary=_("List what was published, changed and withdrawn"),
    tag="Changes",
    gives=ChangeCollection,
    parameters=(parameters.NARROWING["body"], SINCE_WHEN, *parameters.PAGED),
    negotiates=True,
    description="The newest first. Changed means that a version says something else than the one "
    "before it.",
)
def change_list(asked: Asked) -> ChangeCollection:
    directory = directories(asked.revision)[asked.language]
    chosen = asked.get("body", [])
    if unknown := [slug for slug in chosen if slug not in directory.by_slug]:
        raise Refused(400, issues=[not_found("body", slug) for slug in unknown])
    bodies = [body for body in directory if not chosen or body.slug in chosen]
    numbers = numbers_at(asked.revision)
    listing = newest_changes(bodies, numbers, asked.language, since=asked.get("since"))

    def links(changes: list[Change]) -> list[ChangeLink]:
        return [_link(change, asked) for change in changes]

    return collection(ChangeCollection, asked, listing, links)


def _link(change: Change, asked: Asked) -> ChangeLink:
    references, fields = asked.references, shown_fields(change.body, change.fields)
    href = references.href("processingActivities", change.body.slug, change.number)
    if not (change.is_withdrawn or change.is_current):
        href = f"{href}/versions/{change.version}"
    kind = "withdrawn" if change.is_withdrawn else "changed" if fields else "published"
    return ChangeLink(
        href=href,
        organisation=references.organisation(change.body.id),
        number=change.number,
        version=change.version,
        change=kind,
        changed_on=change.on,
        title=change.title.plain if change.title else UNSET,
        changed_properties=changed_properties(fields),
    )
