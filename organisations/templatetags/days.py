"""The filter `date` of every template, instead of Django's: settings name this library."""

import datetime

from django import template
from django.template import defaultfilters

from organisations.calendar import with_first

register = template.Library()


@register.filter(expects_localtime=True, is_safe=False)
def date(value: datetime.date | datetime.time | None, form: str | None = None) -> str:
    return with_first(defaultfilters.date(value, form))
