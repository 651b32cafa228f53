"""The questions that wait for the people of a body, at a glance."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from contact.models import Mail, Question
from organisations.models import Organisation, User


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for the people of a body."""

    body: Organisation
    new: int
    in_progress: int
    overdue: int
    undelivered: int


def dashboard(user: User) -> dict:
    """What waits for each body of the person, and mails to people that did not arrive."""
    to_people = Mail.objects.for_user(user).filter(organisation=None)
    return {
        "rows": _waiting(user),
        "undelivered_to_people": to_people.filter(state=Mail.State.UNDELIVERED).count(),
    }


def _waiting(user: User) -> list[Waiting]:
    today = timezone.localdate()
    questions = {
        row.pop("organisation"): row
        for row in Question.objects.for_user(user)
        .open()
        .order_by()
        .values("organisation")
        .annotate(
            new=Count("pk", filter=Q(status=Question.Status.NEW)),
            in_progress=Count("pk", filter=Q(status=Question.Status.IN_PROGRESS)),
            overdue=Count("pk", filter=Q(due_on__lt=today)),
        )
    }
    mails = dict(
        Mail.objects.for_user(user)
        .filter(state=Mail.State.UNDELIVERED, organisation__isnull=False)
        .order_by()
        .values_list("organisation")
        .annotate(Count("pk"))
    )
    bodies = Organisation.objects.filter(pk__in={*questions, *mails}).order_by("slug")
    nothing = {"new": 0, "in_progress": 0, "overdue": 0}
    return [
        Waiting(body=body, undelivered=mails.get(body.pk, 0), **questions.get(body.pk, nothing))
        for body in bodies
    ]
