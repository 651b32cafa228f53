"""How long the site keeps what citizens wrote. The privacy page tells it from here."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from contact.models import Allowance, DailySalt, Mail, Question
from organisations.calendar import months_after

Kind = Question.Kind
# So many at once: a purge of years of questions locks none of them for long.
BATCH = 500


@dataclass
class Purged:
    """What a purge did, as numbers."""

    questions: int = 0
    mails: int = 0
    allowances: int = 0
    waiting_for_mail: int = field(default=0)


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
    as a mail about it.
    """
    now = timezone.now()
    done = Purged()
    over = _questions_over(now)
    unsettled = Mail.objects.unsettled().filter(question=OuterRef("pk"))
    done.waiting_for_mail = over.filter(Exists(unsettled)).count()
    while keys := list(over.exclude(Exists(unsettled)).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            done.mails += Mail.objects.filter(question__in=keys).delete()[0]
            done.questions += _forget(Question.objects.filter(pk__in=keys), now)
    done.mails += Mail.objects.filter(
        settled_at__lte=now - timedelta(days=settings.MAIL_DAYS)
    ).delete()[0]
    done.allowances = Allowance.objects.before(timezone.localdate(now)).delete()[0]
    DailySalt.objects.filter(day__lt=timezone.localdate(now)).delete()
    return done


def _questions_over(now: datetime) -> QuerySet:
    rule = Q()
    for kind in Kind.values:
        rule |= Q(kind=kind, closed_at__lte=months_after(now, -months_kept(kind)))
    return Question.objects.kept().filter(rule).order_by("pk")


def _forget(questions: QuerySet, now: datetime) -> int:
    """Leave figures of the questions: kind, body, times."""
    histories = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Question),
        object_id__in=[str(key) for key in questions.values_list("pk", flat=True)],
    )
    histories.delete()
    return questions.update(
        **dict.fromkeys(Question.PERSONAL, ""),
        reference=None,
        form=None,
        fingerprint=None,
        taken_by=None,
        purged_at=now,
    )
