"""The triples of what an entry has several of: purposes, data, recipients and so on.

A row is named by its key, or by its place where it has none. As in entry.py, what only codes and
bodies decide is told once for each of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.exports.words import body_name
from processing.law import GROUNDS, LEGITIMATE_INTERESTS, RetentionOutcome
from processing.linked_data import vocabularies as v
from processing.linked_data.terms import Node, Term, boolean, iri, literal, pattern
from processing.linked_data.vocabularies import term
from processing.models.code_lists import DataCategory
from processing.public_record import PublicRecord, Retention, Transfer

if TYPE_CHECKING:
    from processing.linked_data.graph import Graph

RECIPIENT, CONTROLLER = term("dpv:Recipient"), term("dpv:DataController")
PROCESSOR, SUB_PROCESSOR = term("dpv:DataProcessor"), term("dpv:DataSubProcessor")
BE_NAMED, BE_KIND = term("begdpr:DataReceiverSpecific"), term("begdpr:DataReceiverGeneric")
BE_CONTROLLER, BE_PROCESSOR = term("begdpr:Controller"), term("begdpr:Processor")
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
A_LAW = pattern(term("dpv:Law"))
A_JUSTIFICATION = pattern(term("dpv:Justification"))
A_PROTOCOL = pattern(term("dct:Standard"))
A_PLACE = pattern(term("dpv:StorageLocation"))
AN_AGREEMENT = pattern(term("dpv:DataProcessingAgreement"))
AN_ARRANGEMENT = pattern(term("dpv:JointDataControllersAgreement"))
JOINT_CONTROLLERS = pattern(term("dpv:JointDataControllers"))
AN_ORGANISATION = pattern(term("dpv:InternationalOrganisation"))
SAFEGUARDS = pattern(term("dpv:SafeguardForDataTransfer"))


def tell(record: PublicRecord, node: Node, graph: Graph) -> None:
    _tell_served(record, node, graph)
    _tell_purposes(record, node, graph)
    _tell_grounds(record, node, graph)
    _tell_data(record, node, graph)
    for place, row in enumerate(record.retention, 1):
        _tell_retention(f"retention-{place}", row, record, node, graph)
    _tell_recipients(record, node, graph)
    _tell_processors(record, node, graph)
    _tell_joint_controllers(record, node, graph)
    for place, row in enumerate(record.transfers, 1):
        _tell_transfer(f"transfer-{place}", row, record, node, graph)


def _party(
    part: Node, graph: Graph, organisation: int | None, category: str | None, *types: Term
) -> None:
    """Who it is: a body of this site, a kind of organisation. The first type is what the body is
    as well.
    """
    part.is_a(*types)
    if organisation is not None:
        if body := graph.body(organisation, types[0]):
            part.says(v.MEMBER_OF, body)
        part.texts(graph.words.named(body_name, organisation), v.HAS_NAME)
    if category:
        kind = graph.meaning("recipients", category)
        part.says(v.KIND, *kind.all)
        part.says(v.BE_RECEIVER_TYPE, kind.own)


def _tell_served(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.served_controllers, 1):
        told = graph.pattern(_party, row.organisation, row.category, CONTROLLER)
        part = node.part(f"controller-{place}", told, by=v.HAS_CONTROLLER)
        part.texts(row.name, v.HAS_NAME)
        part.texts(row.contact, v.HAS_CONTACT)
        part.texts(row.processing, v.DESCRIPTION)


def _tell_purposes(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.purposes):
        told = graph.pattern(_purpose, row.category)
        part = node.part(f"purpose-{row.key}", told, by=v.HAS_PURPOSE)
        part.texts(row.description, v.DESCRIPTION, v.BE_PURPOSE_TEXT)
        if row.category:
            node.is_like(graph.pattern(_has_purpose, row.category, place == 0))


def _purpose(part: Node, graph: Graph, category: str | None) -> None:
    part.is_a(term("dpv:Purpose"))
    if category:
        part.says(v.KIND, graph.meaning("purposes", category).own)


def _has_purpose(node: Node, graph: Graph, category: str, is_first: bool) -> None:
    kind = graph.meaning("purposes", category)
    node.says(v.HAS_PURPOSE, *kind.all)
    node.says(v.BE_FIRST_PURPOSE if is_first else v.BE_OTHER_PURPOSE, kind.own)


def _tell_grounds(record: PublicRecord, node: Node, graph: Graph) -> None:
    for place, row in enumerate(record.legal_grounds, 1):
        told = graph.pattern(_ground, row.ground)
        part = node.part(f"ground-{place}", told, by=v.HAS_LEGAL_BASIS)
        node.is_like(graph.pattern(_has_ground, row.ground))
        for purpose in record.purposes:
            if purpose.key in row.purposes:
                of_purpose = Node(f"{node.address}#purpose-{purpose.key}", node.triples)
                of_purpose.says(v.HAS_LEGAL_BASIS, part.iri)
        if row.law_title or row.law_article or row.law_url:
            law = part.part(f"ground-{place}-law", A_LAW, by=v.HAS_LAW)
            law.texts(row.law_title, v.TITLE)
            node.texts(row.law_title, v.BE_LAW_TEXT)
            law.page(v.PAGE, row.law_url)
            if row.law_article:
                law.says(v.CITATION, literal(row.law_article))
        part.texts(row.legitimate_interest, v.DESCRIPTION)


def _ground(part: Node, graph: Graph, ground: str) -> None:
    part.is_a(term("dpv:LegalBasis"))
    part.says(v.NOTATION, literal(ground))
    part.says(v.KIND, *graph.meaning("grounds", ground).all)
    if ground == LEGITIMATE_INTERESTS:
        part.is_a(term("dpv:LegitimateInterest"))


def _has_ground(node: Node, graph: Graph, ground: str) -> None:
    node.says(v.HAS_LEGAL_BASIS, *graph.meaning("grounds", ground).all)
    if ground.startswith("6-") and ground in GROUNDS:
        node.says(v.BE_LEGAL_BASIS, iri(GROUNDS[ground].iri))


def _tell_data(record: PublicRecord, node: Node, graph: Graph) -> None:
    for row in record.data:
        told = graph.pattern(_data, row.category, row.is_mandatory)
        part = node.part(f"data-{row.key}", told, by=v.HAS_DATA)
        node.says(v.HAS_PART, part.iri)
        node.is_like(graph.pattern(_has_data, row.category))
        part.texts(row.detail, v.DESCRIPTION, v.BE_DATA_TEXT)
        for code in row.about:
            part.is_like(graph.pattern(_about, code))


def _data(part: Node, graph: Graph, category: str, is_mandatory: bool | None) -> None:
    part.is_a(term("dpv:PersonalData"), term("begdpr:DataTreatmentPart"))
    meaning = graph.meaning("data", category)
    part.says(v.KIND, meaning.own)
    part.says(v.BE_DATA, meaning.own)
    known = graph.words.term("data", category)
    mark = known.mark if known else ""
    if mark in MARKS:
        part.is_a(MARKS[mark])
    part.says(v.BE_SENSITIVE, boolean(mark == DataCategory.Mark.SPECIAL))
    part.says(v.BE_JUDICIAL, boolean(mark == DataCategory.Mark.CRIMINAL))
    if is_mandatory is not None:
        part.says(v.HAS_NECESSITY, NECESSITY[is_mandatory])


def _has_data(node: Node, graph: Graph, category: str) -> None:
    node.says(v.HAS_DATA, *graph.meaning("data", category).all)


def _about(part: Node, graph: Graph, code: str) -> None:
    part.says(v.HAS_SUBJECT, *graph.meaning("data_subjects", code).all)


def _tell_retention(
    name: str, row: Retention, record: PublicRecord, node: Node, graph: Graph
) -> None:
    told = graph.pattern(_retention, row.period, row.unit, bool(row.criterion), row.after)
    part = node.part(name, told)
    if row.data:
        for item in record.data:
            if item.key in row.data:
                data = Node(f"{node.address}#data-{item.key}", node.triples)
                data.says(v.HAS_STORAGE, part.iri)
    else:
        node.says(v.HAS_STORAGE, part.iri)
    part.texts(row.criterion, v.DESCRIPTION, v.BE_RETENTION)
    part.texts(row.what_for, v.SCOPE)
    if row.unknown_reason:
        reason = part.part(f"{name}-reason", A_JUSTIFICATION, by=v.HAS_JUSTIFICATION)
        reason.texts(row.unknown_reason, v.DESCRIPTION)


def _retention(
    part: Node, graph: Graph, period: int | None, unit: str, has_criterion: bool, after: str
) -> None:
    if period:
        part.is_a(term("dpv:StorageDuration"), term("dpv:TemporalDuration"))
    elif has_criterion:
        part.is_a(term("dpv:StorageDuration"), term("dpv:UntilEventDuration"))
    else:
        # It only tells why there is no period.
        part.is_a(term("dpv:StorageCondition"))
    if period and unit in DURATIONS:
        part.says(v.HAS_DURATION, literal(DURATIONS[unit](period), "duration"))
    elif period:
        part.says(v.NOTATION, literal(period))
    if after in RetentionOutcome.values:
        part.says(v.HAS_STORAGE, iri(RetentionOutcome(after).iri))
        if after == RetentionOutcome.DESTROY:
            part.says(v.HAS_STORAGE, DELETION)


def _tell_recipients(record: PublicRecord, node: Node, graph: Graph) -> None:
    for row in record.recipients:
        is_named = row.organisation is not None or row.name
        kind = BE_NAMED if is_named else BE_KIND
        told = graph.pattern(_party, row.organisation, row.category, RECIPIENT, kind)
        part = node.part(f"recipient-{row.key}", told, by=v.HAS_RECIPIENT)
        node.says(v.BE_RECEIVER, part.iri)
        part.texts(row.name, v.HAS_NAME)
        if row.organisation is not None:
            node.is_like(graph.pattern(_has_recipient, row.organisation))
        part.texts(row.what, v.DESCRIPTION)
        if row.authorisation or row.authorisation_url:
            name = f"recipient-{row.key}-protocol"
            protocol = part.part(name, A_PROTOCOL, by=v.CONFORMS_TO)
            protocol.texts(row.authorisation, v.TITLE)
            part.texts(row.authorisation, v.BE_AUTHORISATION)
            protocol.page(v.PAGE, row.authorisation_url)


def _has_recipient(node: Node, graph: Graph, organisation: int) -> None:
    if body := graph.body(organisation):
        node.says(v.HAS_RECIPIENT, body)


def _tell_processors(record: PublicRecord, node: Node, graph: Graph) -> None:
    keys = {row.key for row in record.processors}
    for row in record.processors:
        name = f"processor-{row.key}"
        told = graph.pattern(_party, row.organisation, row.category, PROCESSOR, BE_PROCESSOR)
        part = node.part(name, told, by=v.HAS_PROCESSOR)
        node.says(v.BE_PROCESSOR, part.iri)
        if row.works_for in keys:
            part.is_a(SUB_PROCESSOR)
            part.says(v.ON_BEHALF_OF, f"<{node.address}#processor-{row.works_for}>")
        part.texts(row.name, v.HAS_NAME)
        part.texts(row.task, v.DESCRIPTION)
        if row.country:
            part.says(v.HAS_COUNTRY, graph.country(row.country))
        if row.data_countries:
            storage = part.part(f"{name}-storage", A_PLACE, by=v.HAS_STORAGE)
            storage.says(v.HAS_LOCATION, *map(graph.country, row.data_countries))
        if row.agreed_on:
            agreement = part.part(f"{name}-agreement", AN_AGREEMENT, by=v.HAS_LEGAL_MEASURE)
            agreement.says(v.DATE, literal(row.agreed_on, "date"))


def _tell_joint_controllers(record: PublicRecord, node: Node, graph: Graph) -> None:
    if not record.joint_controllers:
        return
    group = node.part("joint-controllers", JOINT_CONTROLLERS, by=v.HAS_JOINT_CONTROLLERS)
    if own := graph.body(record.organisation, CONTROLLER):
        group.says(v.HAS_CONTROLLER, own)
    for place, row in enumerate(record.joint_controllers, 1):
        told = graph.pattern(_party, row.organisation, row.category, CONTROLLER, BE_CONTROLLER)
        part = group.part(f"joint-controller-{place}", told, by=v.HAS_CONTROLLER)
        node.says(v.BE_CONTROLLER, part.iri)
        part.texts(row.name, v.HAS_NAME)
        part.texts(row.contact, v.HAS_CONTACT)
        if row.arrangement:
            name = f"joint-controller-{place}-arrangement"
            found = part.part(name, AN_ARRANGEMENT, by=v.HAS_LEGAL_MEASURE)
            found.texts(row.arrangement, v.DESCRIPTION)


def _tell_transfer(
    name: str, row: Transfer, record: PublicRecord, node: Node, graph: Graph
) -> None:
    told = graph.pattern(_transfer, row.mechanism, row.country)
    part = node.part(name, told, by=v.HAS_PROCESSING)
    if row.international_organisation:
        found = part.part(f"{name}-organisation", AN_ORGANISATION, by=v.HAS_RECIPIENT)
        found.texts(row.international_organisation, v.HAS_NAME)
    for kind, key in (("recipient", row.recipient), ("processor", row.processor)):
        if key in {party.key for party in getattr(record, f"{kind}s")}:
            part.says(v.HAS_IMPORTER, f"<{node.address}#{kind}-{key}>")
    if row.safeguards or row.url:
        safeguards = part.part(f"{name}-safeguards", SAFEGUARDS, by=v.HAS_MEASURE)
        safeguards.texts(row.safeguards, v.DESCRIPTION)
        part.texts(row.safeguards, v.BE_SAFEGUARDS)
        safeguards.page(v.PAGE, row.url)


def _transfer(part: Node, graph: Graph, mechanism: str, country: str) -> None:
    part.is_a(term("dpv:Transfer"), BE_NAMED)
    meaning = graph.meaning("transfer_mechanisms", mechanism)
    part.says(v.HAS_LEGAL_BASIS, *meaning.all)
    part.says(v.BE_MECHANISM, meaning.own)
    if country:
        place = graph.country(country)
        part.says(v.HAS_THIRD_COUNTRY, place)
        part.says(v.HAS_LOCATION, place)
        part.says(v.BE_COUNTRY, place)
