"""Ready-made activities to start from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn
from organisations.limits import LimitedTextField
from processing.models.activity import LONGEST_NAME


class ActivityTemplate(models.Model):
    """What many bodies do in much the same way, as a starting point for their own entry."""

    slug = models.SlugField(_("short name"), unique=True)
    title = LineColumn(_("title"), max_length=LONGEST_NAME, blank=True)
    description = LimitedTextField(_("description"), max_length=2_000, blank=True)
    # As processing/snapshots.py gives it.
    content = models.JSONField(default=dict, editable=False)
    # The keys of who wrote what of it nobody else has published, where it was made of an activity.
    authors = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)

    PUBLIC = ()
    INTERNAL = ("slug", "title", "description", "content", "authors")

    class Meta:
        verbose_name = _("template")
        verbose_name_plural = _("templates")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.title or self.slug
