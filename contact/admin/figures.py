"""Questions as figures: nothing that tells who asked."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet
from django.utils import timezone

from contact.models import Question
from organisations.models import Organisation


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    body: Organisation
    kind: str
    received: int
    open: int
    overdue: int
    answered: int
    in_time: int
    average: timedelta | None

    @property
    def kind_label(self) -> str:
        return Question.Kind(self.kind).label

    @property
    def days(self) -> float | None:
        """The average number of days until the answer."""
        return self.average / timedelta(days=1) if self.average is not None else None


def years(questions: QuerySet) -> list[int]:
    """The years in which questions were received, the latest first."""
    return [moment.year for moment in questions.order_by().datetimes("received_at", "year", "DESC")]


def figures(questions: QuerySet, year: int | None) -> list[QuestionFigures]:
    """A row for each body and kind that was asked, all years unless one is given."""
    if year is not None:
        questions = questions.filter(received_at__year=year)
    answered = Q(status=Question.Status.ANSWERED)
    took = ExpressionWrapper(F("closed_at") - F("received_at"), output_field=DurationField())
    rows = list(
        questions.order_by("organisation__slug", "kind")
        .values("organisation", "kind")
        .annotate(
            received=Count("pk"),
            open=Count("pk", filter=Q(status__in=Question.OPEN)),
            overdue=Count(
                "pk", filter=Q(status__in=Question.OPEN, due_on__lt=timezone.localdate())
            ),
            answered=Count("pk", filter=answered),
            in_time=Count("pk", filter=answered & Q(closed_at__date__lte=F("due_on"))),
            average=Avg(took, filter=answered),
        )
    )
    bodies = Organisation.objects.in_bulk({row["organisation"] for row in rows})
    return [QuestionFigures(body=bodies[row.pop("organisation")], **row) for row in rows]
