"""The terms of the register: what each means, in a sentence.

fixtures/glossary.csv has the terms as the four language versions of the regulation use them; the
message catalogues are checked against it (registry_site/local/terms.py).
"""

import csv
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.languages import LANGUAGES, sort_key
from registry_site.explainer.contents import TOPICS

FILE = settings.BASE_DIR / "fixtures" / "glossary.csv"
WORD = re.compile(r"[^\W_]+")
ARTICLE = re.compile(r"(?:Art\. |and )(\d+)")


@dataclass(frozen=True, slots=True)
class Term:
    key: str
    # Language -> what it is called.
    names: dict[str, str]
    # Of the GDPR.
    articles: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    """A term in one language of the site."""

    key: str
    name: str
    others: list[tuple[str, str]]
    articles: tuple[int, ...]
    text: Promise
    # Its place in the glossary.
    url: str
    # The answer that tells more; empty where there is none.
    more: str


# Key -> what it means, the topic that tells more, and the answer there.
MEANINGS: dict[str, tuple[Promise, str, str]] = {
    "accountability": (
        _("The controller must follow the rules, and must be able to prove it."),
        "principles",
        "accountability",
    ),
    "accuracy": (_("Data must be right and up to date."), "principles", "accuracy"),
    "adequacy_decision": (
        _(
            "The European Commission decides that a country outside the European Economic Area "
            "(EEA) protects personal data well enough."
        ),
        "transfers",
        "grounds",
    ),
    "appropriate_safeguards": (
        _(
            "What keeps personal data protected outside the European Economic Area (EEA), such as "
            "an agreement with fixed clauses."
        ),
        "transfers",
        "grounds",
    ),
    "authentic_source": (
        _(
            "The place where the government keeps certain data for all, such as the National "
            "Register."
        ),
        "exchanges",
        "why",
    ),
    "automated_decision": (
        _("A computer decides something important about you, and no person looks at it."),
        "automated-decisions",
        "what",
    ),
    "binding_corporate_rules": (
        _(
            "Rules of a group of companies for its data outside the European Economic Area (EEA). "
            "The supervisory authority has approved them."
        ),
        "transfers",
        "grounds",
    ),
    "categories_of_data_subjects": (
        _("The groups of people whose data a body uses, such as taxpayers or patients."),
        "who-is-who",
        "data-subject",
    ),
    "categories_of_personal_data": (
        _("The kinds of data that a body uses, such as addresses or data on health."),
        "personal-data",
        "identifiers",
    ),
    "categories_of_recipients": (
        _("The kinds of people and organisations that get data, such as municipalities or banks."),
        "who-is-who",
        "recipient",
    ),
    "complaint": (
        _("You tell the supervisory authority that somebody does not follow the GDPR."),
        "complaint",
        "authority",
    ),
    "consent": (
        _("You say yes to the use of your data, of your own free will, and you know to what."),
        "legal-bases",
        "consent",
    ),
    "contract": (
        _("The data are needed because of an agreement with you."),
        "legal-bases",
        "contract",
    ),
    "controller": (
        _("The organisation that decides why and how personal data are used."),
        "who-is-who",
        "controller",
    ),
    "criminal_convictions": (
        _("Data on crimes that somebody committed or may have committed, and on punishments."),
        "personal-data",
        "criminal",
    ),
    "data_breach": (
        _("Personal data are lost, destroyed or changed, or somebody sees them who may not."),
        "breaches",
        "what",
    ),
    "data_minimisation": (
        _("A body may only use the data that it really needs."),
        "principles",
        "minimisation",
    ),
    "data_subject": (_("The person whom the data are about."), "who-is-who", "data-subject"),
    "dpia": (
        _("The body looks beforehand at what can go wrong for people, and takes measures."),
        "duties",
        "impact",
    ),
    "dpo": (
        _("The person in a body who watches over personal data, and to whom you can write."),
        "who-is-who",
        "dpo",
    ),
    "eea": (
        _("The countries of the European Union, and Iceland, Liechtenstein and Norway."),
        "transfers",
        "eea",
    ),
    "federal_body": (
        _(
            "An organisation of the Belgian federal State, such as a ministry or an institution of "
            "social security."
        ),
        "duties",
        "why",
    ),
    "gdpr": (
        _("The European law that protects personal data. It has applied since 25 May 2018."),
        "regulation",
        "what",
    ),
    "integrity_confidentiality": (
        _("Data must be safe: nobody may see, change or lose them who may not."),
        "principles",
        "integrity",
    ),
    "international_organisation": (
        _("An organisation that several countries set up together, such as the United Nations."),
        "transfers",
        "eea",
    ),
    "joint_controllers": (
        _("Organisations that decide together why and how personal data are used."),
        "who-is-who",
        "joint-controllers",
    ),
    "lawfulness_fairness_transparency": (
        _("A body must keep to the law, be fair, and be open about what it does with data."),
        "principles",
        "lawfulness",
    ),
    "legal_basis": (
        _("The reason in the law why a body may use personal data. There are six of them."),
        "legal-bases",
        "",
    ),
    "legal_obligation": (
        _("A law makes the body use the data."),
        "legal-bases",
        "legal-obligation",
    ),
    "legitimate_interests": (
        _("A good reason of an organisation that weighs more than your interests."),
        "legal-bases",
        "legitimate-interests",
    ),
    "personal_data": (
        _("All information about a person who can be recognised."),
        "personal-data",
        "what",
    ),
    "principles": (
        _("Seven rules that everyone must follow who works with personal data."),
        "principles",
        "",
    ),
    "processing": (
        _("Everything that is done with personal data, from collecting to destroying them."),
        "processing",
        "what",
    ),
    "processing_activity": (
        _("Everything that a body does with personal data for the same purpose."),
        "processing",
        "activity",
    ),
    "processor": (
        _("An organisation that works with personal data on behalf of the controller."),
        "who-is-who",
        "processor",
    ),
    "processing_agreement": (
        _(
            "The agreement that says what a processor may do with the data, and how it protects "
            "them."
        ),
        "agreements",
        "what",
    ),
    "profiling": (
        _("A computer uses data to judge or predict something about a person."),
        "processing",
        "profiling",
    ),
    "protocol": (
        _("An agreement in writing between a federal body and whoever gets data from it."),
        "exchanges",
        "protocol",
    ),
    "pseudonymisation": (
        _("A code takes the place of the name; who is behind it is kept somewhere else."),
        "personal-data",
        "without-a-name",
    ),
    "public_interest": (
        _("A task for everybody that a law gives to a public body."),
        "legal-bases",
        "public-interest",
    ),
    "purpose": (_("What a body uses the data for."), "principles", "purpose"),
    "purpose_limitation": (
        _("Data may not be used for something that does not fit what they were collected for."),
        "principles",
        "purpose",
    ),
    "recipient": (
        _("A person or an organisation to whom data are passed on."),
        "who-is-who",
        "recipient",
    ),
    "record_of_processing_activities": (
        _("The overview of everything that a body does with personal data."),
        "register",
        "what",
    ),
    "representative": (
        _("Somebody in the European Union who speaks for a controller outside it."),
        "who-is-who",
        "controller",
    ),
    "retention_period": (_("How long a body keeps the data."), "retention", "rule"),
    "right_of_access": (
        _("You may know which data a body has about you, and get a copy."),
        "access",
        "when",
    ),
    "right_to_data_portability": (
        _("You may take the data that you gave with you, and use them somewhere else."),
        "portability",
        "when",
    ),
    "right_to_erasure": (_("You may have data erased in some cases."), "erasure", "when"),
    "right_to_object": (
        _("You may ask a body to stop using your data because of your situation."),
        "objection",
        "when",
    ),
    "right_to_rectification": (
        _("You may have wrong data corrected, and gaps filled."),
        "rectification",
        "when",
    ),
    "right_to_restriction": (
        _("You may have data put aside for a time, when there is a dispute about them."),
        "restriction",
        "when",
    ),
    "security_measures": (
        _("What a body does to keep data safe, with technology and with rules for its staff."),
        "security",
        "technical",
    ),
    "source_of_data": (
        _("From whom a body got the data: from you, or from somebody else."),
        "information",
        "what",
    ),
    "special_categories": (
        _("Very sensitive data, for instance about health, belief or origin."),
        "personal-data",
        "special",
    ),
    "standard_contractual_clauses": (
        _(
            "Fixed clauses in an agreement that protect data outside the European Economic Area "
            "(EEA)."
        ),
        "transfers",
        "grounds",
    ),
    "storage_limitation": (
        _("Data may not be kept for longer than is needed."),
        "principles",
        "storage",
    ),
    "sub_processor": (
        _("A company that works for a processor."),
        "who-is-who",
        "sub-processor",
    ),
    "supervisory_authority": (
        _("The authority that makes sure that everyone follows the law on personal data."),
        "who-is-who",
        "authority",
    ),
    "belgian_dpa": (
        _("The supervisory authority in Belgium, where you can lodge a complaint."),
        "complaint",
        "authority",
    ),
    "third_country": (
        _("A country outside the European Economic Area (EEA)."),
        "transfers",
        "eea",
    ),
    "third_party": (
        _("Somebody who is not you, not the controller and not its processor."),
        "who-is-who",
        "third-party",
    ),
    "transfer": (
        _("Personal data go to a country outside the European Economic Area (EEA)."),
        "transfers",
        "check",
    ),
    "transparency": (
        _("You must be able to know and understand what happens with your data."),
        "principles",
        "lawfulness",
    ),
    "vital_interests": (
        _("The data are needed to save a life."),
        "legal-bases",
        "vital-interests",
    ),
    "withdraw_consent": (
        _("You said yes to the use of your data, and now you say no."),
        "consent",
        "when",
    ),
    "accessibility_statement": (
        _("The page that says how well everyone can use a site, also people with a disability."),
        "",
        "",
    ),
    "fps": (_("A ministry of the Belgian federal State."), "", ""),
    "pps": (_("A small ministry for a special theme, such as science or poverty."), "", ""),
    "oip": (
        _("An institution that pays or organises a part of social security, such as pensions."),
        "",
        "",
    ),
}


