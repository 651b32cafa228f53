"""Why a file is refused, in words for people."""

from django.utils.translation import gettext_lazy as _

from processing.imports.files.hostile import Unreadable

REASONS = {
    "too_large": _("The file is larger than 8 MB. Divide it into several files."),
    "empty": _("The file is empty."),
    "unknown_format": _(
        "This kind of file cannot be read. Save it as an Excel workbook (.xlsx), an OpenDocument "
        "spreadsheet (.ods) or a CSV file (.csv)."
    ),
    "wrong_extension": _(
        "The end of the file name does not say what the file holds. Open it in your spreadsheet "
        "program, and save it again."
    ),
    "no_table": _("This is no spreadsheet and no CSV file."),
    "encrypted": _("The file is protected with a password. Save it without one."),
    "macros": _("The file holds macros. Save it as a workbook without macros (.xlsx)."),
    "truncated": _(
        "The file is damaged or not complete. Open it in your spreadsheet program, and save it "
        "again."
    ),
    "bomb": _(
        "What the file holds is much larger than the file itself. Copy the table into a new "
        "workbook, and try that one."
    ),
    "entities": _(
        "The file was not written by a spreadsheet program. Open it in one, and save it again."
    ),
    "too_many_sheets": _("The workbook has more than 500 sheets. Divide it into several files."),
    "too_many_rows": _(
        "A sheet has more than 50,000 rows. Delete what stands far below the table, or divide it."
    ),
    "too_many_columns": _(
        "A sheet has more than 500 columns. Delete what stands far to the right of the table."
    ),
    "long_cell": _(
        "A cell holds more than 32,767 characters. Divide its text between several cells."
    ),
    "too_many_cells": _("The file has too many cells. Divide it into several files."),
    "too_many_activities": _(
        "The file has more than 10,000 activities. Divide it into several files."
    ),
    "too_much_text": _(
        "The activities would hold too much text: more than 20 million characters. Divide the "
        "file into several files, and look whether merged cells repeat long texts."
    ),
    "too_slow": _("Reading the file takes too long. Divide it into several files."),
    "too_much": _(
        "Reading the file takes too much memory. Delete what stands far outside of the table, or "
        "divide it into several files."
    ),
}


def reason_of(refusal: Unreadable) -> str:
    """In the language of the reader."""
    return str(REASONS[refusal.code])
