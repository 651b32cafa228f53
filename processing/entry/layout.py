"""The answers to the questions about an entry, taken from its public record."""

from collections.abc import Callable, Iterator
from datetime import date

from babel import Locale
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from organisations.directory import Directory
from organisations.languages import Passage, Text, passage
from processing.code_lists import CodeLists
from processing.entry.answers import Answer, Item, Link, Row
from processing.law import (
    CriminalCondition,
    LegalBasis,
    RecipientRole,
    RetentionOutcome,
    Source,
    SpecialCondition,
)
from processing.models.code_lists import DataCategory
from processing.public_record import DataItem, PublicRecord, Purpose, Recipient, Transfer

AFTERWARDS = {
    RetentionOutcome.DESTROY.value: gettext_lazy("The data are destroyed."),
    RetentionOutcome.ARCHIVE.value: gettext_lazy("The data are archived."),
}
YES_NO = {True: gettext_lazy("Yes"), False: gettext_lazy("No")}
PERIODS: dict[str, Callable[[int], str]] = {
    "day": lambda n: ngettext("%(count)d day", "%(count)d days", n) % {"count": n},
    "week": lambda n: ngettext("%(count)d week", "%(count)d weeks", n) % {"count": n},
    "month": lambda n: ngettext("%(count)d month", "%(count)d months", n) % {"count": n},
    "year": lambda n: ngettext("%(count)d year", "%(count)d years", n) % {"count": n},
}


