"""What tests are made of: each function creates one thing with sensible values."""

from itertools import count
from uuid import uuid4

from django.db import models
from django.utils import timezone

from contact.models import Question
from contact.receiving import receive
from organisations.models import Membership, Organisation, User
from processing.models import (
    PARTS,
    DataItem,
    FormDraft,
    JointController,
    LegalGround,
    ProcessingActivity,
    Processor,
    Publication,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)
from processing.snapshots import NOT_CONTENT, content_fields

# The least length of a field in which people write a text.
LONG = 30

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
    return receive(Question(organisation=organisation, **(values | fields)), networks=())


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
        **{f"description_{language}": f"Purpose of {name}."},
    )
    LegalGround.objects.create(activity=activity, ground="6-e")
    DataItem.objects.create(activity=activity, category_id="A1")
    Retention.objects.create(activity=activity, period=10, unit="year", after="destroy")
    return activity


def create_draft(
    person: User, activity: ProcessingActivity | None, *bodies: Organisation, **typed: str
) -> FormDraft:
    """A form that somebody left unsaved; without an activity, of a new one."""
    key = uuid4()
    about = bodies or (activity.organisation,)
    fields = {name: [value] for name, value in typed.items()}
    FormDraft.keep(
        person=person, activity=activity, key=key, bodies=[b.pk for b in about], fields=fields
    )
    return FormDraft.objects.get(person=person, key=key)


def canary_texts(model: type[models.Model], canary: str) -> dict[str, str]:
    """The canary for each field in which people write a text, public and internal.

    The words also tell which field holds them: canary-summary-nl, canary-purpose-description-fr,
    canary-internal-remarks.
    """
    part = () if model in (ProcessingActivity, Organisation) else (model._meta.model_name,)
    texts = {}
    for field in content_fields(model, without=NOT_CONTENT):
        if not isinstance(field, models.CharField | models.TextField) or field.choices:
            continue
        # Codes, numbers and the like are no texts.
        if isinstance(field, models.SlugField) or (field.max_length or LONG) < LONG:
            continue
        name = getattr(field, "translated_field", field).name
        internal = ("internal",) if name in model.INTERNAL else ()
        language = (field.language,) if name != field.name else ()
        word = "-".join((canary, *internal, *part, name.replace("_", ""), *language))
        if isinstance(field, models.URLField):
            word = f"https://link.example/{word}"
        elif isinstance(field, models.EmailField):
            word = f"{word}@mail.example"
        texts[field.name] = word
    return texts


def create_full_activity(
    organisation: Organisation, other: Organisation, canary: str
) -> ProcessingActivity:
    """An activity with the canary in every text field, public and internal, in every language."""
    activity = ProcessingActivity.objects.create(
        organisation=organisation,
        automated_decisions=True,
        dpia="done",
        sources=["person", "other"],
        **canary_texts(ProcessingActivity, canary),
    )
    activity.themes.set(["TAXE"])
    activity.data_subjects.set(["01", "12"])
    activity.security_measures.set(["02"])
    rows = {
        ServedController: {},
        Purpose: {"category_id": "A1_01"},
        LegalGround: {"ground": "6-f"},
        DataItem: {"category_id": "M1"},
        Retention: {},
        Recipient: {"category_id": "H"},
        Processor: {},
        JointController: {},
        Transfer: {"mechanism_id": "02"},
    }
    for part in PARTS:
        part.objects.create(activity=activity, **rows[part], **canary_texts(part, canary))
    Recipient.objects.create(
        activity=activity, organisation=other, what_nl=f"{canary}-recipient-what-nl"
    )
    return activity


def create_publication(
    organisation: Organisation, *, by: User, name: str = "Visitors", **fields
) -> Publication:
    return create_activity(organisation, name=name, **fields).publish(by=by)
