"""Where the laws can be read that the explainer names."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# EUR-Lex has every official language (CELEX number of the regulation).
REGULATION = "https://eur-lex.europa.eu/legal-content/{language}/TXT/?uri=CELEX:32016R0679"
COMMISSION = "https://commission.europa.eu/law/law-topic/data-protection_{language}"


@dataclass(frozen=True, slots=True)
class Law:
    """A law as a link; `language` is what it is written in there."""

    title: Promise
    url: str
    language: str


def regulation(language: str) -> str:
    """The address of the GDPR in the language of the page."""
    return REGULATION.format(language=language.upper())


def act_of_30_july_2018(language: str) -> Law:
    """The Belgian act; the official gazette has it in Dutch and in French only."""
    kind, spoken = ("wet", "nl") if language == "nl" else ("loi", "fr")
    return Law(
        _(
            "Act of 30 July 2018 on the protection of natural persons with regard to the "
            "processing of personal data"
        ),
        f"https://www.ejustice.just.fgov.be/eli/{kind}/2018/07/30/2018040581/justel",
        spoken,
    )


@dataclass(frozen=True, slots=True)
class Authority:
    website: str
    street: str
    # That the street is named in: there is no German name of it.
    language: str
    city: str
    telephone: str


def data_protection_authority(language: str) -> Authority:
    """How to reach the Belgian Data Protection Authority, as its own site says."""
    website, street, city = {
        "nl": ("gegevensbeschermingsautoriteit", "Drukpersstraat 35", "1000 Brussel"),
        "fr": ("autoriteprotectiondonnees", "Rue de la Presse 35", "1000 Bruxelles"),
        "de": ("dataprotectionauthority", "Rue de la Presse 35", "1000 Brüssel"),
        "en": ("dataprotectionauthority", "Rue de la Presse 35", "1000 Brussels"),
    }[language]
    spoken = "nl" if language == "nl" else "fr"
    return Authority(f"https://www.{website}.be", street, spoken, city, "+32 2 274 48 00")
