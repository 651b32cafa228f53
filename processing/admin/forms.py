"""The form of an activity and of its rows."""

from datetime import date

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organisations.form_fields import LinesField
from organisations.pickers import KnowsLabels, PickedField
from organisations.rows import IN_A_ROW
from processing import models
from processing.law import Source
from processing.publishing import too_many_rows, too_much_text
from processing.snapshots import differences, row_models, shown

KINDS = row_models(models.ProcessingActivity)
# No form of ours sends a higher key for a new row: the next ones must fit in the column too.
HIGHEST_KEY = 999_999
# So many fields that somebody else changed, and characters in them, are told beside the form.
MOST_SHOWN, MOST_TOLD = 25, 25_000


class KeepsWhatIsChosen(forms.ModelForm):
    """A form whose instance may keep terms and bodies that are no longer offered."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if self.instance.pk and isinstance(field.widget, KnowsLabels):
                chosen = self.initial.get(name) or []
                keys = [row.pk for row in chosen] if isinstance(chosen, list) else [chosen]
                field.widget.kept = frozenset(map(str, keys))
                if self.is_bound and keys and not isinstance(field, PickedField):
                    field.queryset |= field.queryset.model.objects.filter(pk__in=keys)


class PartForm(KeepsWhatIsChosen):
    """A row of an activity."""

    @property
    def media(self) -> forms.Media:
        """What its widgets need, gathered once for all rows of a kind."""
        kind = type(self)
        if "media_of_rows" not in vars(kind):
            kind.media_of_rows = super().media
        return kind.media_of_rows

    @property
    def changed_data(self) -> list[str]:
        """A new row that has nothing but its key is none."""
        changed = super().changed_data
        return [] if changed == ["key"] and not self.instance.pk else changed

    def clean_key(self) -> int | None:
        """A row keeps its key, by which others name it. A new one gets the next for nonsense."""
        key = self.cleaned_data["key"]
        if self.instance.pk:
            return self.instance.key
        return key if key is not None and key <= HIGHEST_KEY else None


class ActivityForm(KeepsWhatIsChosen):
    """Notices when somebody else saved the activity after this form was opened."""

    # Whether it shows what was typed earlier, and may not be saved by that.
    is_only_shown = False
    # The number of the history entry whose content the form shows.
    known = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sources = forms.MultipleChoiceField(
        label=capfirst(models.ProcessingActivity._meta.get_field("sources").verbose_name),
        help_text=models.ProcessingActivity._meta.get_field("sources").help_text,
        choices=Source.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        # Who leaves it out means what it was.
        self.fields["acts_as"].required = False
        # What somebody else changed meanwhile.
        self.overtaken_by = None
        self.overtaken = []
        self.overtaken_more = 0
        latest = self._latest()
        self.initial["known"] = latest.number if latest else 0
        if "review_due_on" in self.fields:
            self.fields["review_due_on"].show_hidden_initial = True
        if self.instance.pk and "department" in self.fields:
            offered = self.fields["department"]
            offered.queryset = offered.queryset.filter(organisation=self.instance.organisation_id)

    def clean_review_due_on(self) -> date | None:
        """The day that a step has set since the form was opened, unless somebody chose another."""
        chosen = self.cleaned_data["review_due_on"]
        return chosen if "review_due_on" in self.changed_data else self.instance.review_due_on

    def is_valid(self) -> bool:
        return super().is_valid() and not self.is_only_shown

    def clean(self) -> dict:
        values = super().clean()
        rows, characters = self._sent()
        for reason in (*too_many_rows(rows), *too_much_text(characters)):
            self.add_error(None, reason)
        self._keep_what_was_not_asked(values)
        if not self.instance.pk:
            return values
        latest = self._latest()
        if latest and latest.number != values.get("known"):
            self._tell_what_changed(latest, values.get("known"))
        return values

    def clean_acts_as(self) -> str:
        return self.cleaned_data["acts_as"] or self.instance.acts_as

    def _keep_what_was_not_asked(self, values: dict) -> None:
        """A form that was opened with the release before has not got the newest fields."""
        for name, field in self.fields.items():
            prefixed = self.add_prefix(name)
            if field.widget.value_omitted_from_data(self.data, self.files, prefixed):
                values.pop(name, None)

    def _sent(self) -> tuple[int, int]:
        """How many rows and characters come with the form: Django checks each by itself."""
        rows, characters = set(), 0
        for name, values in self.data.lists():
            place = IN_A_ROW.fullmatch(name)
            if place and place[1] in KINDS:
                if self.data.get(f"{place[1]}-{place[2]}-DELETE"):
                    continue
                rows.add((place[1], place[2]))
            # As they are stored: browsers end lines with two characters.
            characters += sum(len(value) - value.count("\r\n") for value in values)
        return len(rows), characters

    def _latest(self) -> models.HistoryEntry | None:
        if not self.instance.pk:
            return None
        return self.instance.history.saved().defer("content").order_by("-number").first()

    def _tell_what_changed(self, latest: models.HistoryEntry, known: int | None) -> None:
        seen = self.instance.history.saved().filter(number=known or 0).first()
        self.overtaken_by = latest
        found = differences(seen.content if seen else {}, latest.content, models.ProcessingActivity)
        self.overtaken = shown(found[:MOST_SHOWN], MOST_TOLD)
        self.overtaken_more = max(len(found) - MOST_SHOWN, 0)
        # Who saves again has seen what changed.
        self.data = self.data.copy()
        self.data[self.add_prefix("known")] = str(latest.number)
        self.add_error(
            None,
            _(
                "Somebody else saved this activity while you were working on it. Nothing of yours "
                "is saved yet. What the other person changed stands right below this message. "
                "Change what is needed, and save again: what your form says then replaces it."
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
        if label:
            self.fields["remark"].label = label
