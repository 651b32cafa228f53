"""How long data are kept: the periods of an entry in words, and as lengths that compare."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from processing.entry.wording import period_in_words
from processing.public_record import Retention

# About how many days a unit has.
DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}
SPANS: dict[str, Callable[[], str]] = {
    "day": lambda: _("%(least)d to %(most)d days"),
    "week": lambda: _("%(least)d to %(most)d weeks"),
    "month": lambda: _("%(least)d to %(most)d months"),
    "year": lambda: _("%(least)d to %(most)d years"),
}


def in_days(row: Retention) -> float:
    """About how long, in days; 0 where no period is told."""
    return (row.period or 0) * DAYS.get(row.unit, 0.0)


def span_in_words(rows: Iterable[Retention]) -> str:
    """From the shortest period to the longest: "7 to 10 years". Empty without a period."""
    told = sorted(filter(in_days, rows), key=in_days)
    if not told:
        return ""
    least, most = told[0], told[-1]
    if in_days(least) == in_days(most):
        return period_in_words(most.period, most.unit)
    if least.unit == most.unit:
        return SPANS[most.unit]() % {"least": least.period, "most": most.period}
    return _("%(shortest)s to %(longest)s") % {
        "shortest": period_in_words(least.period, least.unit),
        "longest": period_in_words(most.period, most.unit),
    }
