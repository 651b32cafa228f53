"""The vocabularies, and the properties and classes that are used of them.

JSON-LD calls a property as it is named here, and reads its values as its kind says. DPV has no
context of its own for that: json_ld.py makes one from this table.
"""

from functools import cache
from typing import NamedTuple

from processing.linked_data.terms import TYPE, Term

PREFIXES = {
    "adms": "http://www.w3.org/ns/adms#",
    "begdpr": "http://vocab.belgif.be/ns/gdpr#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcatap": "http://data.europa.eu/r5r/",
    "dct": "http://purl.org/dc/terms/",
    "dpcat": "https://w3id.org/dpcat#",
    "dpv": "https://w3id.org/dpv#",
    "eu-gdpr": "https://w3id.org/dpv/legal/eu/gdpr#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "loc": "https://w3id.org/dpv/loc#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "pd": "https://w3id.org/dpv/pd#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# Where the legal acts of the Union, file types, languages and so on have their addresses.
EU = "http://publications.europa.eu/resource/authority"
CC0 = f"<{EU}/licence/CC0>"
LANGUAGE = {
    language: f"<{EU}/language/{code}>"
    for language, code in {"nl": "NLD", "fr": "FRA", "de": "DEU", "en": "ENG"}.items()
}
# Addresses without a version mean the latest: this is the one that is meant.
DPV_VERSION = "<https://w3id.org/dpv/2.3>"

# Kinds of properties: their values are things, texts in languages, or what XML Schema calls so.
THINGS, TEXTS, PLAIN = "@id", "@language", ""


class Property(NamedTuple):
    # In JSON-LD.
    name: str
    # With a prefix.
    short: str
    kind: str


PROPERTIES: dict[Term, Property] = {}


@cache
def term(short: str) -> Term:
    """A class or a thing, such as dpv:Purpose."""
    prefix, _colon, name = short.partition(":")
    return f"<{PREFIXES[prefix]}{name}>"


def prop(short: str, kind: str = THINGS, name: str = "") -> Term:
    found = term(short)
    PROPERTIES[found] = Property(name or short.partition(":")[2], short, kind)
    return found


# Dublin Core, DCAT, DCAT-AP, ADMS: what is told of any data, and of documents.
TITLE = prop("dct:title", TEXTS)
DESCRIPTION = prop("dct:description", TEXTS)
KEYWORD = prop("dcat:keyword", TEXTS)
IDENTIFIER = prop("dct:identifier", PLAIN)
OTHER_IDENTIFIER = prop("adms:identifier", THINGS, "otherIdentifier")
PUBLISHER = prop("dct:publisher")
ISSUED = prop("dct:issued", "dateTime")
MODIFIED = prop("dct:modified", "dateTime")
VERSION = prop("dcat:version", PLAIN)
THEME = prop("dcat:theme")
IN_LANGUAGE = prop("dct:language")
LICENCE = prop("dct:license")
CONFORMS_TO = prop("dct:conformsTo")
LEGISLATION = prop("dcatap:applicableLegislation")
CONTACT_POINT = prop("dcat:contactPoint")
TEMPORAL = prop("dct:temporal")
START = prop("dcat:startDate", "date", "periodStart")
END = prop("dcat:endDate", "date", "periodEnd")
PROVENANCE = prop("dct:provenance")
REPLACED_BY = prop("dct:isReplacedBy")
HAS_PART = prop("dct:hasPart")
KIND = prop("dct:type", THINGS, "kind")
DATE = prop("dct:date", "date")
CITATION = prop("dct:bibliographicCitation", PLAIN)
RELATION = prop("dct:relation")
DATASET = prop("dcat:dataset")
CATALOG = prop("dcat:catalog")
DISTRIBUTION = prop("dcat:distribution")
ACCESS_URL = prop("dcat:accessURL")
DOWNLOAD_URL = prop("dcat:downloadURL")
MEDIA_TYPE = prop("dcat:mediaType")
COMPRESSED = prop("dcat:compressFormat")
FORMAT = prop("dct:format")
FREQUENCY = prop("dct:accrualPeriodicity")
SPATIAL = prop("dct:spatial")
ACCESS_RIGHTS = prop("dct:accessRights")
LANDING_PAGE = prop("dcat:landingPage")
THEME_TAXONOMY = prop("dcat:themeTaxonomy")
DATA_SERVICE = prop("dcat:service")
ENDPOINT = prop("dcat:endpointURL")
ENDPOINT_DESCRIPTION = prop("dcat:endpointDescription")
SERVES = prop("dcat:servesDataset")
# Of schema.org, where the federal vocabulary uses it.
STARTS_ON = prop("schema:startDate", "date", "startDate")
ENDS_ON = prop("schema:endDate", "date", "endDate")

# People and organisations.
AGENT_NAME = prop("foaf:name", TEXTS, "name")
HOMEPAGE = prop("foaf:homepage")
PAGE = prop("foaf:page")
UNIT_OF = prop("org:unitOf")
PART_OF = prop("org:subOrganizationOf")
MEMBER_OF = prop("org:memberOf")
CLASSIFICATION = prop("org:classification")
ON_BEHALF_OF = prop("prov:actedOnBehalfOf")
FULL_NAME = prop("vcard:fn", PLAIN, "fullName")
EMAIL = prop("vcard:hasEmail")
TELEPHONE = prop("vcard:hasTelephone")
ADDRESS = prop("vcard:hasAddress")
STREET = prop("vcard:street-address", TEXTS, "streetAddress")
POSTAL_CODE = prop("vcard:postal-code", PLAIN, "postalCode")
CITY = prop("vcard:locality", TEXTS)

# Terms of code lists.
LABEL = prop("skos:prefLabel", TEXTS)
OTHER_LABEL = prop("skos:altLabel", TEXTS)
HIDDEN_LABEL = prop("skos:hiddenLabel", PLAIN)
DEFINITION = prop("skos:definition", TEXTS)
NOTATION = prop("skos:notation", PLAIN)
BROADER = prop("skos:broader")
IN_SCHEME = prop("skos:inScheme")
SCOPE = prop("skos:scopeNote", TEXTS)
MATCHES = {kind: prop(f"skos:{kind}Match") for kind in ("exact", "close", "broad")}
COMMENT = prop("rdfs:comment", TEXTS)
VALUE = prop("rdf:value", "integer")
SAME_AS = prop("owl:sameAs")
# What is declared not to be so.
DENIED_OF = prop("owl:sourceIndividual")
DENIED_PROPERTY = prop("owl:assertionProperty")
DENIED_VALUE = prop("owl:targetIndividual")

# The Data Privacy Vocabulary.
HAS_CONTROLLER = prop("dpv:hasDataController")
HAS_PROCESSOR = prop("dpv:hasDataProcessor")
HAS_JOINT_CONTROLLERS = prop("dpv:hasJointDataControllers")
HAS_DPO = prop("dpv:hasDataProtectionOfficer")
HAS_RECIPIENT = prop("dpv:hasRecipient")
HAS_IMPORTER = prop("dpv:hasDataImporter")
HAS_AUTHORITY = prop("dpv:hasAuthority")
IMPLEMENTED_BY = prop("dpv:isImplementedByEntity")
HAS_PURPOSE = prop("dpv:hasPurpose")
HAS_LEGAL_BASIS = prop("dpv:hasLegalBasis")
HAS_LAW = prop("dpv:hasApplicableLaw")
HAS_DATA = prop("dpv:hasPersonalData")
HAS_SUBJECT = prop("dpv:hasDataSubject")
HAS_SCALE = prop("dpv:hasDataSubjectScale")
HAS_SOURCE = prop("dpv:hasDataSource")
HAS_PROCESSING = prop("dpv:hasProcessing")
HAS_CONTEXT = prop("dpv:hasContext")
HAS_LOGIC = prop("dpv:hasAlgorithmicLogic")
HAS_CONSEQUENCE = prop("dpv:hasConsequence")
HAS_MEASURE = prop("dpv:hasTechnicalOrganisationalMeasure")
HAS_LEGAL_MEASURE = prop("dpv:hasLegalMeasure")
HAS_ASSESSMENT = prop("dpv:hasImpactAssessment")
HAS_ACTIVITY_STATUS = prop("dpv:hasActivityStatus")
HAS_STATUS = prop("dpv:hasStatus")
HAS_RIGHT = prop("dpv:hasRight")
EXERCISED_AT = prop("dpv:isExercisedAt")
HAS_STORAGE = prop("dpv:hasStorageCondition")
HAS_DURATION = prop("dpv:hasDuration", "duration")
HAS_JUSTIFICATION = prop("dpv:hasJustification")
HAS_NECESSITY = prop("dpv:hasNecessity")
HAS_COUNTRY = prop("dpv:hasCountry")
HAS_THIRD_COUNTRY = prop("dpv:hasThirdCountry")
HAS_LOCATION = prop("dpv:hasLocation")
HAS_ADDRESS = prop("dpv:hasAddress", THINGS, "address")
HAS_NAME = prop("dpv:hasName", TEXTS)
HAS_IDENTIFIER = prop("dpv:hasIdentifier", PLAIN)
HAS_CONTACT = prop("dpv:hasContact", TEXTS)


def _federal(name: str, kind: str = THINGS) -> Term:
    """Of the federal vocabulary of the GDPR. Its names are kept apart from those of DPV."""
    return prop(f"begdpr:{name}", kind, f"begdpr:{name}")


BE_CONTROLLER = _federal("hasController")
BE_PROCESSOR = _federal("hasProcessor")
BE_DPO = _federal("hasDPO")
BE_QUESTIONS = _federal("emailPrivacyQuestions", PLAIN)
BE_ENTRY = _federal("hasDataTreatment")
BE_PEOPLE = _federal("involvedParty")
BE_VULNERABLE = _federal("isVulnerable", "boolean")
BE_PROCESSING_TYPE = _federal("treatmentType")
BE_AUTHENTIC_SOURCE = _federal("authoritativeSource", TEXTS)
BE_OTHER_SOURCE = _federal("otherSource", TEXTS)
BE_MEASURE = _federal("securityMeasure")
BE_MEASURES_TEXT = _federal("securityMeasuresText", TEXTS)
BE_ASSESSMENT = _federal("privacyImpact", TEXTS)
BE_REPLACED_BY = _federal("replacedBy", PLAIN)
BE_RIGHTS = _federal("rightsProcedure", TEXTS)
BE_FIRST_PURPOSE = _federal("finalityMain")
BE_OTHER_PURPOSE = _federal("finalityOther")
BE_PURPOSE_TEXT = _federal("finalityText", TEXTS)
BE_LEGAL_BASIS = _federal("juridicalBase")
BE_LAW_TEXT = _federal("juridicalBaseText", TEXTS)
BE_DATA = _federal("dataCategory")
BE_DATA_TEXT = _federal("dataCategoryText", TEXTS)
BE_SENSITIVE = _federal("isSensitive", "boolean")
BE_JUDICIAL = _federal("isJuridical", "boolean")
BE_RETENTION = _federal("conservation", TEXTS)
BE_RECEIVER = _federal("hasDataReceiver")
BE_RECEIVER_TYPE = _federal("receiverType")
BE_AUTHORISATION = _federal("authorization", TEXTS)
BE_COUNTRY = _federal("destinationCountry")
BE_MECHANISM = _federal("transferNature")
BE_SAFEGUARDS = _federal("guarantee", TEXTS)

# VoID: what a set of linked data is, and how to get it.
DUMP = prop("void:dataDump")
VOID_FEATURE = prop("void:feature")
URI_SPACE = prop("void:uriSpace", PLAIN)
USES_VOCABULARY = prop("void:vocabulary")
EXAMPLE = prop("void:exampleResource")
ROOT = prop("void:rootResource")

PROPERTIES[TYPE] = Property("type", "rdf:type", THINGS)