class Layout:
    """The answers to each section's question, for one record in one language."""

    def __init__(
        self, record: PublicRecord, language: str, directory: Directory, code_lists: CodeLists
    ) -> None:
        self.record = record
        self.language = language
        self.directory = directory
        self.code_lists = code_lists

    # The sections ----------------------------------------------------------------------------

    def purposes(self) -> Iterator[Item]:
        for purpose in self.record.purposes:
            title = self.term("purposes", purpose.category) if purpose.category else None
            yield Item(title, self.rows((_("Purpose"), self.text(purpose.description))))

    def people(self) -> Iterator[Item]:
        for code in self.in_order("data_subjects", self.record.data_subjects):
            term = self.code_lists["data_subjects"].get(code)
            meaning = term.definition if term else None
            yield Item(self.term("data_subjects", code), self.rows((_("What this means"), meaning)))
        if self.record.vulnerable_people:
            yield Item(
                _("People who need extra protection"),
                self.rows(
                    (
                        _("Vulnerable people"),
                        _("This processing activity is also about vulnerable people."),
                    )
                ),
            )

    def data(self) -> Iterator[Item]:
        for item in self.record.data:
            yield Item(
                self.term("data", item.category),
                self.rows(
                    (_("Which data"), self.text(item.detail)),
                    (_("About whom"), *self.terms("data_subjects", item.about)),
                    (_("How long"), *self.retention(item)),
                    (_("Afterwards"), AFTERWARDS.get(item.retention_after)),
                    (_("Must you give them?"), YES_NO.get(item.is_mandatory)),
                ),
                self.marks(item.category),
            )

    def recipients(self) -> Iterator[Item]:
        for recipient in self.record.recipients:
            yield Item(
                self.party(recipient.organisation, recipient.name)
                or self.term("recipients", recipient.category),
                self.rows(
                    (_("Role"), self.role(recipient)),
                    (_("Kind of recipient"), self.recipient_kind(recipient)),
                    (_("What they receive, and why"), self.text(recipient.what)),
                    (
                        _("Protocol or authorisation"),
                        *self.source(recipient.authorisation, recipient.authorisation_url),
                    ),
                ),
            )
        for processor in self.record.processors:
            yield Item(
                processor.name,
                self.rows(
                    (_("Role"), _capitalised(str(RecipientRole.PROCESSOR.label))),
                    (_("Task"), self.text(processor.task)),
                ),
            )

    def legal_bases(self) -> Iterator[Item]:
        for purpose in self.record.purposes:
            if purpose.legal_basis:
                yield self.legal_basis(purpose)

    def sources(self) -> Iterator[Item]:
        labels = [_label(Source, source) for source in self.record.sources]
        detail = self.text(self.record.source_detail)
        if labels or detail:
            yield Item(
                None, self.rows((_("The data come from"), *labels), (_("Which sources"), detail))
            )

    def transfers(self) -> Iterator[Item]:
        for transfer in self.record.transfers:
            yield Item(
                self.destination(transfer),
                self.rows(
                    (_("Ground for the transfer"), self.term_of_mechanism(transfer)),
                    (_("Safeguards"), self.text(transfer.safeguards)),
                    (
                        _("More information"),
                        _link(transfer.url, transfer.url),
                    ),
                ),
            )

    def automated_decisions(self) -> Iterator[Item]:
        told = _("Yes. Some decisions about you are made without a person in between.")
        rows = self.rows(
            (_("Automated decisions"), told if self.record.automated_decisions else None),
            # Public as well where nobody ticked that there are such decisions.
            (_("How the decision is made"), self.text(self.record.automated_logic)),
            (_("What the decision means for you"), self.text(self.record.automated_consequences)),
        )
        if rows:
            yield Item(None, rows)

    def security(self) -> Iterator[Item]:
        rows = self.rows(
            (_("Measures"), *self.terms("security_measures", self.record.security_measures)),
            (_("Security in general"), self.text(self.record.security)),
            (
                _("Nature of the processing"),
                *self.terms("processing_types", self.record.processing_types),
            ),
            (_("Impact assessment done"), YES_NO.get(self.record.dpia_done)),
            (_("Summary of the impact assessment"), self.text(self.record.dpia_summary)),
        )
        if rows:
            yield Item(None, rows)

    def controllers(self) -> Iterator[Item]:
        body = self.directory.by_id[self.record.organisation]
        yield Item(
            Link.of(body.name, body.get_absolute_url()), self.rows((_("Role"), _("Controller")))
        )
        for controller in self.record.joint_controllers:
            yield Item(
                self.party(controller.organisation, controller.name),
                self.rows(
                    (_("Role"), _capitalised(str(RecipientRole.JOINT_CONTROLLER.label))),
                    (_("Who does what"), self.text(controller.arrangement)),
                ),
            )

    def about_entry(self) -> Iterator[Item]:
        record = self.record
        yield Item(
            None,
            self.rows(
                (_("Themes"), *self.terms("themes", record.themes)),
                (_("Reference of the body"), record.reference),
                (_("Start date"), _day(record.starts_on)),
                (_("End date"), _day(record.ends_on)),
                (_("Replaced by"), self.successor()),
            ),
        )

    # Pieces ----------------------------------------------------------------------------------

    def rows(self, *rows: tuple) -> list[Row]:
        """Rows of (label, answers…), without empty answers and without rows that have none."""
        filled = [(label, [answer for answer in answers if answer]) for label, *answers in rows]
        return [
            Row(label, [str(a) if isinstance(a, Promise) else a for a in answers])
            for label, answers in filled
            if answers
        ]

    def text(self, texts: Text) -> Passage | None:
        return passage(texts, self.language)

    def term(self, code_list: str, code: str | None) -> Answer:
        """A term, as a link to what it means."""
        term = self.code_lists[code_list].get(code)
        return Link.of(term.label, term.url) if term else code or ""

    def terms(self, code_list: str, codes: tuple[str, ...]) -> list[Answer]:
        return [self.term(code_list, code) for code in self.in_order(code_list, codes)]

    def in_order(self, code_list: str, codes: tuple[str, ...]) -> list[str]:
        """The codes as the list has them, those it does not know last."""
        known = self.code_lists[code_list]
        return sorted(
            codes, key=lambda code: (code not in known, known[code].rank if code in known else 0)
        )

    def party(self, organisation: int | None, name: Text) -> Answer | None:
        """A body of this site, as a link when it is public, or a party by its name."""
        if organisation is None:
            return self.text(name)
        body = self.directory.by_id.get(organisation)
        if body is None:
            return _("A federal body that is not on this site")
        return Link.of(body.name, body.get_absolute_url())

    def role(self, recipient: Recipient) -> str | None:
        if recipient.role == RecipientRole.RECIPIENT:
            return None
        return _label(RecipientRole, recipient.role)

    def recipient_kind(self, recipient: Recipient) -> Answer | None:
        """The category, unless it stands in the title already."""
        return self.term("recipients", recipient.category) if recipient.name else None

    def retention(self, item: DataItem) -> list[Answer]:
        period = None
        if item.retention_period:
            period = _period(item.retention_period, item.retention_unit)
        return [period, self.text(item.retention_criterion)]

    def marks(self, code: str) -> list[str]:
        term = self.code_lists["data"].get(code)
        if not (term and term.mark):
            return []
        return [_label(DataCategory.Mark, term.mark)]

    def source(self, texts: Text, url: str) -> list[Answer]:
        """A document by its title, linked when there is an address."""
        title = self.text(texts)
        return [_link(title or url, url) or title]

    def legal_basis(self, purpose: Purpose) -> Item:
        several = len(self.record.purposes) > 1
        return Item(
            _legal_basis(purpose.legal_basis),
            self.rows(
                (_("For the purpose"), self.text(purpose.description) if several else None),
                (_("Law"), *self.source(purpose.law_title, purpose.law_url)),
                (_("Legitimate interest"), self.text(purpose.legitimate_interest)),
                (
                    _("Condition for special categories of personal data"),
                    _condition(SpecialCondition, purpose.special_condition, "special"),
                ),
                (
                    _("Condition for data on criminal convictions and offences"),
                    _condition(CriminalCondition, purpose.criminal_condition, "criminal"),
                ),
            ),
        )

    def destination(self, transfer: Transfer) -> Answer:
        if transfer.country:
            names = Locale.parse(self.language).territories
            return names.get(transfer.country, transfer.country)
        return self.text(transfer.international_organisation)

    def term_of_mechanism(self, transfer: Transfer) -> Answer:
        return self.term("transfer_mechanisms", transfer.mechanism)

    def successor(self) -> Link | None:
        number = self.record.replaced_by
        if number is None:
            return None
        body = self.directory.by_id[self.record.organisation]
        return Link.of(
            _("Processing activity %(number)s of the same body") % {"number": number},
            reverse("processing:activity_detail", args=[body.slug, number]),
        )


