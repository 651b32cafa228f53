"""What waits for the people of a body, at a glance."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation, User
from processing.admin.filters import REQUIRED, STATES, is_overdue
from processing.models import ProcessingActivity

# So many bodies at most: a central administrator has all of them.
MOST_BODIES = 200


@dataclass(frozen=True, slots=True)
class Figure:
    """A number, and the part of the list of activities that it counts."""

    number: int
    query: str


@dataclass(frozen=True, slots=True)
class RegisterFigures:
    body: Organisation
    figures: list[Figure]


# What is counted: heading, part of the address, condition.
COUNTED: list[tuple[Promise, str, object]] = [
    (_("Drafts"), "state=draft", lambda: STATES["draft"][1]),
    (_("Awaiting approval"), "state=awaiting", lambda: STATES["awaiting"][1]),
    (_("Published"), "state=published", lambda: STATES["published"][1]),
    (_("Changed since publication"), "state=changed", lambda: STATES["changed"][1]),
    (_("Overdue for review"), "review=overdue", is_overdue),
    (_("Incomplete"), "gap=required", lambda: Q(gaps__overlap=REQUIRED)),
    *(
        (
            label,
            f"gap=language-{language}",
            lambda code=language: Q(gaps__contains=[f"language-{code}"]),
        )
        for language, label in (
            ("nl", _("Not all in Dutch")),
            ("fr", _("Not all in French")),
            ("de", _("Not all in German")),
            ("en", _("Not all in English")),
        )
    ),
]


def headings() -> list[Promise]:
    return [heading for heading, _query, _condition in COUNTED]


def dashboard(user: User) -> dict:
    """The figures of each body of the person: two queries."""
    counts = {
        f"count_{place}": Count("pk", filter=condition())
        for place, (_heading, _query, condition) in enumerate(COUNTED)
    }
    bodies = Organisation.objects.for_user(user).order_by("slug")[:MOST_BODIES]
    activities = ProcessingActivity.objects.for_user(user).order_by()
    of_body = {
        row["organisation"]: row for row in activities.values("organisation").annotate(**counts)
    }
    return {
        "headings": headings(),
        "rows": [
            RegisterFigures(body, _figures(body, of_body.get(body.pk, {}))) for body in bodies
        ],
    }


def _figures(body: Organisation, counts: dict) -> list[Figure]:
    return [
        Figure(counts.get(f"count_{place}", 0), f"organisation__id__exact={body.pk}&{query}")
        for place, (_heading, query, _condition) in enumerate(COUNTED)
    ]
