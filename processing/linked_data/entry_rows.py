"""The triples of what an entry has several of: purposes, data, recipients and so on.

A row is named by its key, or by its place where it has none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.exports.entries import Published
from processing.exports.words import body_name
from processing.law import GROUNDS, LEGITIMATE_INTERESTS, RetentionOutcome
from processing.linked_data import vocabularies as v
from processing.linked_data.terms import Group, Node, Term, boolean, iri, literal
from processing.linked_data.vocabularies import term
from processing.models.code_lists import DataCategory
from processing.public_record import (
    JointController,
    Processor,
    PublicRecord,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)

if TYPE_CHECKING:
    from processing.linked_data.graph import Graph

Party = Recipient | Processor | JointController | ServedController
RECIPIENT, CONTROLLER = term("dpv:Recipient"), term("dpv:DataController")
PROCESSOR, SUB_PROCESSOR = term("dpv:DataProcessor"), term("dpv:DataSubProcessor")
BE_NAMED, BE_KIND = term("begdpr:DataReceiverSpecific"), term("begdpr:DataReceiverGeneric")
MARKS = {
    DataCategory.Mark.SPECIAL: term("dpv:SpecialCategoryPersonalData"),
    DataCategory.Mark.CRIMINAL: term("pd:Criminal"),
    DataCategory.Mark.NATIONAL_NUMBER: term("dpv:SensitivePersonalData"),
}
NECESSITY = {True: term("dpv:Required"), False: term("dpv:Optional")}
# ISO 8601, as XML Schema takes it: weeks are told in days there.
DURATIONS = {
    "day": lambda number: f"P{number}D",
    "week": lambda number: f"P{7 * number}D",
    "month": lambda number: f"P{number}M",
    "year": lambda number: f"P{number}Y",
}
DELETION = term("dpv:StorageDeletion")


def tell(entry: Published, graph: Graph, triples: Group) -> None:
    record = entry.record
    node = Node(graph.addresses.entry(entry.reference(graph.words)), triples)
    _tell_served(record, node, graph)
    _tell_purposes(record, node, graph)
    _tell_grounds(record, node, graph)
    _tell_data(record, node, graph)
    for place, row in enumerate(record.retention, 1):
        _tell_retention(f"retention-{place}", row, record, node)
    _tell_recipients(record, node, graph)
    _tell_processors(record, node, graph)
    _tell_joint_controllers(record, node, graph)
    for place, row in enumerate(record.transfers, 1):
        _tell_transfer(f"transfer-{place}", row, record, node, graph)


def _tell_party(party: Party, part: Node, graph: Graph, *types: Term) -> None:
    """Who it is: a body of this site, a name, a kind of organisation."""
    if party.organisation is not None:
        if body := graph.body(party.organisation, *types):
            part.says(v.MEMBER_OF, body)
        part.texts(graph.words.named(body_name, party.organisation), v.HAS_NAME)
    part.texts(party.name, v.HAS_NAME)
    if party.category:
        kind = graph.meaning("recipients", party.category)
        part.says(v.KIND, *kind.all)
        part.says(v.BE_RECEIVER_TYPE, kind.own)


def _tell_served(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.served_controllers, 1):
        part = node.part(f"controller-{place}", (CONTROLLER,), by=v.HAS_CONTROLLER)
        _tell_party(row, part, graph, CONTROLLER)
        part.texts(row.contact, v.HAS_CONTACT)
        part.texts(row.processing, v.DESCRIPTION)


def _tell_purposes(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.purposes):
        part = node.part(f"purpose-{row.key}", (term("dpv:Purpose"),), by=v.HAS_PURPOSE)
        part.texts(row.description, v.DESCRIPTION, v.BE_PURPOSE_TEXT)
        if row.category:
            kind = graph.meaning("purposes", row.category)
            part.says(v.KIND, kind.own)
            node.says(v.HAS_PURPOSE, *kind.all)
            node.says(v.BE_OTHER_PURPOSE if place else v.BE_FIRST_PURPOSE, kind.own)


def _tell_grounds(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.legal_grounds, 1):
        part = node.part(f"ground-{place}", (term("dpv:LegalBasis"),), by=v.HAS_LEGAL_BASIS)
        meanings = graph.meanings("grounds", (row.ground,))
        part.says(v.NOTATION, literal(row.ground))
        part.says(v.KIND, *meanings)
        node.says(v.HAS_LEGAL_BASIS, *meanings)
        if row.is_basis and row.ground in GROUNDS:
            node.says(v.BE_LEGAL_BASIS, iri(GROUNDS[row.ground].iri))
        for purpose in record.purposes:
            if purpose.key in row.purposes:
                node.part(f"purpose-{purpose.key}", ()).says(v.HAS_LEGAL_BASIS, part.iri)
        if row.law_title or row.law_article or row.law_url:
            law = part.part(f"ground-{place}-law", (term("dpv:Law"),), by=v.HAS_LAW)
            law.texts(row.law_title, v.TITLE)
            node.texts(row.law_title, v.BE_LAW_TEXT)
            law.page(v.PAGE, row.law_url)
            if row.law_article:
                law.says(v.CITATION, literal(row.law_article))
        if row.legitimate_interest or row.ground == LEGITIMATE_INTERESTS:
            part.says(v.TYPE, term("dpv:LegitimateInterest"))
            part.texts(row.legitimate_interest, v.DESCRIPTION)


def _tell_data(record: PublicRecord, node: Node, graph: Graph) -> None:
    kinds = (term("dpv:PersonalData"), term("begdpr:DataTreatmentPart"))
    for row in record.data:
        part = node.part(f"data-{row.key}", kinds, by=v.HAS_DATA)
        node.says(v.HAS_PART, part.iri)
        meaning = graph.meaning("data", row.category)
        node.says(v.HAS_DATA, *meaning.all)
        part.says(v.KIND, meaning.own)
        part.says(v.BE_DATA, meaning.own)
        known = graph.words.term("data", row.category)
        mark = known.mark if known else ""
        if mark in MARKS:
            part.says(v.TYPE, MARKS[mark])
        part.says(v.BE_SENSITIVE, boolean(mark == DataCategory.Mark.SPECIAL))
        part.says(v.BE_JUDICIAL, boolean(mark == DataCategory.Mark.CRIMINAL))
        part.texts(row.detail, v.DESCRIPTION, v.BE_DATA_TEXT)
        part.says(v.HAS_SUBJECT, *graph.meanings("data_subjects", row.about))
        if row.is_mandatory is not None:
            part.says(v.HAS_NECESSITY, NECESSITY[row.is_mandatory])


def _tell_retention(name: str, row: Retention, record: PublicRecord, node: Node) -> None:
    # What tells no duration only tells why there is none.
    kinds = ["StorageCondition"]
    if row.says_how_long:
        kinds = ["StorageDuration", "TemporalDuration" if row.period else "UntilEventDuration"]
    part = node.part(name, [term(f"dpv:{kind}") for kind in kinds])
    if row.data:
        for item in record.data:
            if item.key in row.data:
                node.part(f"data-{item.key}", ()).says(v.HAS_STORAGE, part.iri)
    else:
        node.says(v.HAS_STORAGE, part.iri)
    if row.period and row.unit in DURATIONS:
        part.says(v.HAS_DURATION, literal(DURATIONS[row.unit](row.period), "duration"))
    elif row.period:
        part.says(v.NOTATION, literal(row.period))
    part.texts(row.criterion, v.DESCRIPTION, v.BE_RETENTION)
    part.texts(row.what_for, v.SCOPE)
    if row.after in RetentionOutcome.values:
        part.says(v.HAS_STORAGE, iri(RetentionOutcome(row.after).iri))
        if row.after == RetentionOutcome.DESTROY:
            part.says(v.HAS_STORAGE, DELETION)
    if row.unknown_reason:
        kinds = (term("dpv:Justification"),)
        reason = part.part(f"{name}-reason", kinds, by=v.HAS_JUSTIFICATION)
        reason.texts(row.unknown_reason, v.DESCRIPTION)


def _tell_recipients(record: PublicRecord, node: Node, graph: Graph) -> None:
    for row in record.recipients:
        is_named = row.organisation is not None or row.name
        kinds = (RECIPIENT, BE_NAMED if is_named else BE_KIND)
        part = node.part(f"recipient-{row.key}", kinds, by=v.HAS_RECIPIENT)
        node.says(v.BE_RECEIVER, part.iri)
        _tell_party(row, part, graph, RECIPIENT)
        if body := graph.body(row.organisation):
            node.says(v.HAS_RECIPIENT, body)
        part.texts(row.what, v.DESCRIPTION)
        if row.authorisation or row.authorisation_url:
            kinds = (term("dct:Standard"),)
            protocol = part.part(f"recipient-{row.key}-protocol", kinds, by=v.CONFORMS_TO)
            protocol.texts(row.authorisation, v.TITLE)
            part.texts(row.authorisation, v.BE_AUTHORISATION)
            protocol.page(v.PAGE, row.authorisation_url)


def _tell_processors(record: PublicRecord, node: Node, graph: Graph) -> None:
    keys = {row.key for row in record.processors}
    for row in record.processors:
        name = f"processor-{row.key}"
        kinds = [PROCESSOR, term("begdpr:Processor")]
        part = node.part(name, kinds, by=v.HAS_PROCESSOR)
        node.says(v.BE_PROCESSOR, part.iri)
        if row.works_for in keys:
            part.says(v.TYPE, SUB_PROCESSOR)
            part.says(v.ON_BEHALF_OF, node.named(f"processor-{row.works_for}"))
        _tell_party(row, part, graph, PROCESSOR)
        part.texts(row.task, v.DESCRIPTION)
        if row.country:
            part.says(v.HAS_COUNTRY, graph.country(row.country))
        if row.data_countries:
            kinds = [term("dpv:StorageLocation")]
            storage = part.part(f"{name}-storage", kinds, by=v.HAS_STORAGE)
            storage.says(v.HAS_LOCATION, *map(graph.country, row.data_countries))
        if row.agreed_on:
            kinds = [term("dpv:DataProcessingAgreement")]
            agreement = part.part(f"{name}-agreement", kinds, by=v.HAS_LEGAL_MEASURE)
            agreement.says(v.DATE, literal(row.agreed_on, "date"))


def _tell_joint_controllers(record: PublicRecord, node: Node, graph: Graph) -> None:
    if not record.joint_controllers:
        return
    kinds = (term("dpv:JointDataControllers"),)
    group = node.part("joint-controllers", kinds, by=v.HAS_JOINT_CONTROLLERS)
    if own := graph.body(record.organisation, CONTROLLER):
        group.says(v.HAS_CONTROLLER, own)
    for place, row in enumerate(record.joint_controllers, 1):
        kinds = (CONTROLLER, term("begdpr:Controller"))
        part = group.part(f"joint-controller-{place}", kinds, by=v.HAS_CONTROLLER)
        node.says(v.BE_CONTROLLER, part.iri)
        _tell_party(row, part, graph, CONTROLLER)
        part.texts(row.contact, v.HAS_CONTACT)
        if row.arrangement:
            kinds = (term("dpv:JointDataControllersAgreement"),)
            name = f"joint-controller-{place}-arrangement"
            part.part(name, kinds, by=v.HAS_LEGAL_MEASURE).texts(row.arrangement, v.DESCRIPTION)


def _tell_transfer(
    name: str, row: Transfer, record: PublicRecord, node: Node, graph: Graph
) -> None:
    part = node.part(name, (term("dpv:Transfer"), BE_NAMED), by=v.HAS_PROCESSING)
    mechanism = graph.meaning("transfer_mechanisms", row.mechanism)
    part.says(v.HAS_LEGAL_BASIS, *mechanism.all)
    part.says(v.BE_MECHANISM, mechanism.own)
    if row.country:
        country = graph.country(row.country)
        part.says(v.HAS_THIRD_COUNTRY, country)
        part.says(v.HAS_LOCATION, country)
        part.says(v.BE_COUNTRY, country)
    if row.international_organisation:
        kinds = (term("dpv:InternationalOrganisation"),)
        organisation = part.part(f"{name}-organisation", kinds, by=v.HAS_RECIPIENT)
        organisation.texts(row.international_organisation, v.HAS_NAME)
    for kind, key in (("recipient", row.recipient), ("processor", row.processor)):
        if key in {party.key for party in getattr(record, f"{kind}s")}:
            part.says(v.HAS_IMPORTER, node.named(f"{kind}-{key}"))
    if row.safeguards or row.url:
        kinds = (term("dpv:SafeguardForDataTransfer"),)
        safeguards = part.part(f"{name}-safeguards", kinds, by=v.HAS_MEASURE)
        safeguards.texts(row.safeguards, v.DESCRIPTION)
        part.texts(row.safeguards, v.BE_SAFEGUARDS)
        safeguards.page(v.PAGE, row.url)
