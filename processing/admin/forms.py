"""The form of an activity and of its rows."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.form_fields import LinesField
from organisations.pickers import KnowsLabels
from processing import models
from processing.law import Source
from processing.publishing import too_many_rows
from processing.snapshots import differences, row_models


class KeepsWhatIsChosen(forms.ModelForm):
    """A form whose instance may keep terms and bodies that are no longer offered."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.instance.pk and isinstance(field.widget, KnowsLabels):
                chosen = self.initial.get(name) or []
                keys = [row.pk for row in chosen] if isinstance(chosen, list) else [chosen]
                field.queryset |= field.queryset.model.objects.filter(pk__in=keys)
                field.widget.kept = frozenset(map(str, keys))


class ActivityForm(KeepsWhatIsChosen):
    """Notices when somebody else saved the activity after this form was opened."""

    # The number of the history entry whose content the form shows.
    known = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sources = forms.MultipleChoiceField(
        label=models.ProcessingActivity._meta.get_field("sources").verbose_name,
        help_text=models.ProcessingActivity._meta.get_field("sources").help_text,
        choices=Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # What somebody else changed meanwhile.
        self.overtaken_by = None
        self.overtaken = []
        latest = self._latest()
        self.initial["known"] = latest.number if latest else 0

    def clean(self) -> dict:
        values = super().clean()
        for reason in too_many_rows(self._number_of_rows()):
            self.add_error(None, reason)
        if not self.instance.pk:
            return values
        latest = self._latest()
        if latest and latest.number != values.get("known"):
            self._tell_what_changed(latest, values.get("known"))
        return values

    def _number_of_rows(self) -> int:
        """How many rows come with the form: Django checks each kind by itself."""
        number = 0
        for prefix in row_models(models.ProcessingActivity):
            total = self.data.get(f"{prefix}-TOTAL_FORMS", "")
            rows = range(int(total) if total.isdecimal() else 0)
            number += sum(not self.data.get(f"{prefix}-{row}-DELETE") for row in rows)
        return number

    def _latest(self) -> models.HistoryEntry | None:
        if not self.instance.pk:
            return None
        return self.instance.history.saved().order_by("-number").first()

    def _tell_what_changed(self, latest: models.HistoryEntry, known: int | None) -> None:
        seen = self.instance.history.saved().filter(number=known or 0).first()
        self.overtaken_by = latest
        self.overtaken = differences(
            seen.content if seen else {}, latest.content, models.ProcessingActivity
        )
        # Who saves again has seen what changed.
        self.data = self.data.copy()
        self.data[self.add_prefix("known")] = str(latest.number)
        self.add_error(
            None,
            _(
                "Somebody else saved this activity while you were working on it. Nothing of yours "
                "is saved yet. Compare below, change what is needed, and save again: what your "
                "form says then replaces the changes of the other person."
            ),
        )


class RemarkForm(forms.Form):
    """What somebody says with a step of an activity."""

    remark = LinesField(
        label=gettext_lazy("Remark"), required=False, max_length=2000, widget=forms.Textarea
    )

    def __init__(self, *args, is_required: bool, label: str = "", **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remark"].required = is_required
        # As in organisations/scoping.py: a browser would cut what is pasted.
        self.fields["remark"].widget.attrs.pop("maxlength", None)
        if label:
            self.fields["remark"].label = label