def _link(text: Passage | str, url: str) -> Link | None:
    """A link to the web, and to nothing else: never to a script."""
    return Link.of(text, url) if url.startswith(("https://", "http://")) else None


def _member(choices: type[TextChoices], value: str) -> TextChoices | None:
    """A value of a record, which may be older than the choices of today."""
    return choices(value) if value in choices.values else None


def _label(choices: type[TextChoices], value: str) -> str:
    """What the value is called; the value itself where it is no choice any more."""
    member = _member(choices, value)
    return _capitalised(str(member.label)) if member else value


def _period(number: int, unit: str) -> str:
    return PERIODS[unit](number) if unit in PERIODS else f"{number} {unit}".strip()


def _legal_basis(value: str) -> Link | str:
    basis = _member(LegalBasis, value)
    if basis is None:
        return value
    text = _capitalised(f"{basis.label} ({basis.citation})")
    return Link.of(text, _explained("legal-bases", basis.anchor))


def _condition(choices: type[TextChoices], value: str, anchor: str) -> Link | str:
    condition = _member(choices, value)
    if condition is None:
        return value
    text = _capitalised(f"{condition.label} ({condition.citation})")
    return Link.of(text, _explained("personal-data", anchor))


def _explained(topic: str, anchor: str) -> str:
    """The address of an answer of the explainer."""
    return f"{reverse('gdpr:topic_detail', args=[topic])}#{anchor}"


def _capitalised(text: str) -> str:
    """Only the first letter: the rest may hold names and, in German, nouns."""
    return text[:1].upper() + text[1:]


def _day(day: date | None) -> str | None:
    return date_format(day, "DATE_FORMAT") if day else None
