"""The public bodies as visitors see them, kept in memory: there are some hundreds at most."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from organisations import enterprise_numbers
from organisations.addresses import address
from organisations.languages import LANGUAGES, Passage, Text, passage, sort_key
from organisations.models import Department, Organisation
from organisations.revision import RegisterRevision, kept_until_changed

TRANSLATED = ("name", "short_name", "website", "street", "city", "description")
PLAIN = (
    "id",
    "slug",
    "kind",
    "enterprise_number",
    "former_names",
    "parent_id",
    "postal_code",
    "phone",
    "contact_mailbox",
    "dpo_mailbox",
    "dpo_phone",
    "supervisory_authority_id",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A public body in one language of the site."""

    id: int
    slug: str
    kind: str
    enterprise_number: str | None
    # Each on a line of its own.
    former_names: str
    parent_id: int | None
    postal_code: str
    phone: str
    contact_mailbox: str
    dpo_mailbox: str
    dpo_phone: str
    dpo_name: str
    supervisory_authority_id: int | None
    name: Passage
    short_name: Passage | None
    website: Passage | None
    street: Passage | None
    city: Passage | None
    description: Passage | None
    # By their keys, where the body shows them.
    departments: dict[int, Passage]

    def get_absolute_url(self) -> str:
        return address("organisations:organisation_detail", self.slug)

    @property
    def call_name(self) -> Passage:
        """The short name where there is one: for lists."""
        return self.short_name or self.name

    @property
    def has_fallback(self) -> bool:
        """Whether some text stands in another language than the page's."""
        texts = (self.name, self.website, self.street, self.city, self.description)
        return any(text.is_fallback for text in texts if text)

    @property
    def formatted_number(self) -> str:
        """The enterprise number as it is written in Belgium: 0123.456.789."""
        return enterprise_numbers.formatted(self.enterprise_number or "")


class Directory:
    """The public bodies in one language, sorted by name."""

    def __init__(self, bodies: list[Body]) -> None:
        self._bodies = sorted(bodies, key=lambda body: (sort_key(body.name), body.id))
        self.by_id = {body.id: body for body in self._bodies}
        self.by_slug = {body.slug: body for body in self._bodies}
        # Those that their bodies show.
        self.departments = {
            key: name for body in self._bodies for key, name in body.departments.items()
        }

    def __iter__(self) -> Iterator[Body]:
        return iter(self._bodies)

    def __len__(self) -> int:
        return len(self._bodies)

    def by_letter(self) -> list[tuple[str, list[Body]]]:
        """The bodies by the first letter of their names; those that begin with a digit together."""

        def letter_of(body: Body) -> str:
            first = sort_key(body.name)[0]
            return first.upper() if first.isalpha() else "0–9"

        groups = groupby(self, key=letter_of)
        return [(letter, list(bodies)) for letter, bodies in groups]

    def by_kind(self) -> list[tuple[Organisation.Kind, list[Body]]]:
        """The kinds of which there are bodies, each with these."""
        groups = ((kind, [b for b in self if b.kind == kind]) for kind in Organisation.Kind)
        return [(kind, bodies) for kind, bodies in groups if bodies]

    def parts_of(self, body: Body) -> list[Body]:
        return [other for other in self._bodies if other.parent_id == body.id]


@kept_until_changed("organisations")
def directories(revision: RegisterRevision) -> dict[str, Directory]:
    """The directory in each language: two queries when a body changed, else none."""
    return _directories(Organisation.objects.public(), LANGUAGES)


def directory_as_if_public(organisation: Organisation, language: str) -> Directory:
    """The directory as it would be if this body were public: for a preview by its people."""
    bodies = Organisation.objects.public() | Organisation.objects.filter(pk=organisation.pk)
    return _directories(bodies, [language])[language]


def _directories(bodies: QuerySet, languages: Sequence[str]) -> dict[str, Directory]:
    rows, departments = list(_rows(bodies)), _departments(bodies)
    return {
        language: Directory([_body(row, departments, language) for row in rows])
        for language in languages
    }


def _departments(bodies: QuerySet) -> dict[int, dict[int, Text]]:
    """Of each body that shows its departments, these by their keys."""
    shown = Department.objects.filter(organisation__in=bodies, organisation__shows_departments=True)
    names = [f"name_{language}" for language in LANGUAGES]
    found: dict[int, dict[int, Text]] = {}
    for body, key, *texts in shown.order_by("pk").values_list("organisation", "pk", *names):
        found.setdefault(body, {})[key] = dict(zip(LANGUAGES, texts, strict=True))
    return found


def _rows(bodies: QuerySet) -> QuerySet:
    columns = [f"{field}_{language}" for field in TRANSLATED for language in LANGUAGES]
    return bodies.values(*PLAIN, "dpo_name", "is_dpo_name_public", *columns)


def _body(row: dict, departments: dict[int, dict[int, Text]], language: str) -> Body:
    texts = {
        field: passage({code: row[f"{field}_{code}"] for code in LANGUAGES}, language)
        for field in TRANSLATED
    }
    if texts["website"] and not texts["website"].startswith(("https://", "http://")):
        texts["website"] = None
    texts["name"] = texts["name"] or Passage(row["slug"], language, language)
    return Body(
        **{field: row[field] for field in PLAIN},
        dpo_name=row["dpo_name"] if row["is_dpo_name_public"] else "",
        departments={
            key: name
            for key, texts in departments.get(row["id"], {}).items()
            if (name := passage(texts, language))
        },
        **texts,
    )
