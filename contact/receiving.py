"""Receiving a question: stored, with the mails about it, in one transaction."""

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.crypto import salted_hmac

from contact import outbox
from contact.allowances import Allowances
from contact.models import Question
from contact.models.question import due_after, new_reference
from contact.networks import limits_of
from organisations import mail
from organisations.models import Organisation


class FormUsed(Exception):
    """The form was sent before, with something else in it; `reference` is of that question."""

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference


class TooMany(Exception):
    """So many questions came from this network today that it may be no person."""


def receive(question: Question, *, networks: tuple[str, ...]) -> Question:
    """Store the question and the mails about it; gives the one that is stored.

    The same question again, from the same form or from another, is the question that is there
    already for as long as it waits for an answer. Raises FormUsed and TooMany, and then nothing
    is stored.
    """
    question.fingerprint = _fingerprint(question)
    question.due_on = due_after(question.received_at)
    today = Allowances.of_today()
    with transaction.atomic():
        stored = _stored(question)
        if stored.reference != question.reference:
            return stored
        # Always from narrow to wide: two questions at once do not wait for each other for ever.
        for network, most in limits_of(networks, settings.QUESTIONS_PER_NETWORK).items():
            if not today.take("network", network, most=most):
                raise TooMany
        _mail_to_the_body(stored)
        # An address that is not the sender's own gets some of these, not a flood.
        receiver = _mailbox_behind(question.email)
        if today.take("acknowledgement", receiver, most=settings.ACKNOWLEDGEMENTS):
            _mail_to_the_citizen(stored)
    return stored


def _stored(question: Question) -> Question:
    """The question in the database: this one, or the same from before."""
    while True:
        question.reference = new_reference()
        # Not an INSERT that may fail: PostgreSQL would write its values into the log.
        Question.objects.bulk_create([question], ignore_conflicts=True)
        same = Q(fingerprint=question.fingerprint, status__in=Question.OPEN)
        found = Question.objects.filter(same | Q(form=question.form)).select_related("organisation")
        by_content = [stored for stored in found if stored.fingerprint == question.fingerprint]
        if by_content:
            return by_content[0]
        if found:
            raise FormUsed(found[0].reference)
        # Somebody else's question has this reference: take another.


def _fingerprint(question: Question) -> str:
    """What is the same for the same question, and tells nothing without our key."""
    content = (
        *(question.organisation_id, question.activity_number, question.kind),
        *(question.name, question.email.lower(), question.message),
    )
    return salted_hmac("contact.question", repr(content), algorithm="sha256").hexdigest()


def _mail_to_the_body(question: Question) -> None:
    body = question.organisation
    path = reverse("admin:contact_question_change", args=[question.pk])
    for address, language, may_read in _receivers(body):
        is_message_mailed = body.is_message_mailed and may_read
        context = {
            "question": question,
            "body": body,
            "address": mail.admin_address(path),
            "is_message_mailed": is_message_mailed,
            # No line of the citizen can pass for one of ours.
            "quoted": "\n".join(f"> {line}" for line in question.message.splitlines()),
        }
        message = mail.compose(
            "mail/question.txt",
            context,
            to=address,
            language=language,
            reply_to=question.email if is_message_mailed else "",
        )
        outbox.store(message, question=question)


def _receivers(body: Organisation) -> list[tuple[str, str, bool]]:
    """Address and language of who deals with questions, and whether they may read what citizens
    write: a general mailbox only learns that there is something. Never nobody.
    """
    if body.dpo_mailbox:
        return [(body.dpo_mailbox, body.mail_language, True)]
    if body.contact_mailbox:
        return [(body.contact_mailbox, body.mail_language, False)]
    return [(person.email, person.language, True) for person in body.people_who_answer()]


def _mailbox_behind(address: str) -> str:
    """The mailbox that an address leads to: what stands behind a plus sign only sorts its mail."""
    local_part, _at, domain = address.lower().rpartition("@")
    return f"{local_part.partition('+')[0]}@{domain}"


def _mail_to_the_citizen(question: Question) -> None:
    """Without a word of what was written: the address may be somebody else's."""
    body = question.organisation
    path = reverse("organisations:organisation_detail", args=[body.slug])
    message = mail.compose(
        "mail/acknowledgement.txt",
        {"question": question, "body": body, "address": mail.site_address(path)},
        to=question.email,
        language=question.language,
    )
    outbox.store(message, question=question)
