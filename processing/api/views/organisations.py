"""The federal bodies that are on this site."""

from typing import Annotated

from django.utils.translation import gettext_lazy as _
from msgspec import UNSET, Meta, UnsetType

from organisations.directory import Body, directories
from organisations.languages import Passage, Text
from organisations.names import named
from processing.api import parameters
from processing.api.operations import Asked, operation
from processing.api.paged import Collection, collection
from processing.api.problems import Refused, Shape, Uri
from processing.api.references import (
    LIST_OF,
    LocalizedString,
    OrganisationReference,
    References,
    SelfLink,
    TermReference,
    property_name,
)
from processing.finding.filters import facet_index_at
from processing.finding.list_query import asked_text

TAG = "Organisations"
EnterpriseNumber = Annotated[
    str,
    Meta(
        pattern="^[01][0-9]{9}$",
        description="Number in the Crossroads Bank for Enterprises: ten digits, without dots.",
    ),
]


class OrganisationLink(Shape, kw_only=True):
    """A federal body in a list."""

    href: Uri
    title: str
    id: str
    name: LocalizedString
    kind: TermReference
    short_name: LocalizedString | UnsetType = UNSET
    enterprise_number: EnterpriseNumber | UnsetType = UNSET


class OrganisationCollection(Collection, kw_only=True):
    items: list[OrganisationLink]


class Address(Shape, kw_only=True):
    street: LocalizedString | UnsetType = UNSET
    postal_code: str | UnsetType = UNSET
    city: LocalizedString | UnsetType = UNSET


class DataProtectionOfficer(Shape, kw_only=True):
    """How the data protection officer is reached; the name only where the body tells it."""

    name: str | UnsetType = UNSET
    mailbox: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET


class RegisterLink(Shape, kw_only=True):
    """The processing activities of a body."""

    href: Uri
    total: int


class Organisation(SelfLink, kw_only=True):
    """A federal body: the controller of the processing activities of its register."""

    id: str
    page: LocalizedString
    name: LocalizedString
    kind: TermReference
    processing_activities: RegisterLink
    short_name: LocalizedString | UnsetType = UNSET
    former_names: list[str] | UnsetType = UNSET
    enterprise_number: EnterpriseNumber | UnsetType = UNSET
    parent: OrganisationReference | UnsetType = UNSET
    description: LocalizedString | UnsetType = UNSET
    website: LocalizedString | UnsetType = UNSET
    address: Address | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    contact_mailbox: str | UnsetType = UNSET
    data_protection_officer: DataProtectionOfficer | UnsetType = UNSET
    supervisory_authority: OrganisationReference | UnsetType = UNSET
    departments: list[LocalizedString] | UnsetType = UNSET


@operation(
    name="findOrganisations",
    summary=_("Find federal bodies"),
    tag=TAG,
    gives=OrganisationCollection,
    parameters=(parameters.Q, parameters.NARROWING["kind"], *parameters.PAGED),
    negotiates=True,
    description="By name; with q, those whose names fit best come first.",
)
def organisation_list(asked: Asked) -> OrganisationCollection:
    directory = directories(asked.revision)[asked.language]
    text, kinds = asked_text(asked.get("q", "")), asked.get("kind", [])
    found = named(text, directory, asked.revision) if text else list(directory)
    found = [body for body in found if not kinds or property_name(body.kind) in kinds]

    def links(page: list[Body]) -> list[OrganisationLink]:
        return [_link(body, asked.references) for body in page]

    return collection(OrganisationCollection, asked, found, links)


def _link(body: Body, references: References) -> OrganisationLink:
    return OrganisationLink(
        href=references.href("organisations", body.slug),
        title=body.name.plain,
        id=body.slug,
        name=_texts(references, body, "name"),
        kind=references.term(LIST_OF["Kind"], body.kind),
        short_name=_texts(references, body, "short_name") or UNSET,
        enterprise_number=body.enterprise_number or UNSET,
    )


@operation(
    name="getOrganisation",
    summary=_("Get a federal body"),
    tag=TAG,
    gives=Organisation,
    parameters=(parameters.SELECT, parameters.LANG),
    description="How it is reached, and where its register is.",
)
def organisation_detail(asked: Asked, slug: str) -> Organisation:
    references = asked.references
    body = references.words.directory().by_slug.get(slug)
    if body is None:
        raise Refused(404)
    return Organisation(
        self_=references.href("organisations", slug),
        id=slug,
        page=references.pages(lambda language: f"/{language}/organisations/{slug}/"),
        name=_texts(references, body, "name"),
        kind=references.term(LIST_OF["Kind"], body.kind),
        processing_activities=_register(asked, slug),
        short_name=_texts(references, body, "short_name") or UNSET,
        former_names=body.former_names.splitlines() or UNSET,
        enterprise_number=body.enterprise_number or UNSET,
        parent=_other(references, body.parent_id),
        description=_texts(references, body, "description") or UNSET,
        website=_texts(references, body, "website") or UNSET,
        address=_or_nothing(
            Address(
                street=_texts(references, body, "street") or UNSET,
                postal_code=body.postal_code or UNSET,
                city=_texts(references, body, "city") or UNSET,
            )
        ),
        phone=body.phone or UNSET,
        contact_mailbox=body.contact_mailbox or UNSET,
        data_protection_officer=_or_nothing(
            DataProtectionOfficer(
                name=body.dpo_name or UNSET,
                mailbox=body.dpo_mailbox or UNSET,
                phone=body.dpo_phone or UNSET,
            )
        ),
        supervisory_authority=_other(references, body.supervisory_authority_id),
        departments=_departments(references, body) or UNSET,
    )


def _register(asked: Asked, slug: str) -> RegisterLink:
    facets = facet_index_at(asked.revision)
    return RegisterLink(
        href=f"{asked.references.href('processingActivities')}?body={slug}",
        total=len(facets.options["body"][slug] & facets.entries),
    )


def _other(references: References, body: int | None) -> object:
    is_here = body in references.words.directory().by_id
    return references.organisation(body) if is_here else UNSET


def _or_nothing(told: Shape) -> Shape | UnsetType:
    """UNSET where nothing is said at all."""
    return UNSET if told == type(told)() else told


def _texts(references: References, body: Body, name: str) -> Text:
    return _told(
        references,
        {
            language: getattr(references.words.directory(language).by_slug[body.slug], name)
            for language in references.words.languages
        },
    )


def _departments(references: References, body: Body) -> list[Text]:
    of_languages = {
        language: references.words.directory(language).by_slug[body.slug].departments
        for language in references.words.languages
    }
    return [
        _told(references, {language: of[key] for language, of in of_languages.items()})
        for key in body.departments
    ]


def _told(references: References, passages: dict[str, Passage | None]) -> Text:
    """Those in their own languages; in one language, also what stands in."""
    return {
        passage.language: passage.plain
        for passage in passages.values()
        if passage and (references.words.language or not passage.is_fallback)
    }
