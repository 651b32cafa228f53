"""What tests are made of: each function creates one thing with sensible values."""

from itertools import count

from django.utils import timezone

from contact.models import Question
from contact.receiving import receive
from organisations.models import Membership, Organisation, User
from processing.models import (
    DataItem,
    JointController,
    ProcessingActivity,
    Processor,
    Publication,
    Purpose,
    Recipient,
    Transfer,
)

_serial = count(1)


def create_user(email: str = "", **fields) -> User:
    """Somebody without a password: tests log in by force, and hashing takes its time."""
    email = email or f"person{next(_serial)}@people.example"
    return User.objects.create_user(email, **{"language": "en"} | fields)


def create_administrator(email: str = "central@people.example") -> User:
    return create_user(email, is_staff=True, is_superuser=True)


def create_organisation(slug: str = "", **fields) -> Organisation:
    slug = slug or f"body-{next(_serial)}"
    values = {
        "kind": Organisation.Kind.AGENCY,
        "is_public": True,
        "name_nl": f"Dienst {slug}",
        "name_fr": f"Service {slug}",
        "name_de": f"Dienststelle {slug}",
        "name_en": f"Agency {slug}",
        "dpo_mailbox": f"dpo@{slug}.example",
    }
    return Organisation.objects.create(slug=slug, **(values | fields))


def create_member(organisation: Organisation, role: str, email: str = "") -> User:
    user = create_user(email, is_staff=True)
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


def create_question(organisation: Organisation, **fields) -> Question:
    """A question as it comes in, with the mails about it."""
    values = {
        "kind": Question.Kind.QUESTION,
        "name": "Robin",
        "email": f"robin{next(_serial)}@citizens.example",
        "message": "Which data do you have?",
        "language": "en",
        "form": f"form-{next(_serial)}",
        "received_at": timezone.now(),
    }
    return receive(Question(organisation=organisation, **(values | fields)), network=None)


def create_activity(
    organisation: Organisation, *, name: str = "Visitors", language: str = "en", **fields
) -> ProcessingActivity:
    """A draft that has all that Article 30 demands, written in one language."""
    activity = ProcessingActivity.objects.create(
        organisation=organisation,
        **{f"name_{language}": name, f"summary_{language}": f"Summary of {name}."} | fields,
    )
    activity.data_subjects.set(["01"])
    activity.themes.set(["TAXE"])
    Purpose.objects.create(
        activity=activity,
        category_id="B1_01",
        legal_basis="e",
        **{f"description_{language}": f"Purpose of {name}."},
    )
    DataItem.objects.create(
        activity=activity,
        category_id="A1",
        retention_period=10,
        retention_unit="year",
        retention_after="destroy",
    )
    return activity


def create_full_activity(
    organisation: Organisation, other: Organisation, canary: str
) -> ProcessingActivity:
    """An activity with the canary in every text field, public and internal, in every language."""

    def texts(field: str) -> dict[str, str]:
        return {
            f"{field}_{code}": f"{canary}-{field.replace('_', '')}-{code}"
            for code in ("nl", "fr", "de", "en")
        }

    activity = ProcessingActivity.objects.create(
        organisation=organisation,
        reference=f"{canary}-reference",
        automated_decisions=True,
        dpia_done=True,
        sources=["person", "other"],
        owner=f"{canary}-internal-owner",
        system=f"{canary}-internal-system",
        contract_references=f"{canary}-internal-contracts",
        detailed_measures=f"{canary}-internal-measures",
        remarks=f"{canary}-internal-remarks",
        **texts("name"),
        **texts("summary"),
        **texts("automated_logic"),
        **texts("automated_consequences"),
        **texts("source_detail"),
        **texts("security"),
        **texts("dpia_summary"),
        **texts("rights_procedure"),
    )
    activity.themes.set(["TAXE"])
    activity.data_subjects.set(["01", "12"])
    activity.security_measures.set(["02"])
    Purpose.objects.create(
        activity=activity,
        category_id="A1_01",
        legal_basis="f",
        law_url=f"https://law.example/{canary}-lawurl",
        **texts("description"),
        **texts("law_title"),
        **texts("legitimate_interest"),
    )
    DataItem.objects.create(
        activity=activity, category_id="M1", **texts("detail"), **texts("retention_criterion")
    )
    Recipient.objects.create(
        activity=activity,
        category_id="H",
        authorisation_url=f"https://protocol.example/{canary}-authorisationurl",
        **texts("name"),
        **texts("what"),
        **texts("authorisation"),
    )
    Recipient.objects.create(activity=activity, organisation=other, **texts("what"))
    Processor.objects.create(
        activity=activity,
        name=f"{canary}-processor",
        contract_reference=f"{canary}-internal-contract",
        **texts("task"),
    )
    JointController.objects.create(activity=activity, **texts("name"), **texts("arrangement"))
    Transfer.objects.create(
        activity=activity,
        mechanism_id="02",
        url=f"https://safeguards.example/{canary}-url",
        **texts("international_organisation"),
        **texts("safeguards"),
    )
    return activity


def create_publication(
    organisation: Organisation, *, by: User, name: str = "Visitors", **fields
) -> Publication:
    return create_activity(organisation, name=name, **fields).publish(by=by)
