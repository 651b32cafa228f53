"""How long the site keeps what citizens wrote. The privacy page tells it from here."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import DateTimeField, Exists, F, Func, Model, OuterRef, Q, QuerySet, Value
from django.db.models.lookups import LessThanOrEqual
from django.dispatch import receiver
from django.utils import timezone

from contact.allowances import forget_before
from contact.models import Answer, Mail, Question
from processing.signals import words_erased

Kind = Question.Kind
# So many at once: a purge of years of questions locks none of them for long.
BATCH = 500


@dataclass
class Purged:
    """What a purge did, as numbers."""

    questions: int = 0
    mails: int = 0
    allowances: int = 0
    waiting_for_mail: int = 0
    mail_files: int = 0


class MonthsLater(Func):
    """The same moment so many months later; a shorter month ends the period on its last day."""

    # closed_at + make_interval(months => 6)
    template = "(%(expressions)s))"
    arg_joiner = " + make_interval(months => "
    output_field = DateTimeField()


def months_kept(kind: str) -> int:
    """For how many months after its answer a question of this kind is kept."""
    if kind == Kind.QUESTION:
        return settings.QUESTION_MONTHS
    return settings.ERROR_MONTHS if kind == Kind.ERROR else settings.RIGHT_MONTHS


def rules() -> dict[str, int]:
    """The rules in numbers, for the pages that tell them: months, and days for a mail."""
    return {
        "question": months_kept(Kind.QUESTION),
        "right": months_kept(Kind.ACCESS),
        "error": months_kept(Kind.ERROR),
        "mail": settings.MAIL_DAYS,
    }


def purge() -> Purged:
    """Erase what its rule says is over (GDPR Art. 5(1)(e)).

    An open question never is, and no mail that has not been delivered; a question stays as long
    as a mail to the body about it, or an answer on its way. An acknowledgement or an answer that
    nobody takes does not keep it.
    """
    now = timezone.now()
    done = Purged()
    over = _questions_over(now)
    about = Mail.objects.filter(question=OuterRef("pk"))
    to_the_body = about.unsettled().exclude(receiver=OuterRef("email"))
    answers = about.filter(state=Mail.State.WAITING, answer__isnull=False)
    waiting = Exists(to_the_body) | Exists(answers)
    done.waiting_for_mail = over.filter(waiting).count()
    # What somebody works on at this moment is left to the next purge.
    free = over.exclude(waiting).select_for_update(skip_locked=True, of=("self",))
    while True:
        with transaction.atomic():
            keys = list(free.values_list("pk", flat=True)[:BATCH])
            over_too = Q(settled_at__isnull=False) | Q(answer__isnull=False)
            done.mails += Mail.objects.filter(over_too, question__in=keys).delete()[0]
            done.questions += _forget(Question.objects.filter(pk__in=keys), now)
        if not keys:
            break
    old = now - timedelta(days=settings.MAIL_DAYS)
    done.mails += Mail.objects.filter(settled_at__lte=old).delete()[0]
    done.mail_files = _forget_files(old)
    done.allowances = forget_before(timezone.localdate(now))
    return done


def _questions_over(now: datetime) -> QuerySet:
    rule = Q()
    for kind in Kind.values:
        over_at = MonthsLater(F("closed_at"), Value(months_kept(kind)))
        rule |= Q(Q(kind=kind), LessThanOrEqual(over_at, now))
    return Question.objects.kept().filter(rule).order_by("pk")


@receiver(words_erased)
def forget_mails_about(sender: type, *, activity: Model, **kwargs) -> None:
    """Erase the mails to people of the admin about this activity, sent or waiting to be sent.

    They hold its name and remarks. One that is being sent at this moment goes by its own rule.
    """
    page = f"/admin/processing/processingactivity/{activity.pk}/"
    about = Mail.objects.filter(question=None, text__contains=page)
    keys = list(
        about.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)
    )
    Mail.objects.filter(pk__in=keys).delete()
    _forget_line_about(activity)


def _forget_line_about(activity: Model) -> None:
    """Take the name out of reminders that list several activities: of this one, the number stays.

    A reminder still has to reach who reviews the others.
    """
    listing = f"?organisation__id__exact={activity.organisation_id}&review="
    reminders = Mail.objects.filter(question=None, text__contains=listing)
    in_text = re.compile(rf"^(- {activity.number}): .*", re.MULTILINE)
    # No name holds a bracket there.
    in_html = re.compile(rf"(?<![^\n>])(- {activity.number}): [^\n<]*")
    for mail in reminders.select_for_update(skip_locked=True, of=("self",)):
        mail.text = in_text.sub(r"\1", mail.text)
        mail.html = in_html.sub(r"\1", mail.html)
        mail.save(update_fields=["text", "html"])


def _forget(questions: QuerySet, now: datetime) -> int:
    """Leave figures of the questions: kind, body, times."""
    histories = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Question),
        object_id__in=[str(key) for key in questions.values_list("pk", flat=True)],
    )
    histories.delete()
    Answer.objects.filter(question__in=questions).delete()
    return questions.update(
        **dict.fromkeys(Question.PERSONAL, ""),
        reference=None,
        form=None,
        fingerprint=None,
        taken_by=None,
        activity_number=None,
        reminded_on=None,
        purged_at=now,
    )


def _forget_files(old: datetime) -> int:
    """Where mails become files instead of being sent, their rule is the same."""
    if not settings.EMAIL_FILE_PATH:
        return 0
    files = [
        path
        for path in Path(settings.EMAIL_FILE_PATH).glob("*.log")
        if path.stat().st_mtime <= old.timestamp()
    ]
    for path in files:
        path.unlink()
    return len(files)
