"""What was published, changed and withdrawn: month by month, body by body, the newest first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from itertools import groupby
from operator import or_
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Count, Func, IntegerField, Q, Value
from django.db.models.functions import TruncMonth
from django.utils.timezone import localdate, localtime, make_aware
from django.utils.translation import get_language

from organisations.calendar import months_after
from organisations.directory import Body, Directory
from organisations.languages import Passage, passage
from organisations.models import Revision
from organisations.revision import RegisterRevision
from processing import paging
from processing.entry.sections import titles_of_sections
from processing.models.publication import HAPPENED_AT, Publication
from processing.paging import Listing

# Month, by its first day -> key of the body -> how many changes.
Numbers = dict[date, dict[int, int]]
COLUMNS = (
    *("organisation_id", "number", "version", "is_current", "withdrawn_at", "happened_at"),
    *("title", "changed_fields"),
)


def changed_sections(body: Body, fields: Sequence[str]) -> list[str]:
    """The questions of an entry's page that are answered otherwise when these fields differ."""
    return titles_of_sections(set(shown_fields(body, fields)))


def shown_fields(body: Body, fields: Sequence[str]) -> list[str]:
    """Those of which citizens see something: departments only while their body shows them."""
    is_hidden = not body.departments
    return [name for name in fields if name != "department" or not is_hidden]


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to an entry before citizens' eyes."""

    body: Body
    number: int
    version: int
    is_current: bool
    happened_at: datetime
    # Of what was withdrawn, only its address and the date may be told.
    is_withdrawn: bool
    title: Passage | None
    # The fields of the record that the version tells otherwise than the one before it.
    fields: Sequence[str]

    @property
    def on(self) -> date:
        return localdate(self.happened_at)

    @property
    def moment(self) -> str:
        """As machines read it (RFC 3339)."""
        return localtime(self.happened_at).replace(microsecond=0).isoformat()

    @property
    def kind(self) -> str:
        """For machines: the same in all languages."""
        if self.is_withdrawn:
            return "withdrawn"
        return "changed" if self.is_change else "published"

    @property
    def is_change(self) -> bool:
        """Whether a version replaced another one, and is not the first."""
        return bool(self.changed_sections)

    @property
    def changed_sections(self) -> list[str]:
        """The questions of the entry's page that are answered otherwise."""
        return changed_sections(self.body, self.fields)

    @property
    def address(self) -> str:
        """Of the version on this site; of what was withdrawn, where that is told."""
        is_current = self.is_current or self.is_withdrawn
        return self._entry if is_current else f"{self._entry}versions/{self.version}/"

    @property
    def identifier(self) -> str:
        """An address that names this change for ever, whatever follows."""
        if self.is_withdrawn:
            return f"{self._entry}#withdrawn-{self.happened_at:%Y%m%dT%H%M%SZ}"
        return f"{self._entry}versions/{self.version}/"

    @property
    def comparison(self) -> str:
        """The address that tells the change in words."""
        return f"{self._entry}compare/{self.version - 1}/{self.version}/"

    @property
    def _entry(self) -> str:
        # Not reverse(): a page of 25 would spend a millisecond on it.
        return f"/{get_language()}/processing/{self.body.slug}/{self.number}/"


class _Kept(NamedTuple):
    revision: RegisterRevision
    numbers: Numbers


_kept: _Kept | None = None
# Rather than more months one by one, all are counted again.
MOST_MONTHS = 12


def numbers_at(revision: RegisterRevision) -> Numbers:
    """How many changes there were, the newest month first. No query while nothing changed.

    After a publication, only the months are counted again in which something happened to the
    versions that it touched: they stand in order (see processing/finding/index.py).
    """
    global _kept
    kept = _kept
    # Two threads may both count: the same numbers, so no lock is needed.
    if kept is None or kept.revision.organisations != revision.organisations:
        _kept = kept = _Kept(revision, _counted())
    elif kept.revision.publications != revision.publications:
        months = _touched_since(kept.revision.publications)
        _kept = kept = _Kept(revision, _recounted(kept.numbers, months))
    return kept.numbers


def _touched_since(number: int) -> set[date] | None:
    """The months of all versions that changed since a revision; None where nobody knows."""
    known = Revision.objects.filter(area=Revision.Area.PUBLICATIONS, recent__contains=[number])
    if not known.exists():
        return None
    touched = Publication.objects.filter(revision__gt=number)
    moments = (TruncMonth("published_at"), TruncMonth("withdrawn_at"))
    return {m.date() for pair in touched.values_list(*moments).distinct() for m in pair if m}


def _recounted(numbers: Numbers, months: set[date] | None) -> Numbers:
    if months is None or len(months) > MOST_MONTHS:
        return _counted()
    others = {month: counts for month, counts in numbers.items() if month not in months}
    found = others | (_counted(*map(_during, months)) if months else {})
    return dict(sorted(found.items(), reverse=True))