@cache
def glossary() -> dict[str, Term]:
    """The terms by their keys."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: Term(
                key=row["key"],
                names={language: row[language] for language in LANGUAGES},
                articles=_articles(row["source"]),
            )
            for row in csv.DictReader(file)
        }


@cache
def meanings(language: str) -> dict[str, Meaning]:
    """The terms by their keys, as pages in this language tell them."""
    with override(language):
        page = reverse("gdpr:glossary")
        return {
            key: Meaning(
                key=key,
                name=term.names[language],
                others=[(other, name) for other, name in term.names.items() if other != language],
                articles=term.articles,
                text=MEANINGS[key][0],
                url=f"{page}#{key}",
                more=_more(*MEANINGS[key][1:]),
            )
            for key, term in glossary().items()
        }


def terms(language: str) -> list[Meaning]:
    """All terms, sorted as a reader of the language expects."""
    return sorted(meanings(language).values(), key=lambda term: sort_key(term.name))


def named_in(text: str, language: str) -> list[Meaning]:
    """The terms that are explained and that stand in what somebody looks for, the longest first."""
    asked = _words(text)
    named = [
        key
        for key, names in _words_of_terms(language).items()
        if MEANINGS[key][1] and any(name <= asked for name in names)
    ]
    found = [meanings(language)[key] for key in named]
    return sorted(found, key=lambda term: -len(term.name))


@cache
def _words_of_terms(language: str) -> dict[str, list[frozenset[str]]]:
    """Key -> the words of each of its names: «recht van inzage», and what stands in brackets."""
    return {
        key: [_words(name) for name in re.split(r"[()]", term.names[language]) if name.strip()]
        for key, term in glossary().items()
    }


def _words(text: str) -> frozenset[str]:
    """As they are compared: without accents, capitals and the endings of several."""
    return frozenset(word.rstrip("esn") or word for word in WORD.findall(sort_key(text)))


def _more(topic: str, anchor: str) -> str:
    if not topic:
        return ""
    return TOPICS[topic].address_of(anchor) if anchor else TOPICS[topic].get_absolute_url()


def _articles(source: str) -> tuple[int, ...]:
    return tuple(int(number) for number in ARTICLE.findall(source)) if "GDPR" in source else ()
