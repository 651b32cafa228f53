"""What an entry lacks: what Article 30 demands, and what would make it better for citizens."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES
from processing.law import ActsAs, LegalBasis
from processing.public_record import PublicRecord, texts_in

# Longer sentences are hard to follow.
MOST_WORDS = 30
# Words of officials for which there are plain ones.
JARGON = {
    "nl": (
        *("aangaande", "betreffende het", "conform", "desgevallend", "dewelke", "dienaangaande"),
        *("hogervermeld", "ingevolge", "krachtens", "middels", "teneinde", "voornoemd", "voormeld"),
    ),
    "fr": (
        *("afférent", "ci-dessus mentionné", "dans le chef de", "ladite", "ledit", "nonobstant"),
        *("précité", "subséquent", "susdit", "susmentionné", "susvisé", "y afférent"),
    ),
    "de": (
        *("bezüglich", "diesbezüglich", "gemäß obigem", "hinsichtlich", "infolgedessen", "obig"),
        *("seitens", "vorbezeichnet", "vorgenannt", "vorstehend", "zwecks", "oben genannt"),
    ),
    "en": (
        *("aforementioned", "hereby", "herein", "hereinafter", "inter alia", "notwithstanding"),
        *("pursuant to", "thereof", "therein", "utilise", "vis-à-vis", "with regard to"),
    ),
}
REQUIRED_WEIGHT = 3


@dataclass(frozen=True, slots=True)
class Demand:
    """Something that an entry should have. `is_met` tells whether a record has it."""

    code: str
    label: Promise
    is_met: Callable[[PublicRecord], object]
    # Whether it cannot be published without.
    is_required: bool = False
    # Of whose entries it is demanded; '' for all.
    acts_as: str = ""
    # Whether an empty entry has it: then it is no step on the way.
    is_met_by_nothing: bool = False


@dataclass(frozen=True, slots=True)
class Completeness:
    """How far an entry is."""

    gaps: list[Demand]
    # From 0 to 100.
    score: int

    @property
    def required(self) -> list[Demand]:
        return [gap for gap in self.gaps if gap.is_required]

    @property
    def advised(self) -> list[Demand]:
        return [gap for gap in self.gaps if not gap.is_required]

    @property
    def codes(self) -> list[str]:
        return [gap.code for gap in self.gaps]


def completeness_of(record: PublicRecord) -> Completeness:
    """What the record lacks of all demands, and the share that it meets."""
    gaps = [demand for demand in demands_of(record.acts_as) if not demand.is_met(record)]
    return Completeness(gaps, score_of([gap.code for gap in gaps], record.acts_as))


def demands_of(acts_as: str) -> list["Demand"]:
    """What GDPR Art. 30(1) or 30(2) and the site ask of an entry of this kind."""
    return [demand for demand in DEMANDS.values() if demand.acts_as in ("", acts_as)]


def score_of(gaps: Iterable[str], acts_as: str) -> int:
    """The share of all demands that is met with these gaps, from 0 to 100."""
    demands = {demand.code: _weight(demand) for demand in demands_of(acts_as)}
    most = sum(demands.values())
    lacking = sum(demands.get(code, 0) for code in gaps)
    return round(100 * (most - lacking) / most)


def _weight(demand: Demand) -> int:
    if demand.is_met_by_nothing:
        return 0
    return REQUIRED_WEIGHT if demand.is_required else 1


def _has_language(language: str) -> Callable[[PublicRecord], bool]:
    """Whether whatever is written in some language is also written in this one."""
    return lambda record: all(language in text for text in texts_in(record))


def _has_short_sentences(record: PublicRecord) -> bool:
    return all(
        len(sentence.split()) <= MOST_WORDS
        for text in texts_in(record)
        for written in text.values()
        for sentence in re.split(r"[.!?;:\n]+\s", written)
    )


def jargon_in(record: PublicRecord) -> list[str]:
    """The words of officials that the texts hold, each once."""
    return list(
        dict.fromkeys(
            word
            for text in texts_in(record)
            for language, written in text.items()
            for word in _jargon_of(language, written)
        )
    )


def _jargon_of(language: str, written: str) -> list[str]:
    # The pattern takes a hundred times as long to find nothing.
    folded = written.casefold()
    return [
        word
        for word in JARGON[language]
        if word.casefold() in folded and re.search(rf"\b{re.escape(word)}", written, re.IGNORECASE)
    ]


def _laws_named(record: PublicRecord) -> bool:
    """A task or duty of a public body comes from a law (GDPR Art. 6(3))."""
    by_law = {f"6-{LegalBasis.LEGAL_OBLIGATION}", f"6-{LegalBasis.PUBLIC_INTEREST}"}
    named = {row.ground for row in record.legal_grounds if row.law_title}
    return named >= by_law & {row.ground for row in record.legal_grounds}


def _each_has_a_basis(record: PublicRecord) -> bool:
    bases = [row for row in record.legal_grounds if row.is_basis]
    return all(any(row.is_for(purpose) for row in bases) for purpose in record.purposes)


def _each_says_how_long(record: PublicRecord) -> bool:
    known = [row for row in record.retention if row.says_how_long]
    return all(any(row.is_for(item) for row in known) for item in record.data)


def _names_no_special_data(record: PublicRecord) -> bool:
    return not any(row.ground.startswith(("9-", "10-")) for row in record.legal_grounds)


LANGUAGE_LABELS = {
    "nl": _("all texts in Dutch"),
    "fr": _("all texts in French"),
    "de": _("all texts in German"),
    "en": _("all texts in English"),
}

# Code -> demand. Codes are stored with the activity and stand in addresses of the admin.
DEMANDS = {
    demand.code: demand
    for demand in (
        Demand("name", _("a name in at least one language"), lambda r: r.name, is_required=True),
        Demand(
            "controller",
            _("at least one controller on whose behalf the body works (Art. 30(2)(a))"),
            lambda r: r.served_controllers,
            is_required=True,
            acts_as=ActsAs.PROCESSOR,
        ),
        Demand(
            "categories-of-processing",
            _("the categories of processing for each controller (Art. 30(2)(b))"),
            lambda r: r.processing_types or all(row.processing for row in r.served_controllers),
            is_required=True,
            acts_as=ActsAs.PROCESSOR,
        ),
        Demand(
            "purpose",
            _("at least one purpose (Art. 30(1)(b))"),
            lambda r: r.purposes,
            is_required=True,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "legal-basis",
            _("a legal basis for each purpose (Art. 6(1))"),
            lambda r: r.purposes and _each_has_a_basis(r),
            is_required=True,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "purpose-text",
            _("a description or a category for each purpose (Art. 30(1)(b))"),
            lambda r: all(purpose.description or purpose.category for purpose in r.purposes),
            is_required=True,
        ),
        Demand(
            "people",
            _("at least one category of data subjects (Art. 30(1)(c))"),
            lambda r: r.data_subjects,
            is_required=True,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "data",
            _("at least one category of personal data (Art. 30(1)(c))"),
            lambda r: r.data,
            is_required=True,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "retention",
            _("a retention period, a criterion, or why there is none (Art. 30(1)(f))"),
            lambda r: any(row.says_how_long or row.unknown_reason for row in r.retention),
            is_required=True,
            acts_as=ActsAs.CONTROLLER,
        ),
        # Whoever declares that there are no transfers names none.
        Demand(
            "no-special-data",
            _(
                "legal bases for special or criminal data, or the declaration that there are no "
                "such data: not both"
            ),
            lambda r: not r.has_no_special_data or _names_no_special_data(r),
            is_required=True,
            is_met_by_nothing=True,
        ),
        Demand(
            "no-recipients",
            _("recipients, or the declaration that there are none: not both"),
            lambda r: not (r.has_no_recipients and r.receivers),
            is_required=True,
            is_met_by_nothing=True,
        ),
        Demand(
            "no-transfers",
            _("transfers, or the declaration that there are none: not both"),
            lambda r: not (r.has_no_transfers and r.transfers),
            is_required=True,
            is_met_by_nothing=True,
        ),
        Demand(
            "no-decisions",
            _("how decisions are made, or the answer that none are automated: not both"),
            lambda r: not (r.automated_decisions is False and r.automated_logic),
            is_required=True,
            is_met_by_nothing=True,
        ),
        Demand(
            "retention-each",
            _("a retention period or criterion for each category of data"),
            _each_says_how_long,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand("summary", _("a summary in plain language"), lambda r: r.summary),
        Demand("keywords", _("words that people use for it"), lambda r: r.keywords),
        Demand("theme", _("at least one theme"), lambda r: r.themes),
        Demand(
            "law",
            _("the law behind each public task or duty"),
            _laws_named,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "source",
            _("where the data come from"),
            lambda r: r.sources,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "recipients",
            _("who receives the data, or that nobody does (Art. 30(1)(d))"),
            lambda r: r.has_no_recipients or r.receivers,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "transfers",
            _("the transfers outside the EEA, or that there are none (Art. 30(1)(e))"),
            lambda r: r.has_no_transfers or r.transfers,
        ),
        Demand(
            "automated-decisions",
            _("whether there are automated decisions"),
            lambda r: r.automated_decisions is not None,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "security",
            _("security measures in general words (Art. 30(1)(g))"),
            lambda r: r.security or r.security_measures,
        ),
        Demand(
            "impact-assessment",
            _("whether there was a data protection impact assessment"),
            lambda r: r.dpia,
            acts_as=ActsAs.CONTROLLER,
        ),
        Demand(
            "automated-logic",
            _("how automated decisions are made, and what they mean"),
            lambda r: not r.automated_decisions or (r.automated_logic and r.automated_consequences),
        ),
        Demand(
            "safeguards",
            _("the safeguards for each transfer"),
            lambda r: all(transfer.safeguards for transfer in r.transfers),
        ),
        *(
            Demand(f"language-{language}", LANGUAGE_LABELS[language], _has_language(language))
            for language in LANGUAGES
        ),
        Demand("sentences", _("sentences of thirty words at most"), _has_short_sentences),
        Demand("words", _("plain words instead of jargon"), lambda r: not jargon_in(r)),
    )
}
