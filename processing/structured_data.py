"""What pages tell search engines of themselves, in the words of schema.org."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.addresses import address
from organisations.directory import Body
from organisations.languages import LANGUAGES
from processing.entry.answers import Entry
from processing.exports.formats import FORMATS
from processing.linked_data.addresses import Addresses
from processing.linked_data.formats import EVERYTHING, LINKED_DATA
from processing.models.publication import Publication

Thing = dict[str, object]


class StructuredData:
    """Of the pages of a site, which `origin` begins: scheme and host; in the language of now."""

    def __init__(self, origin: str) -> None:
        self._origin = origin
        self._addresses = Addresses(origin)

    def of_entry(self, entry: Entry, publication: Publication) -> list[Thing]:
        at = [entry.body.slug, publication.number]
        page = self._address("processing:activity_detail", *at)
        files = [
            (known.content_type, self._address("linked_data:entry", *at, last=known.name))
            for known in LINKED_DATA.values()
        ]
        files += [
            (known.content_type, self._address("data:entry", *at, last=known.name))
            for known in FORMATS.values()
        ]
        told = {
            **self._dataset(self._addresses.entry("/".join(map(str, at))), entry.name.plain, page),
            "description": (entry.summary or entry.name).plain,
            "identifier": "/".join(map(str, at)),
            "version": str(publication.version),
            "datePublished": publication.published_at.isoformat(timespec="seconds"),
            "inLanguage": publication.public_record.languages,
            "creator": self._named_body(entry.body),
            "includedInDataCatalog": self._catalogue(),
            "distribution": list(map(_download, files)),
        }
        return [
            told,
            self._way(
                (entry.body.name.plain, entry.body.get_absolute_url()), (entry.name.plain, page)
            ),
        ]

    def of_body(self, body: Body) -> list[Thing]:
        ways = {
            "alternateName": body.short_name and body.short_name.plain,
            "description": body.description and body.description.plain,
            "sameAs": body.website and body.website.plain,
            "identifier": body.formatted_number,
            "email": body.contact_mailbox,
            "telephone": body.phone,
        }
        told = self._named_body(body) | {name: text for name, text in ways.items() if text}
        if body.street and body.city:
            told["address"] = {
                "@type": "PostalAddress",
                "streetAddress": body.street.plain,
                "postalCode": body.postal_code,
                "addressLocality": body.city.plain,
                "addressCountry": "BE",
            }
        if body.dpo_mailbox:
            told["contactPoint"] = {
                "@type": "ContactPoint",
                "contactType": _("Data protection officer"),
                "email": body.dpo_mailbox,
            }
        return [told, self._way((body.name.plain, body.get_absolute_url()))]

    def of_site(self) -> list[Thing]:
        """The catalogue of all data, and what is in it."""
        page = self._address("open_data")
        files = [
            (known.content_type, self._address("data:register", last=known.name))
            for known in FORMATS.values()
        ]
        files.append((EVERYTHING.content_type, self._address("linked_data:everything")))
        name = _("Registers of processing activities of the federal bodies")
        everything = {
            **self._dataset(f"{self._addresses.catalogue}#everything", name, page),
            "description": _(
                "Look up what Belgian federal bodies do with personal data: why, on which legal "
                "basis, for how long, and who receives them."
            ),
            "inLanguage": list(LANGUAGES),
            "distribution": list(map(_download, files)),
        }
        return [{**self._catalogue(), "dataset": everything}, self._way((_("Open data"), page))]

    def _dataset(self, identifier: str, name: str, page: str) -> Thing:
        return {
            "@type": "Dataset",
            "@id": identifier,
            "name": name,
            "url": page,
            "license": settings.DATA_LICENCE_URL.format(language=get_language()),
            "isAccessibleForFree": True,
        }

    def _catalogue(self) -> Thing:
        return {
            "@type": "DataCatalog",
            "@id": self._addresses.catalogue,
            "name": _("Federal register of your data"),
            "url": self._address("open_data"),
        }

    def _named_body(self, body: Body) -> Thing:
        return {
            "@type": "GovernmentOrganization",
            "@id": self._addresses.body(body.slug),
            "name": body.name.plain,
            "url": self._origin + body.get_absolute_url(),
        }

    def _way(self, *places: tuple[str, str]) -> Thing:
        """Where a page stands: from home to itself."""
        home = (_("Federal register of your data"), address("home"))
        steps = enumerate((home, *places), 1)
        return {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {
                    "@type": "ListItem",
                    "position": position,
                    "name": name,
                    "item": self._origin + path.removeprefix(self._origin),
                }
                for position, (name, path) in steps
            ],
        }

    def _address(self, name: str, *at: str | int, last: str = "") -> str:
        return self._origin + address(name, *at, last=last)


def _download(file: tuple[str, str]) -> Thing:
    content_type, address = file
    return {
        "@type": "DataDownload",
        "encodingFormat": content_type.split(";")[0],
        "contentUrl": address,
    }
