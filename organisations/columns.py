"""Columns that hold one line, and addresses that a browser opens, whoever writes them.

Forms are one way in of several: files, workbooks, copies, templates and fixtures are others. So the
column itself takes out what would pass for a line of ours, in a mail or a heading.
"""

from django.core.validators import URLValidator
from django.db import models

from organisations.lines import one_line


class LineColumn(models.CharField):
    """A text of one line."""

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        return text if text is None else one_line(text)

    def deconstruct(self) -> tuple:
        """In the database it is like any other."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class WebColumn(models.URLField):
    """The address of a page: what else Django takes for an address, browsers do not open."""

    default_validators = (URLValidator(schemes=("http", "https")),)

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        return text if text is None else one_line(text)

    def deconstruct(self) -> tuple:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs
