"""Answering a question: a copy kept with it and the mail to the citizen, in one transaction."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from contact import outbox
from contact.models import Answer, Question
from organisations import mail
from organisations.models import User

# So many answers to one question at most: whoever writes more has another way to talk.
MOST_ANSWERS = 50


class NotAnswered(Exception):
    """An answer that cannot be given; as a string, why, in the reader's language."""

    reason: Promise

    def __str__(self) -> str:
        return str(self.reason)


class QuestionErased(NotAnswered):
    reason = _("The time of this question is over: it was erased. Nobody gets your answer.")


class NeedsNoAnswer(NotAnswered):
    reason = _(
        "Somebody closed this question: it needs no answer. Nothing is sent. Open it again first, "
        "if it does."
    )


class AnsweredMeanwhile(NotAnswered):
    reason = _(
        "Somebody else answered while you were writing. Read that answer below. Nothing of yours "
        "is sent yet: send again if the citizen needs your answer too."
    )


class TooManyAnswers(NotAnswered):
    reason = _("This question has too many answers already. Write to the citizen by mail.")


def fingerprint_of(question: Question) -> str:
    """Names the answers that somebody has seen."""
    last = question.answers.order_by("-pk").values_list("pk", flat=True).first()
    return str(last or 0)


def answer(question: Question, text: str, *, by: User, seen: str) -> Answer:
    """Mail the text to the citizen and keep it; the question then is answered.

    `seen` names the answers that the person knows of. Raises PermissionDenied for who does not
    publish for the body, and NotAnswered.
    """
    with transaction.atomic():
        # Whoever answers at the same moment waits until this one is done; so does the purge.
        locked = Question.objects.select_for_update(of=("self",)).select_related("organisation")
        question = locked.get(pk=question.pk)
        if not question.organisation.can_publish(by):
            raise PermissionDenied
        if question.purged_at:
            raise QuestionErased
        if question.status == Question.Status.SET_ASIDE:
            raise NeedsNoAnswer
        if fingerprint_of(question) != seen:
            raise AnsweredMeanwhile
        if question.answers.count() >= MOST_ANSWERS:
            raise TooManyAnswers
        [stored] = outbox.store(_mail(question, text), question=question)
        question.move_to(Question.Status.ANSWERED, by=by)
        return question.answers.create(text=text, by=by, mail=stored)


def _mail(question: Question, text: str) -> mail.EmailMultiAlternatives:
    """The text in a frame in the language of the citizen, who answers the body and not the site."""
    body = question.organisation
    with override(question.language):
        path = reverse("organisations:organisation_detail", args=[body.slug])
    reply_to = body.contact_mailbox or body.dpo_mailbox
    context = {
        "question": question,
        "body": body,
        "text": text,
        "reply_to": reply_to,
        "address": mail.site_address(path) if body.is_public else "",
    }
    return mail.compose(
        "mail/answer.txt",
        context,
        to=question.email,
        language=question.language,
        reply_to=reply_to,
    )
