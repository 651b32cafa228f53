"""The answers to the questions about an entry, taken from its public record."""

from collections.abc import Iterable, Iterator

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from organisations.addresses import address
from organisations.directory import Directory
from organisations.languages import Passage, Text, passage
from processing import countries
from processing.code_lists import CodeLists
from processing.entry.answers import Answer, Item, Link, Row
from processing.entry.wording import (
    AUTOMATED,
    YES_NO,
    choice_label,
    day_in_words,
    ground_in_law,
    period_in_words,
    web_link,
)
from processing.law import CONTRACT, ActsAs, ImpactAssessment, RetentionOutcome, Source
from processing.models.code_lists import DataCategory
from processing.public_record import (
    JointController,
    LegalGround,
    Processor,
    PublicRecord,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)

# What Art. 30(2) does not ask of a processor.
TOLD_BY_CONTROLLERS = ("recipients", "sources", "automated-decisions")
Party = Recipient | Processor | JointController | ServedController


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

    def served(self) -> Iterator[Item]:
        for controller in self.record.served_controllers:
            yield Item(
                self.name_of(controller),
                self.rows(
                    (_("Role"), _("Controller")),
                    (_("Kind of organisation"), self.kind_of(controller)),
                    (_("What is done for it"), self.text(controller.processing)),
                    (_("Contact details"), self.text(controller.contact)),
                ),
                kind=_("Controller"),
            )

    def purposes(self) -> Iterator[Item]:
        for purpose in self.record.purposes:
            title = self.term("purposes", purpose.category) if purpose.category else None
            rows = self.rows((_("Purpose"), self.text(purpose.description)))
            yield Item(title, rows, kind=_("Kind of purpose"))

    def people(self) -> Iterator[Item]:
        for code in self.in_order("data_subjects", self.record.data_subjects):
            yield Item(self.term("data_subjects", code), [])
        about = vulnerable = None
        if self.record.people_count is not None:
            about = number_format(self.record.people_count, force_grouping=True)
        if self.record.vulnerable_people:
            vulnerable = _("This processing activity is also about vulnerable people.")
        rows = self.rows(
            (_("Number of people, about"), about), (_("Vulnerable people"), vulnerable)
        )
        if rows:
            yield Item(None, rows)

    def data(self) -> Iterator[Item]:
        kind = _("Kind of data")
        # Once for all rows, of which there are many.
        which, about, mandatory = _("Which data"), _("About whom"), _("Mandatory")
        for item in self.record.data:
            yield Item(
                self.term("data", item.category),
                self.rows(
                    (which, self.text(item.detail)),
                    (about, *self.terms("data_subjects", item.about)),
                    (mandatory, YES_NO.get(item.is_mandatory)),
                    *self.how_long(r for r in self.record.retention if item.key in r.data),
                ),
                self.marks(item.category),
                kind,
            )
        # What is told of all data stands once.
        if rows := self.rows(*self.how_long(r for r in self.record.retention if not r.data)):
            yield Item(_("All these data"), rows, kind=kind)
        if self.record.has_no_special_data:
            told = _("The body declares that it processes none.")
            yield Item(None, self.rows((_("Special categories of personal data"), told)))

    def recipients(self) -> Iterator[Item]:
        for recipient in self.record.recipients:
            yield Item(
                self.name_of(recipient),
                self.rows(
                    (_("Kind of recipient"), self.kind_of(recipient)),
                    (_("What they receive, and why"), self.text(recipient.what)),
                    (
                        _("Protocol or authorisation"),
                        *self.source(recipient.authorisation, recipient.authorisation_url),
                    ),
                    (_("Outside the EEA"), *self.destinations("recipient", recipient.key)),
                ),
                kind=_("Recipient"),
            )
        for processor in self.processors_in_order():
            yield Item(
                self.name_of(processor),
                self.rows(
                    (_("Role"), self.role(processor)),
                    (_("Kind of recipient"), self.kind_of(processor)),
                    (_("Task"), self.text(processor.task)),
                    (_("Seat"), self.country(processor.country)),
                    (_("Where the data are kept"), *map(self.country, processor.data_countries)),
                    (_("Date of the agreement"), day_in_words(processor.agreed_on)),
                    (_("Outside the EEA"), *self.destinations("processor", processor.key)),
                ),
                kind=_("Processor"),
            )

    def legal_bases(self) -> Iterator[Item]:
        grounds: dict[tuple, list[LegalGround]] = {}
        for row in self.record.legal_grounds:
            grounds.setdefault((row.ground, row.purposes), []).append(row)
        for rows in grounds.values():
            yield self.legal_ground(rows)

    def sources(self) -> Iterator[Item]:
        labels = [choice_label(Source, source) for source in self.record.sources]
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
                    (_("To whom"), self.receiver_of(transfer)),
                    (_("Ground for the transfer"), self.term_of_mechanism(transfer)),
                    (_("Safeguards"), self.text(transfer.safeguards)),
                    (_("More information"), web_link(transfer.url, transfer.url)),
                ),
                kind=_("Country or organisation"),
            )

    def automated_decisions(self) -> Iterator[Item]:
        told = AUTOMATED.get(self.record.automated_decisions)
        rows = self.rows(
            (_("Automated decisions"), told),
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
            (_("Impact assessment"), *self.impact_assessment()),
            (
                _("Why none is needed")
                if self.record.dpia == ImpactAssessment.NOT_NEEDED
                else _("Summary of the impact assessment"),
                self.text(self.record.dpia_summary),
            ),
        )
        if rows:
            yield Item(None, rows)

    def controllers(self) -> Iterator[Item]:
        body = self.directory.by_id[self.record.organisation]
        role = _("Controller")
        if self.record.acts_as == ActsAs.PROCESSOR:
            role = _("Processor, on behalf of others")
        yield Item(
            Link.of(body.name, body.get_absolute_url()),
            self.rows(
                (_("Role"), role),
                (_("Department"), body.departments.get(self.record.department)),
                (_("Supervisory authority"), self.supervisory_authority()),
            ),
        )
        for controller in self.record.joint_controllers:
            yield Item(
                self.name_of(controller),
                self.rows(
                    (_("Role"), _("Joint controller")),
                    (_("Kind of organisation"), self.kind_of(controller)),
                    (_("Who does what"), self.text(controller.arrangement)),
                    (_("Contact details"), self.text(controller.contact)),
                ),
                kind=_("Joint controller"),
            )

    def about_entry(self) -> Iterator[Item]:
        record = self.record
        yield Item(
            None,
            self.rows(
                (_("Themes"), *self.terms("themes", record.themes)),
                (_("Reference of the body"), record.reference),
                (_("Start date"), day_in_words(record.starts_on)),
                (_("End date"), day_in_words(record.ends_on)),
                (_("Replaced by"), self.successor()),
                (_("People also look for this with"), self.phrases(record.keywords)),
            ),
        )

    def declared_nothing(self, key: str) -> str:
        """That there is nothing to tell in a section, where the body says so."""
        if key == "recipients" and self.record.has_no_recipients:
            return _("The body declares that nobody else receives the data.")
        if key == "transfers" and self.record.has_no_transfers:
            return _("The body declares that no data leave the European Economic Area.")
        return ""

    def nothing_in(self, key: str, unsaid: str) -> str:
        """What to say of a section about which the register says nothing."""
        of_controllers = self.record.acts_as == ActsAs.PROCESSOR and key in TOLD_BY_CONTROLLERS
        return "" if of_controllers else unsaid

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

    def phrases(self, texts: Text) -> Passage | None:
        """What the body wrote with semicolons between, as lists of names stand on pages."""
        found = self.text(texts)
        return found and Passage(
            found.plain.replace("; ", " · "), found.language, found.page_language
        )

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

    def name_of(self, party: Party) -> Answer:
        return self.party(party.organisation, party.name) or self.term("recipients", party.category)

    def kind_of(self, party: Party) -> Answer | None:
        """The category, unless it stands in the title already."""
        return self.term("recipients", party.category) if party.name else None

    def role(self, processor: Processor) -> str:
        known = {other.key: other for other in self.record.processors}
        first = known.get(processor.works_for)
        if first is None:
            return _("Processor")
        return _("Sub-processor of %(name)s") % {"name": self.name_of(first)}

    def processors_in_order(self) -> list[Processor]:
        """Each with its sub-processors behind it."""
        first = {p.key: place for place, p in enumerate(self.record.processors)}
        return sorted(
            self.record.processors,
            key=lambda p: (first.get(p.works_for, first[p.key]), p.works_for in first),
        )

    def how_long(self, retention: Iterable[Retention]) -> Iterator[tuple]:
        for row in retention:
            if row.what_for:
                yield _("What for"), self.text(row.what_for)
            period = period_in_words(row.period, row.unit) if row.period else None
            yield _("How long"), period, self.text(row.criterion)
            if row.unknown_reason:
                yield _("Why no period is given"), self.text(row.unknown_reason)
            if row.after:
                yield _("Afterwards"), choice_label(RetentionOutcome, row.after)

    def country(self, code: str) -> str:
        return countries.name_of(code, self.language)

    def destinations(self, kind: str, key: int) -> list[Answer]:
        """Where data go because of a recipient or processor."""
        found = (self.destination(t) for t in self.record.transfers if getattr(t, kind) == key)
        return list(dict.fromkeys(found))

    def receiver_of(self, transfer: Transfer) -> Answer | None:
        for kind, key in (("recipients", transfer.recipient), ("processors", transfer.processor)):
            for party in getattr(self.record, kind):
                if party.key == key:
                    return self.name_of(party)
        return None

    def impact_assessment(self) -> list[str | None]:
        state = self.record.dpia
        label = choice_label(ImpactAssessment, state) if state else None
        return [label, day_in_words(self.record.dpia_done_on)]

    def supervisory_authority(self) -> Answer | None:
        body = self.directory.by_id[self.record.organisation]
        authority = self.directory.by_id.get(body.supervisory_authority_id)
        return authority and Link.of(authority.name, authority.get_absolute_url())

    def marks(self, code: str) -> list[str]:
        term = self.code_lists["data"].get(code)
        if not (term and term.mark):
            return []
        return [choice_label(DataCategory.Mark, term.mark)]

    def source(self, texts: Text, url: str) -> list[Answer]:
        """A document by its title, linked when there is an address."""
        title = self.text(texts)
        return [web_link(title or url, url) or title]

    def law(self, row: LegalGround) -> list[Answer]:
        articles = _("Art. %(articles)s") % {"articles": row.law_article} if row.law_article else ""
        return [*self.source(row.law_title, row.law_url), articles]

    def legal_ground(self, rows: list[LegalGround]) -> Item:
        """A ground with each of its laws, and for which of several purposes it holds."""
        first = rows[0]
        purposes = [p for p in self.record.purposes if first.purposes and first.is_for(p)]
        law = _("Contract") if first.ground == CONTRACT else _("Law")
        return Item(
            ground_in_law(first.ground),
            self.rows(
                (_("For the purpose"), *map(self.purpose_name, purposes)),
                *((law, *self.law(row)) for row in rows),
                *((_("Legitimate interest"), self.text(row.legitimate_interest)) for row in rows),
            ),
            kind=_("Legal basis"),
        )

    def purpose_name(self, purpose: Purpose) -> Answer:
        return self.text(purpose.description) or self.term("purposes", purpose.category)

    def destination(self, transfer: Transfer) -> Answer:
        if transfer.country:
            return self.country(transfer.country)
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
            address("processing:activity_detail", body.slug, number),
        )
