"""How single values of a record are said on a page: choices, grounds in law, periods, days."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache

from django.db.models import TextChoices
from django.urls import get_script_prefix
from django.utils.translation import get_language, gettext_lazy, ngettext

from organisations import calendar
from organisations.addresses import address
from organisations.languages import Passage
from processing.entry.answers import Answer, Link
from processing.law import GROUNDS, LegalBasis, SpecialCondition

YES_NO = {True: gettext_lazy("Yes"), False: gettext_lazy("No")}
AUTOMATED = {
    True: gettext_lazy("Yes. Some decisions about you are made without a person in between."),
    False: gettext_lazy("No. The body declares that there are none."),
}
PERIODS: dict[str, Callable[[int], str]] = {
    "day": lambda n: ngettext("%(count)d day", "%(count)d days", n) % {"count": n},
    "week": lambda n: ngettext("%(count)d week", "%(count)d weeks", n) % {"count": n},
    "month": lambda n: ngettext("%(count)d month", "%(count)d months", n) % {"count": n},
    "year": lambda n: ngettext("%(count)d year", "%(count)d years", n) % {"count": n},
}


def web_link(text: Passage | str, url: str) -> Link | None:
    """A link to the web, and to nothing else: never to a script."""
    return Link.of(text, url) if url.startswith(("https://", "http://")) else None


def choice_label(choices: type[TextChoices], value: str) -> str:
    """What the value is called; itself where a record is older than the choices of today."""
    return _choice_label(choices, value, get_language())


@lru_cache(maxsize=1024)
def _choice_label(choices: type[TextChoices], value: str, _language: str | None) -> str:
    return _capitalised(str(choices(value).label)) if value in choices.values else value


def period_in_words(number: int, unit: str) -> str:
    return PERIODS[unit](number) if unit in PERIODS else f"{number} {unit}".strip()


def ground_in_law(value: str) -> Answer | None:
    """What a ground in law is called, as a link to what it means."""
    return _ground_in_law(value, get_language(), get_script_prefix())


@lru_cache(maxsize=256)
def _ground_in_law(value: str, _language: str | None, _prefix: str) -> Answer | None:
    point = GROUNDS.get(value)
    if point is None:
        return value or None
    text = _capitalised(f"{point.label} ({point.citation})")
    if isinstance(point, LegalBasis):
        return Link.of(text, _explained("legal-bases", point.anchor))
    anchor = "special" if isinstance(point, SpecialCondition) else "criminal"
    return Link.of(text, _explained("personal-data", anchor))


def _explained(topic: str, anchor: str) -> str:
    """The address of an answer of the explainer."""
    return f"{address('gdpr:topic_detail', last=topic)}#{anchor}"


def _capitalised(text: str) -> str:
    """Only the first letter: the rest may hold names and, in German, nouns."""
    return text[:1].upper() + text[1:]


def day_in_words(day: date | None) -> str | None:
    return calendar.day_in_words(day) if day else None
