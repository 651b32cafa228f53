"""What the law itself lists: legal bases and conditions. Choices in code, not data to edit."""

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

GDPR_IRI = "http://data.europa.eu/eli/reg/2016/679"


def cite(article: int, paragraph: int, point: str) -> str:
    """A point of the GDPR as each language cites it."""
    return gettext("GDPR, Art. %(article)s(%(paragraph)s)(%(point)s)") % {
        "article": article,
        "paragraph": paragraph,
        "point": point,
    }


class LegalBasis(TextChoices):
    """GDPR Art. 6(1), by its letters."""

    CONSENT = "a", _("consent")
    CONTRACT = "b", _("performance of a contract")
    LEGAL_OBLIGATION = "c", _("legal obligation")
    VITAL_INTERESTS = "d", _("vital interests")
    PUBLIC_INTEREST = (
        "e",
        _("task carried out in the public interest or in the exercise of official authority"),
    )
    LEGITIMATE_INTERESTS = "f", _("legitimate interests")

    @property
    def citation(self) -> str:
        return cite(6, 1, self.value)

    @property
    def anchor(self) -> str:
        """Of the answer that explains it, on the explainer's page about legal bases."""
        return self.name.lower().replace("_", "-")

    @property
    def iri(self) -> str:
        """The federal vocabulary numbers them 01 to 06 in the order of the letters."""
        return f"http://vocab.belgif.be/auth/gdpr-juridical/{'abcdef'.index(self.value) + 1:02}#id"


class SpecialCondition(TextChoices):
    """GDPR Art. 9(2): when special categories of personal data may be processed."""

    EXPLICIT_CONSENT = "a", _("explicit consent")
    EMPLOYMENT_AND_SOCIAL_LAW = "b", _("employment, social security and social protection law")
    VITAL_INTERESTS = "c", _("vital interests of a person who cannot consent")
    ASSOCIATION = "d", _("members of a political, philosophical, religious or trade union body")
    MADE_PUBLIC = "e", _("data that the data subject has clearly made public")
    LEGAL_CLAIMS = "f", _("legal claims and courts")
    SUBSTANTIAL_PUBLIC_INTEREST = "g", _("substantial public interest, laid down by law")
    HEALTH_CARE = "h", _("preventive or occupational medicine, health care and social care")
    PUBLIC_HEALTH = "i", _("public interest in the area of public health")
    ARCHIVES_AND_RESEARCH = "j", _("archives in the public interest, research and statistics")

    @property
    def citation(self) -> str:
        return cite(9, 2, self.value)

    @property
    def iri(self) -> str:
        return f"{GDPR_IRI}/art_9/par_2/pnt_{self.value}"


class CriminalCondition(TextChoices):
    """GDPR Art. 10: when data on criminal convictions and offences may be processed."""

    OFFICIAL_AUTHORITY = "authority", _("under the control of official authority")
    AUTHORISED_BY_LAW = "law", _("authorised by Union or Belgian law")

    @property
    def citation(self) -> str:
        return gettext("GDPR, Art. %(article)s") % {"article": 10}

    @property
    def iri(self) -> str:
        return f"{GDPR_IRI}/art_10"


# What a ground in law is: an article of the GDPR and its point. Value -> point.
GROUNDS: dict[str, TextChoices] = {
    f"{article}-{point.value}": point
    for article, points in (("6", LegalBasis), ("9", SpecialCondition), ("10", CriminalCondition))
    for point in points
}


def _grounds(article: str) -> list[tuple[str, Promise]]:
    return [(v, point.label) for v, point in GROUNDS.items() if v.startswith(f"{article}-")]


GROUND_CHOICES = [
    (_("Legal basis (Art. 6)"), _grounds("6")),
    (_("Condition for special categories (Art. 9)"), _grounds("9")),
    (_("Condition for criminal data (Art. 10)"), _grounds("10")),
]
CONTRACT = f"6-{LegalBasis.CONTRACT}"
LEGITIMATE_INTERESTS = f"6-{LegalBasis.LEGITIMATE_INTERESTS}"


class ActsAs(TextChoices):
    """In which capacity a body processes the data: GDPR Art. 30(1) or Art. 30(2)."""

    CONTROLLER = "controller", _("controller")
    PROCESSOR = "processor", _("processor, on behalf of others")


class ImpactAssessment(TextChoices):
    """Where the data protection impact assessment stands (GDPR Art. 35)."""

    NOT_NEEDED = "not_needed", _("not needed")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    NOT_DONE = "not_done", _("not done")


class RetentionOutcome(TextChoices):
    """What happens to the data when the retention period is over."""

    DESTROY = "destroy", _("destroyed")
    ARCHIVE = "archive", _("archived")

    @property
    def iri(self) -> str:
        return f"http://vocab.belgif.be/auth/retention/{self.name}"


class Source(TextChoices):
    """Where the data come from (GDPR Art. 14(2)(f))."""

    PERSON = "person", _("the data subject")
    AUTHENTIC_SOURCE = "authentic_source", _("an authentic source of the government")
    OTHER = "other", _("another source")


# A passing on within the European Economic Area is no transfer in the sense of GDPR Chapter V.
EEA_COUNTRIES = frozenset(
    {"AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS"}
    | {"IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK"}
)
