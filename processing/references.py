"""Rows of an activity that name other rows of it, by keys: whether these are there, and others."""

from collections.abc import Iterator

from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from processing.snapshots import Content, row_models


def loose_ends(content: Content, activity: type[models.Model]) -> Iterator[str]:
    """What names a row that is not there, in words for people."""
    kinds = row_models(activity)
    keys = {kind: {row.get("key") for row in content.get(kind) or []} for kind in kinds}
    for kind, model in kinds.items():
        for field, named in model.REFERS_TO.items():
            for row in content.get(kind) or []:
                own = {row.get("key")} if named == kind else set()
                if not _named_by(row, field) <= keys[named] - own:
                    yield _("“%(field)s” (%(row)s) names a row that is not there.") % {
                        "field": capfirst(str(model._meta.get_field(field).verbose_name)),
                        "row": model._meta.verbose_name,
                    }


def _named_by(row: Content, field: str) -> set[object]:
    value = row.get(field)
    return {*value} if isinstance(value, list) else {value} - {None}
