"""The triples of an entry, without those of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from organisations.directory import Body
from processing.exports.entries import Published
from processing.law import GDPR_IRI, ActsAs, ImpactAssessment, Source
from processing.linked_data import vocabularies as v
from processing.linked_data.bodies import contacts_of
from processing.linked_data.terms import Group, Node, Term, boolean, iri, literal
from processing.linked_data.vocabularies import term
from processing.public_record import PublicRecord

if TYPE_CHECKING:
    from processing.linked_data.graph import Graph

ENTRY = (
    *(term("dpcat:ROPARecord"), term("dcat:Dataset"), term("dpv:PersonalDataProcess")),
    term("begdpr:DataTreatment"),
)
# Which paragraph makes the body keep the entry tells in which capacity it acts.
PARAGRAPHS = {
    ActsAs.CONTROLLER: f"<{GDPR_IRI}/art_30/par_1>",
    ActsAs.PROCESSOR: f"<{GDPR_IRI}/art_30/par_2>",
}
CONTROLLER, PROCESSOR = term("dpv:DataController"), term("dpv:DataProcessor")
AUTOMATED = term("dpv:AutomatedDecisionMaking")
DPIA_STATES = {
    ImpactAssessment.NOT_NEEDED: (v.HAS_STATUS, term("eu-gdpr:DPIANotRequired")),
    ImpactAssessment.UNDER_WAY: (v.HAS_ACTIVITY_STATUS, term("dpv:ActivityOngoing")),
    ImpactAssessment.DONE: (v.HAS_ACTIVITY_STATUS, term("dpv:ActivityCompleted")),
    ImpactAssessment.NOT_DONE: (v.HAS_ACTIVITY_STATUS, term("dpv:ActivityNotCompleted")),
}
ONGOING, COMPLETED = term("dpv:ActivityOngoing"), term("dpv:ActivityCompleted")


def tell(entry: Published, graph: Graph, triples: Group) -> None:
    record = entry.record
    node = Node(graph.addresses.entry(entry.reference(graph.words)), triples)
    body = graph.words.directory().by_id.get(record.organisation)
    node.says(v.TYPE, *ENTRY)
    reference = literal(f"{graph.words.slug(record.organisation)}/{record.number}")
    node.says(v.IDENTIFIER, reference)
    node.says(v.HAS_IDENTIFIER, reference)
    node.says(v.VERSION, literal(entry.version))
    published = literal(entry.published_at.isoformat(timespec="seconds"), "dateTime")
    node.says(v.ISSUED, published)
    node.says(v.MODIFIED, published)
    node.says(v.LICENCE, v.CC0)
    node.says(v.CONFORMS_TO, v.DPV_VERSION)
    node.says(v.IN_LANGUAGE, *(v.LANGUAGE[language] for language in record.languages))
    _tell_names(record, node)
    if body:
        _tell_body(record, body, node, graph)
    _tell_themes_and_people(record, node, graph)
    _tell_how(record, node, graph)
    _tell_sources(record, node, graph)
    _tell_impact_assessment(record, node)
    _tell_time(record, node, graph)


def _tell_names(record: PublicRecord, node: Node) -> None:
    node.texts(record.name, v.TITLE)
    # DCAT-AP asks for one.
    node.texts(record.summary or record.name, v.DESCRIPTION)
    for language, words in record.keywords.items():
        for word in words.split(";"):
            if word.strip():
                node.texts({language: word.strip()}, v.KEYWORD)
    if record.reference:
        own = node.part("reference", (term("adms:Identifier"),), by=v.OTHER_IDENTIFIER)
        own.says(v.NOTATION, literal(record.reference))


def _tell_body(record: PublicRecord, body: Body, node: Node, graph: Graph) -> None:
    acts = ActsAs(record.acts_as)
    is_controller = acts == ActsAs.CONTROLLER
    agent = graph.body(body.id, CONTROLLER if is_controller else PROCESSOR)
    node.says(v.PUBLISHER, agent)
    node.says(v.LEGISLATION, PARAGRAPHS[acts])
    node.says(v.HAS_CONTROLLER if is_controller else v.HAS_PROCESSOR, agent)
    # In the federal vocabulary, a role that points to the body.
    role, by = ("Controller", v.BE_CONTROLLER) if is_controller else ("Processor", v.BE_PROCESSOR)
    part = node.part("body", (term(f"begdpr:{role}"),), by=by)
    part.says(v.MEMBER_OF, agent)
    for name in filter(None, contacts_of(body)):
        contact = iri(f"{graph.addresses.body(body.slug)}#{name}")
        node.says(v.CONTACT_POINT, contact)
        if name == "dpo":
            node.says(v.HAS_DPO, contact)
            node.says(v.BE_DPO, contact)
    if record.department and (unit := graph.department(body, record.department)):
        node.says(v.IMPLEMENTED_BY, unit)
    if record.replaced_by:
        reference = f"{body.slug}/{record.replaced_by}"
        node.says(v.REPLACED_BY, iri(graph.addresses.entry(reference)))
        node.says(v.BE_REPLACED_BY, literal(reference))
    register = Node(graph.register(body)[1:-1], node.triples)
    register.says(v.DATASET, node.iri)
    register.says(v.BE_ENTRY, node.iri)


def _tell_themes_and_people(record: PublicRecord, node: Node, graph: Graph) -> None:
    node.says(v.THEME, *graph.meanings("themes", record.themes))
    node.says(v.HAS_SUBJECT, *graph.meanings("data_subjects", record.data_subjects))
    node.says(v.BE_PEOPLE, *(graph.meaning("data_subjects", c).own for c in record.data_subjects))
    if record.people_count is not None:
        scale = node.part("people", (term("dpv:DataSubjectScale"),), by=v.HAS_SCALE)
        scale.says(v.VALUE, literal(record.people_count, "integer"))
    if record.vulnerable_people:
        vulnerable = graph.typed(
            *(term("dpv:VulnerableDataSubject"), term("dpv:DataSubject"), term("dpv:HumanSubject"))
        )
        node.says(v.HAS_SUBJECT, vulnerable)
        node.says(v.BE_VULNERABLE, boolean(True))


def _tell_how(record: PublicRecord, node: Node, graph: Graph) -> None:
    node.says(v.HAS_CONTEXT, *graph.meanings("processing_types", record.processing_types))
    kinds = (graph.meaning("processing_types", code).own for code in record.processing_types)
    node.says(v.BE_PROCESSING_TYPE, *kinds)
    if record.automated_decisions:
        node.says(v.HAS_CONTEXT, AUTOMATED)
    elif record.automated_decisions is not None:
        _deny(node, "no-automated-decisions", v.HAS_CONTEXT, AUTOMATED)
    if record.has_no_special_data:
        _deny(node, "no-special-data", v.HAS_DATA, term("dpv:SpecialCategoryPersonalData"))
    if record.has_no_recipients:
        _deny(node, "no-recipients", v.HAS_RECIPIENT, term("dpv:Recipient"))
    if record.has_no_transfers:
        _deny(node, "no-transfers", v.HAS_PROCESSING, term("dpv:Transfer"))
    if record.automated_logic:
        logic = node.part("logic", (term("dpv:AlgorithmicLogic"),), by=v.HAS_LOGIC)
        logic.texts(record.automated_logic, v.DESCRIPTION)
    if record.automated_consequences:
        found = node.part("consequences", (term("dpv:Consequence"),), by=v.HAS_CONSEQUENCE)
        found.texts(record.automated_consequences, v.DESCRIPTION)
    measures = record.security_measures
    node.says(v.HAS_MEASURE, *graph.meanings("security_measures", measures))
    node.says(v.BE_MEASURE, *(graph.meaning("security_measures", code).own for code in measures))
    if record.security:
        kinds = (term("dpv:TechnicalOrganisationalMeasure"),)
        security = node.part("security", kinds, by=v.HAS_MEASURE)
        security.texts(record.security, v.DESCRIPTION)
        node.texts(record.security, v.BE_MEASURES_TEXT)


def _deny(node: Node, name: str, by: Term, value: Term) -> None:
    """What the body declares not to be so (OWL 2): to say nothing would be another thing."""
    denial = node.part(name, (term("owl:NegativePropertyAssertion"),))
    denial.says(v.DENIED_OF, node.iri)
    denial.says(v.DENIED_PROPERTY, by)
    denial.says(v.DENIED_VALUE, value)


def _tell_sources(record: PublicRecord, node: Node, graph: Graph) -> None:
    node.says(v.HAS_SOURCE, *graph.meanings("sources", record.sources))
    if Source.OTHER in record.sources:
        node.part("other-source", (term("dpv:DataSource"),), by=v.HAS_SOURCE)
    if record.source_detail:
        kinds = (term("dpv:DataSource"), term("dct:ProvenanceStatement"))
        detail = node.part("sources", kinds, by=v.HAS_SOURCE)
        node.says(v.PROVENANCE, detail.iri)
        detail.texts(record.source_detail, v.DESCRIPTION)
        is_authentic = Source.AUTHENTIC_SOURCE in record.sources
        node.texts(
            record.source_detail, v.BE_AUTHENTIC_SOURCE if is_authentic else v.BE_OTHER_SOURCE
        )


def _tell_impact_assessment(record: PublicRecord, node: Node) -> None:
    if not (record.dpia or record.dpia_summary or record.dpia_done_on):
        return
    assessment = node.part("dpia", (term("dpv:DPIA"),), by=v.HAS_ASSESSMENT)
    if record.dpia in DPIA_STATES:
        name, state = DPIA_STATES[record.dpia]
        assessment.says(name, state)
    if record.dpia_done_on:
        assessment.says(v.DATE, literal(record.dpia_done_on, "date"))
    assessment.texts(record.dpia_summary, v.DESCRIPTION)
    node.texts(record.dpia_summary, v.BE_ASSESSMENT)


def _tell_time(record: PublicRecord, node: Node, graph: Graph) -> None:
    if record.starts_on or record.ends_on:
        period = node.part("period", (term("dct:PeriodOfTime"),), by=v.TEMPORAL)
        for day, own, of_period in (
            (record.starts_on, v.STARTS_ON, v.START),
            (record.ends_on, v.ENDS_ON, v.END),
        ):
            if day:
                node.says(own, literal(day, "date"))
                period.says(of_period, literal(day, "date"))
    if record.ends_on:
        node.says(v.HAS_ACTIVITY_STATUS, COMPLETED if record.ends_on < graph.day else ONGOING)
    if record.rights_procedure:
        right = node.part("rights", (term("dpv:ActiveRight"),), by=v.HAS_RIGHT)
        kinds = (term("dpv:RightExerciseNotice"),)
        notice = right.part("rights-procedure", kinds, by=v.EXERCISED_AT)
        notice.texts(record.rights_procedure, v.DESCRIPTION)
        node.texts(record.rights_procedure, v.BE_RIGHTS)
