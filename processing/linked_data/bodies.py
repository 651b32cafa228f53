"""A body, whom to write to there, and its register."""

from django.utils.translation import gettext_lazy as _

from organisations.directory import Body
from organisations.languages import Text
from organisations.models import Organisation
from processing.exports.words import Words, department_name
from processing.linked_data import vocabularies as v
from processing.linked_data.addresses import Addresses
from processing.linked_data.languages import demonstration, translated
from processing.linked_data.terms import Group, Node, Term, iri, literal, pattern
from processing.linked_data.vocabularies import term

BODY = (term("foaf:Agent"), term("org:Organization"), term("dpv:DataController"))
REGISTER = (*(term("dpcat:ROPA"), term("dcat:Catalog"), term("dpv:ROPA"), term("begdpr:Register")),)
UNIT = (term("foaf:Agent"), term("org:OrganizationalUnit"))
CONTACT = (term("vcard:Kind"),)
OFFICER = (term("vcard:Kind"), term("dpv:DataProtectionOfficer"))
ABOUT_A_REGISTER = _("What this body does with personal data: its register under GDPR, Article 30.")
# The Crossroads Bank for Enterprises.
ENTERPRISE = "https://org.belgif.be/id/CbeRegisteredEntity/"


def texts(body: Body, field: str, words: Words) -> Text:
    """What the body wrote in a field, by language."""
    found = {}
    for language in words.languages:
        text = getattr(words.directory(language).by_id[body.id], field)
        if text and not text.is_fallback:
            found[language] = text.plain
    return found


def names(body: Body, words: Words) -> Text:
    """Its name in each language of the site, where none is its own the one that stands in."""
    found = words.directory
    return {language: found(language).by_id[body.id].name.plain for language in words.languages}


def tell_body(body: Body, words: Words, addresses: Addresses, triples: Group) -> None:
    node = Node(addresses.body(body.slug), triples)
    node.is_a(*BODY)
    node.texts(texts(body, "name", words) or names(body, words), v.AGENT_NAME, v.LABEL)
    node.texts(texts(body, "short_name", words), v.OTHER_LABEL)
    node.texts(texts(body, "description", words), v.DESCRIPTION)
    node.says(v.HIDDEN_LABEL, *map(literal, filter(None, body.former_names.split("\n"))))
    if number := body.enterprise_number:
        node.says(v.IDENTIFIER, literal(number))
        node.says(v.HAS_IDENTIFIER, literal(number))
        node.says(v.SAME_AS, iri(f"{ENTERPRISE}{number}"))
    for website in dict.fromkeys(texts(body, "website", words).values()):
        node.page(v.HOMEPAGE, website)
    kind = node.part(f"kind-{body.kind}", pattern(term("skos:Concept")), by=v.CLASSIFICATION)
    kind.texts(translated(Organisation.Kind(body.kind).label), v.LABEL)
    for name, key in (
        (v.PART_OF, body.parent_id),
        (v.HAS_AUTHORITY, body.supervisory_authority_id),
    ):
        if other := words.slug(key):
            node.says(name, iri(addresses.body(other)))
    _tell_where(body, node, words)
    _tell_contacts(body, node)


def _tell_where(body: Body, node: Node, words: Words) -> None:
    streets, cities = texts(body, "street", words), texts(body, "city", words)
    if streets or cities or body.postal_code:
        address = node.part("address", pattern(term("vcard:Address")), by=v.ADDRESS)
        node.says(v.HAS_ADDRESS, address.iri)
        address.texts(streets, v.STREET)
        address.texts(cities, v.CITY)
        if body.postal_code:
            address.says(v.POSTAL_CODE, literal(body.postal_code))


def _tell_contacts(body: Body, node: Node) -> None:
    contact, officer = contacts_of(body)
    if contact:
        part = node.part("contact", pattern(*CONTACT), by=v.CONTACT_POINT)
        _tell_way(part, body.contact_mailbox, body.phone)
        part.says(v.FULL_NAME, literal(body.name.plain))
    if officer:
        part = node.part("dpo", pattern(*OFFICER), by=v.HAS_DPO)
        _tell_way(part, body.dpo_mailbox, body.dpo_phone)
        part.says(v.FULL_NAME, literal(body.dpo_name or "DPO"))


def contacts_of(body: Body) -> tuple[str, str]:
    """The names of its contact point and of its data protection officer; empty without one."""
    contact = "contact" if body.contact_mailbox or body.phone else ""
    return contact, "dpo" if body.dpo_mailbox or body.dpo_phone or body.dpo_name else ""


def _tell_way(part: Node, mailbox: str, phone: str) -> None:
    if mailbox:
        part.says(v.EMAIL, iri(f"mailto:{mailbox}"))
    if phone:
        part.says(v.TELEPHONE, iri(f"tel:{phone.replace(' ', '')}"))


def register_title(named: Text) -> Text:
    """`named` is what the body is called in each language."""
    return translated(_("Register of processing activities: %(body)s"), body=named)


def tell_register(
    body: Body,
    words: Words,
    addresses: Addresses,
    triples: Group,
    types: tuple[Term, ...] = REGISTER,
) -> None:
    """The register as a catalogue of its entries; which these are, each entry tells."""
    node = Node(addresses.register(body.slug), triples)
    node.is_a(*types)
    node.texts(register_title(names(body, words)), v.TITLE)
    node.texts(translated(ABOUT_A_REGISTER), v.DESCRIPTION)
    node.texts(demonstration(), v.COMMENT)
    publisher = iri(addresses.body(body.slug))
    node.says(v.PUBLISHER, publisher)
    node.says(v.HAS_CONTROLLER, publisher)
    node.says(v.LICENCE, v.CC0)
    node.says(v.CONFORMS_TO, v.DPV_VERSION)
    contact, officer = contacts_of(body)
    for name in filter(None, (contact, officer)):
        node.says(v.CONTACT_POINT, iri(f"{addresses.body(body.slug)}#{name}"))
    if officer:
        node.says(v.HAS_DPO, iri(f"{addresses.body(body.slug)}#{officer}"))
    if body.contact_mailbox:
        node.says(v.BE_QUESTIONS, literal(body.contact_mailbox))


def tell_department(
    body: Body, department: int, words: Words, addresses: Addresses, triples: Group
) -> Term | None:
    """Nothing of a department that its body does not show."""
    found = words.named(department_name, department)
    if not found:
        return None
    node = Node(f"{addresses.body(body.slug)}#department-{department}", triples)
    node.is_a(*UNIT)
    node.texts(found, v.AGENT_NAME)
    node.says(v.UNIT_OF, iri(addresses.body(body.slug)))
    return node.iri
