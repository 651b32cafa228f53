"""The forms with which publishers erase for good what should never have been written."""

from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations import mail
from organisations.calendar import day_in_words
from organisations.form_fields import LinesField
from organisations.models import User
from processing.models import ProcessingActivity
from processing.models.erasure import Erasure, ErasureAwaitsConfirmation
from processing.publishing import Refused


class SeenForm(forms.Form):
    """A form that tells of which state of the activity it was made."""

    # The number of the last line of the history.
    seen = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self, *args, activity: ProcessingActivity, seen: int, initial: dict | None = None, **kwargs
    ) -> None:
        super().__init__(*args, initial={"seen": seen} | (initial or {}), **kwargs)
        self.activity = activity

    def take(self, *, by: User) -> str:
        """Do what was chosen; what to say of it. Raises what the steps of an Erasable raise."""
        raise NotImplementedError

    def refuse(self, refusal: Refused) -> None:
        """Show what was typed again, with the reason; who sends it again has seen the page."""
        self.add_error(None, str(refusal))
        self.data = self.data.copy()
        self.data["seen"] = str(self.activity.history.count())


class ErasureAnswerForm(SeenForm):
    """What another publisher, or who asked, says to a request to erase."""

    def clean(self) -> dict:
        # Somebody asked after this person opened the page: it was sent to erase something else.
        if not {"confirm", "drop"} & self.data.keys():
            self.add_error(None, str(ErasureAwaitsConfirmation()))
        return super().clean()

    def take(self, *, by: User) -> str:
        seen = self.cleaned_data["seen"]
        if "confirm" in self.data:
            self.activity.confirm_erasure(by=by, seen=seen)
            return _("Erased for good.")
        self.activity.drop_erasure(by=by, seen=seen)
        return _("The request is dropped. Nothing was erased.")


class ErasureForm(SeenForm):
    """Which parts of an activity, of those that can be erased, and why."""

    versions = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Withdrawn versions"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    contents = forms.BooleanField(
        label=gettext_lazy("All that the working copy said before, but not what it says now"),
        required=False,
    )
    remarks = forms.BooleanField(
        label=gettext_lazy("All remarks and reasons in the history"), required=False
    )
    reason = LinesField(
        label=gettext_lazy("Why? This stays in the history: write no personal data here."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, activity: ProcessingActivity, **kwargs) -> None:
        erasable = activity.erasable()
        parts = {"versions": erasable.versions, "contents": True, "remarks": True}
        super().__init__(*args, activity=activity, initial=parts, **kwargs)
        versions = activity.publications.filter(version__in=erasable.versions)
        self.fields["versions"].choices = [
            (version.version, _version(version.version, day_in_words(version.published_at)))
            for version in versions.only("version", "published_at").order_by("version")
        ]
        for name in parts:
            if not getattr(erasable, name):
                del self.fields[name]
        self.is_empty = not self.fields.keys() & parts.keys()

    def take(self, *, by: User) -> str:
        chosen = {name: self.cleaned_data.get(name) for name in ("contents", "remarks")}
        erasure = Erasure(
            versions=tuple(self.cleaned_data.get("versions") or ()),
            **{name: bool(value) for name, value in chosen.items()},
        )
        values = {name: self.cleaned_data[name] for name in ("reason", "seen")}
        if not self.activity.organisation.requires_two_persons:
            self.activity.erase(erasure, by=by, **values)
            return _("Erased for good.")
        with transaction.atomic():
            self.activity.request_erasure(erasure, by=by, **values)
            _mail_others(self.activity, by)
        return _("Another publisher must confirm it.")


def _version(version: int, date: str) -> str:
    return _("version %(version)s of %(date)s") % {"version": version, "date": date}


def _mail_others(activity: ProcessingActivity, by: User) -> None:
    """Without the name of the activity: it may be what is to be erased."""
    page = reverse("admin:processing_processingactivity_erase", args=[activity.pk])
    context = {"activity": activity, "by": by, "address": mail.admin_address(page)}
    others = activity.organisation.publishers().exclude(pk=by.pk)
    mail.send(others, "mail/erasure_requested.txt", context)
