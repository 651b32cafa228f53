"""Kinds of parts that addresses have: numbers and months."""

from datetime import date

from django.urls import register_converter
from django.urls.converters import IntConverter, StringConverter


class NumberConverter(IntConverter):
    """A number as it is written in an address: without zeros before it, and not absurdly long."""

    regex = "[1-9][0-9]{0,8}"


class MonthConverter:
    """A month, as 2026-11; in Python its first day."""

    regex = "[0-9]{4}-(?:0[1-9]|1[0-2])"

    def to_python(self, value: str) -> date:
        """Raises ValueError for a year that there is not."""
        return date.fromisoformat(f"{value}-01")

    def to_url(self, value: date) -> str:
        return value.isoformat()[:7]


class LinkedConverter(StringConverter):
    """How linked data are written: the end of the name of a file."""

    regex = "ttl|jsonld|nt"


register_converter(NumberConverter, "number")
register_converter(MonthConverter, "month")
register_converter(LinkedConverter, "linked")
