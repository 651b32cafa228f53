"""The triples of an entry, without those of its rows.

What only codes and bodies decide is told by functions that are asked once for each of them
(Graph.pattern); what people wrote, each time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.exports.entries import Published
from processing.law import GDPR_IRI, ActsAs, ImpactAssessment, Source
from processing.linked_data import vocabularies as v
from processing.linked_data.bodies import contacts_of
from processing.linked_data.terms import Node, Term, boolean, iri, literal, pattern
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
MEASURE, SOURCE = term("dpv:TechnicalOrganisationalMeasure"), term("dpv:DataSource")
AUTOMATED = term("dpv:AutomatedDecisionMaking")
ONGOING, COMPLETED = term("dpv:ActivityOngoing"), term("dpv:ActivityCompleted")
DPIA_STATES = {
    ImpactAssessment.NOT_NEEDED: (v.HAS_STATUS, term("eu-gdpr:DPIANotRequired")),
    ImpactAssessment.UNDER_WAY: (v.HAS_ACTIVITY_STATUS, ONGOING),
    ImpactAssessment.DONE: (v.HAS_ACTIVITY_STATUS, COMPLETED),
    ImpactAssessment.NOT_DONE: (v.HAS_ACTIVITY_STATUS, term("dpv:ActivityNotCompleted")),
}
# Field of the record -> how its codes are told: all that they say, and in the federal vocabulary.
CODED = {
    "themes": (v.THEME, None),
    "data_subjects": (v.HAS_SUBJECT, v.BE_PEOPLE),
    "processing_types": (v.HAS_CONTEXT, v.BE_PROCESSING_TYPE),
    "security_measures": (v.HAS_MEASURE, v.BE_MEASURE),
    "sources": (v.HAS_SOURCE, None),
}
# What a body may declare not to be -> what is denied, of which property.
DECLARED = {
    "has_no_special_data": (v.HAS_DATA, term("dpv:SpecialCategoryPersonalData")),
    "has_no_recipients": (v.HAS_RECIPIENT, term("dpv:Recipient")),
    "has_no_transfers": (v.HAS_PROCESSING, term("dpv:Transfer")),
}
A_REFERENCE = pattern(term("adms:Identifier"))
SOME_PEOPLE = pattern(term("dpv:DataSubjectScale"))
SOME_LOGIC = pattern(term("dpv:AlgorithmicLogic"))
CONSEQUENCES = pattern(term("dpv:Consequence"))
SECURITY = pattern(MEASURE)
SOURCES = pattern(SOURCE, term("dct:ProvenanceStatement"))
AN_ASSESSMENT = pattern(term("dpv:DPIA"))
A_PERIOD = pattern(term("dct:PeriodOfTime"))
A_RIGHT = pattern(term("dpv:ActiveRight"))
A_NOTICE = pattern(term("dpv:RightExerciseNotice"))


def tell(entry: Published, node: Node, graph: Graph) -> None:
    record = entry.record
    node.is_like(graph.pattern(_what_it_is, *record.languages))
    reference = literal(f"{graph.words.slug(record.organisation)}/{record.number}")
    node.says(v.IDENTIFIER, reference)
    node.says(v.HAS_IDENTIFIER, reference)
    node.says(v.VERSION, literal(entry.version))
    published = literal(entry.published_at.isoformat(timespec="seconds"), "dateTime")
    node.says(v.ISSUED, published)
    node.says(v.MODIFIED, published)
    _tell_names(record, node)
    node.is_like(graph.pattern(_of_body, record.organisation, record.acts_as))
    if record.department or record.replaced_by:
        _tell_places(record, node, graph)
    for name in CODED:
        for code in getattr(record, name):
            node.is_like(graph.pattern(_coded, name, code))
    declared = (record.vulnerable_people, record.automated_decisions)
    node.is_like(graph.pattern(_declared, *declared, *(getattr(record, name) for name in DECLARED)))
    _tell_how(record, node)
    _tell_impact_assessment(record, node)
    _tell_time(record, node, graph)


def _what_it_is(node: Node, graph: Graph, *languages: str) -> None:
    node.is_a(*ENTRY)
    node.says(v.LICENCE, v.CC0)
    node.says(v.CONFORMS_TO, v.DPV_VERSION)
    node.says(v.IN_LANGUAGE, *(v.LANGUAGE[language] for language in languages))


def _tell_names(record: PublicRecord, node: Node) -> None:
    node.texts(record.name, v.TITLE)
    # DCAT-AP asks for one.
    node.texts(record.summary or record.name, v.DESCRIPTION)
    node.words(record.keywords, v.KEYWORD)
    if record.reference:
        own = node.part("reference", A_REFERENCE, by=v.OTHER_IDENTIFIER)
        own.says(v.NOTATION, literal(record.reference))


def _of_body(node: Node, graph: Graph, organisation: int, acts_as: str) -> None:
    body = graph.words.directory().by_id.get(organisation)
    if body is None:
        return
    acts = ActsAs(acts_as)
    is_controller = acts == ActsAs.CONTROLLER
    agent = graph.body(body.id, CONTROLLER if is_controller else PROCESSOR)
    node.says(v.PUBLISHER, agent)
    node.says(v.LEGISLATION, PARAGRAPHS[acts])
    node.says(v.HAS_CONTROLLER if is_controller else v.HAS_PROCESSOR, agent)
    # In the federal vocabulary, a role that points to the body.
    role, by = ("Controller", v.BE_CONTROLLER) if is_controller else ("Processor", v.BE_PROCESSOR)
    node.part("body", pattern(term(f"begdpr:{role}")), by=by).says(v.MEMBER_OF, agent)
    for name in filter(None, contacts_of(body)):
        contact = iri(f"{graph.addresses.body(body.slug)}#{name}")
        node.says(v.CONTACT_POINT, contact)
        if name == "dpo":
            node.says(v.HAS_DPO, contact)
            node.says(v.BE_DPO, contact)
    register = Node(graph.register(body), node.triples)
    register.says(v.DATASET, node.iri)
    register.says(v.BE_ENTRY, node.iri)


def _tell_places(record: PublicRecord, node: Node, graph: Graph) -> None:
    body = graph.words.directory().by_id.get(record.organisation)
    if record.department and body and (unit := graph.department(body, record.department)):
        node.says(v.IMPLEMENTED_BY, unit)
    if record.replaced_by and body:
        reference = f"{body.slug}/{record.replaced_by}"
        node.says(v.REPLACED_BY, iri(graph.addresses.entry(reference)))
        node.says(v.BE_REPLACED_BY, literal(reference))


def _coded(node: Node, graph: Graph, name: str, code: str) -> None:
    meaning = graph.meaning(name, code)
    by, in_federal_words = CODED[name]
    node.says(by, *meaning.all)
    if in_federal_words:
        node.says(in_federal_words, meaning.own)
    if code == Source.OTHER and name == "sources":
        node.part("other-source", pattern(SOURCE), by=by)


def _declared(
    node: Node, graph: Graph, is_vulnerable: bool, is_automated: bool | None, *has_none: bool
) -> None:
    if is_vulnerable:
        people = term("dpv:VulnerableDataSubject")
        graph.typed(people, term("dpv:DataSubject"), term("dpv:HumanSubject"))
        node.says(v.HAS_SUBJECT, people)
        node.says(v.BE_VULNERABLE, boolean(True))
    if is_automated:
        node.says(v.HAS_CONTEXT, AUTOMATED)
    elif is_automated is not None:
        _deny(node, "no-automated-decisions", v.HAS_CONTEXT, AUTOMATED)
    for (name, denied), is_denied in zip(DECLARED.items(), has_none, strict=True):
        if is_denied:
            _deny(node, name.removeprefix("has_").replace("_", "-"), *denied)


def _deny(node: Node, name: str, by: Term, value: Term) -> None:
    """What the body declares not to be so (OWL 2): to say nothing would be another thing."""
    denial = node.part(name, pattern(term("owl:NegativePropertyAssertion")))
    denial.says(v.DENIED_OF, node.iri)
    denial.says(v.DENIED_PROPERTY, by)
    denial.says(v.DENIED_VALUE, value)


def _tell_how(record: PublicRecord, node: Node) -> None:
    if record.people_count is not None:
        scale = node.part("people", SOME_PEOPLE, by=v.HAS_SCALE)
        scale.says(v.VALUE, literal(record.people_count, "integer"))
    if record.automated_logic:
        logic = node.part("logic", SOME_LOGIC, by=v.HAS_LOGIC)
        logic.texts(record.automated_logic, v.DESCRIPTION)
    if record.automated_consequences:
        found = node.part("consequences", CONSEQUENCES, by=v.HAS_CONSEQUENCE)
        found.texts(record.automated_consequences, v.DESCRIPTION)
    if record.security:
        security = node.part("security", SECURITY, by=v.HAS_MEASURE)
        security.texts(record.security, v.DESCRIPTION)
        node.texts(record.security, v.BE_MEASURES_TEXT)
    if record.source_detail:
        detail = node.part("sources", SOURCES, by=v.HAS_SOURCE)
        node.says(v.PROVENANCE, detail.iri)
        detail.texts(record.source_detail, v.DESCRIPTION)
        is_authentic = Source.AUTHENTIC_SOURCE.value in record.sources
        by = v.BE_AUTHENTIC_SOURCE if is_authentic else v.BE_OTHER_SOURCE
        node.texts(record.source_detail, by)


def _tell_impact_assessment(record: PublicRecord, node: Node) -> None:
    if not (record.dpia or record.dpia_summary or record.dpia_done_on):
        return
    assessment = node.part("dpia", AN_ASSESSMENT, by=v.HAS_ASSESSMENT)
    if record.dpia in DPIA_STATES:
        name, state = DPIA_STATES[record.dpia]
        assessment.says(name, state)
    if record.dpia_done_on:
        assessment.says(v.DATE, literal(record.dpia_done_on, "date"))
    assessment.texts(record.dpia_summary, v.DESCRIPTION)
    node.texts(record.dpia_summary, v.BE_ASSESSMENT)


def _tell_time(record: PublicRecord, node: Node, graph: Graph) -> None:
    if record.starts_on or record.ends_on:
        period = node.part("period", A_PERIOD, by=v.TEMPORAL)
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
        right = node.part("rights", A_RIGHT, by=v.HAS_RIGHT)
        notice = right.part("rights-procedure", A_NOTICE, by=v.EXERCISED_AT)
        notice.texts(record.rights_procedure, v.DESCRIPTION)
        node.texts(record.rights_procedure, v.BE_RIGHTS)
