"""Why an activity is not imported, a step refused or an import failed, in words for people."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from processing.imports.refusals import REASONS as UNREADABLE
from processing.publishing import Refused

# Why an activity of the file is not imported, or not all of it.
NOT_IMPORTED: dict[str, Promise] = {
    "no_name": _("It has neither a name nor a reference: nothing tells it from others."),
    "twice": _("The file has it twice."),
    "ambiguous": _("The register has several with this reference or name."),
    "changed_meanwhile": _("Somebody changed it in the register after the preview was made."),
    "exists_meanwhile": _("Somebody added it to the register after the preview was made."),
    # Not of the activity, but of some of what the file says of it.
    "about_deleted_row": _(
        "Something that the file says is about a row that was deleted in the register: that is not "
        "imported."
    ),
}
# Why an import failed.
FAILED: dict[str, Promise] = {
    **UNREADABLE,
    "stopped": _("The import was interrupted several times. Nothing of it was imported."),
    "fault": _("Something went wrong that should not. Nothing of it was imported."),
    "left": _(
        "The person who asked for it does not work for the federal body any more. Nothing of it "
        "was imported."
    ),
    "undo_touched": _(
        "It cannot be undone: something was done with its activities since it was imported."
    ),
    "undo_stopped": _("Undoing it was interrupted several times. Nothing of it was undone."),
    "undo_too_slow": _("Undoing it takes too long. Nothing of it was undone."),
    "undo_left": _(
        "The person who asked for it does not work for the federal body any more. Nothing of it "
        "was undone."
    ),
    "undo_fault": _("Something went wrong that should not. Nothing of it was undone."),
}


def explain(reasons: list[str]) -> list[str]:
    """The reasons of an entry in the language of the reader; what does not fit is told in words."""
    return [str(NOT_IMPORTED.get(reason, reason)) for reason in reasons]


def failure_of(code: str) -> str:
    """Why an import failed, or was not undone, in the language of the reader; "" for no code."""
    return str(FAILED[code]) if code else ""


class WrongStep(Refused):
    """The import is not in the state that the step is about; another window was faster."""

    reason = _("This import is further on already. Look again.")


class OtherPreview(WrongStep):
    """The preview was made anew after the person saw it."""

    reason = _("The preview was made anew. Look at it again.")


class TooManyImports(Refused):
    """A body has more files waiting than anybody looks through."""

    reason = _("Your body has uploaded too many files that it has not imported. Finish one first.")


class WrongChoice(Refused):
    """A choice that the page does not offer."""

    reason = _("Choose for each column what it is meant for, and a language.")


class WorksElsewhere(Refused):
    """Whoever asked for it may not any more."""

    reason = FAILED["left"]


class NotUndone(Refused):
    """Something was done with an activity since it was imported."""

    reason = FAILED["undo_touched"]

    def __init__(self, numbers: list[int]) -> None:
        # Of the activities, 0 for one that is gone.
        self.numbers = numbers
        super().__init__()