def _counted(*whens: Q) -> Numbers:
    """Of the versions that meet one of the conditions, or of all: one query."""
    rows = Publication.objects.events().filter(reduce(or_, whens, Q()))
    rows = rows.annotate(month=TruncMonth("happened_at"))
    rows = rows.values_list("month", "organisation_id").annotate(number=Count("*"))
    numbers: Numbers = {}
    for month, body, number in rows.order_by("-month"):
        numbers.setdefault(month.date(), {})[body] = number
    return numbers


def _during(month: date) -> Q:
    after = months_after(month, 1)
    return Q(happened_at__gte=_moment(month), happened_at__lt=_moment(after))


def months_of(numbers: Numbers, bodies: Sequence[Body]) -> dict[date, int]:
    """The months in which something of these bodies changed, and how much."""
    found = {
        month: sum(of_bodies.get(body.id, 0) for body in bodies)
        for month, of_bodies in numbers.items()
    }
    return {month: number for month, number in found.items() if number}


def changes_in(month: date, bodies: Sequence[Body], numbers: Numbers, language: str) -> Listing:
    """The changes of these bodies in a month, in the order of the bodies: one query a page."""
    of_month = numbers.get(month, {})
    counts = [(body, of_month[body.id]) for body in bodies if body.id in of_month]

    def part(start: int, stop: int) -> list[Change]:
        before, skipped, shown = 0, 0, {}
        for body, count in counts:
            if before + count <= start:
                skipped += count
            elif before < stop:
                shown[body.id] = body
            before += count
        return _changes(month, shown, start - skipped, stop - skipped, language) if shown else []

    return Listing(sum(count for _body, count in counts), part)


def newest_changes(
    bodies: Sequence[Body], numbers: Numbers, language: str, *, since: date | None = None
) -> Listing:
    """The changes of these bodies on a day or later, or all, the newest first: one query a page,
    and one for the month of the day."""
    shown = {body.id: body for body in bodies}
    counts = months_of(numbers, bodies)
    if since:
        month = since.replace(day=1)
        later = {other: count for other, count in counts.items() if other > month}
        if month in counts:
            later[month] = _number_since(since, shown)
        counts = later
    number = sum(counts.values())

    def part(start: int, stop: int) -> list[Change]:
        if start >= number:
            return []
        # Past the newer months: the database counts what it skips one by one.
        month, before = _month_at(start, counts)
        earlier = Q(happened_at__lt=_moment(months_after(month, 1)))
        rows = Publication.objects.events().filter(earlier, organisation__in=list(shown))
        rows = rows.order_by("-happened_at", "-pk").values(*COLUMNS)
        return [_change(row, shown, language) for row in rows[start - before : stop - before]]

    return Listing(number, part)


def _month_at(place: int, counts: dict[date, int]) -> tuple[date, int]:
    """The month with the change at this place, and how many stand before it."""
    before = 0
    for month, count in counts.items():
        if before + count > place:
            return month, before
        before += count
    raise IndexError(place)


def _number_since(day: date, bodies: dict[int, Body]) -> int:
    """How much changed from the day to the end of its month."""
    rows = Publication.objects.events().filter(_during(day.replace(day=1)))
    return rows.filter(happened_at__gte=_moment(day), organisation__in=list(bodies)).count()


def last_changes_of(keys: Sequence[int], directory: Directory, language: str) -> list[Change]:
    """How the entries that these publications tell became what they are, in this order: one query.

    Nothing of earlier versions: they may have been about something else.
    """
    rows = Publication.objects.current().filter(pk__in=keys).annotate(happened_at=HAPPENED_AT)
    found = {row["pk"]: row for row in rows.values("pk", *COLUMNS)}
    return [_change(found[key], directory.by_id, language) for key in keys if key in found]


def by_body(changes: Sequence[Change]) -> list[tuple[Body, list[Change]]]:
    """The changes as a page shows them: those of each body together."""
    groups = (list(found) for _key, found in groupby(changes, key=lambda c: c.body.id))
    return [(found[0].body, found) for found in groups]


def _changes(
    month: date, bodies: dict[int, Body], start: int, stop: int, language: str
) -> list[Change]:
    places = Value(list(bodies), output_field=ArrayField(BigIntegerField()))
    rows = Publication.objects.events().filter(_during(month), organisation__in=list(bodies))
    place = Func(places, "organisation_id", function="array_position", output_field=IntegerField())
    rows = rows.order_by(place, "-happened_at", "-pk").values(*COLUMNS)
    # The same statement for the last page, behind which nothing follows.
    rows = rows[start : start + paging.PER_PAGE]
    return [_change(row, bodies, language) for row in rows][: stop - start]


def _change(row: dict, bodies: dict[int, Body], language: str) -> Change:
    body = bodies[row["organisation_id"]]
    is_withdrawn = row["withdrawn_at"] is not None
    return Change(
        body=body,
        number=row["number"],
        version=row["version"],
        is_current=row["is_current"],
        happened_at=row["happened_at"],
        is_withdrawn=is_withdrawn,
        title=None if is_withdrawn else passage(row["title"], language),
        fields=[] if is_withdrawn else row["changed_fields"],
    )


def _moment(day: date) -> datetime:
    return make_aware(datetime(day.year, day.month, day.day))
