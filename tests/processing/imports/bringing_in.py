"""Brings files into the register of a body, as people and workers do."""

import csv
import io

from organisations.models import Organisation, User
from processing.imports import steps, work
from processing.models import HistoryEntry, RegisterImport

HEADINGS = ["Reference", "Name", "Purpose", "Legal basis", "Categories of data", "Remarks"]
LANGUAGE = "en"
# Legal bases and categories of data as a file tells them.
VISITORS = ["1.1", "Visitors of the building", "Security of the building", "6(1)(e)", "A1", "x"]
PARKING = ["1.10", "Parking of the staff", "Assign places", "6(1)(b)", "A1", ""]


def csv_of(*rows: list[str], headings: list[str] = HEADINGS) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([headings, *rows])
    return text.getvalue().encode()


def uploaded_by(
    by: User | None, organisation: Organisation, data: bytes, name: str = "register.csv"
) -> RegisterImport:
    """An upload that a worker has read."""
    uploaded = steps.upload(data, name, organisation=organisation, by=by)
    work.do_now(uploaded)
    return uploaded


def previewed(
    data: bytes, organisation: Organisation, by: User | None, name: str = "register.csv", **options
) -> RegisterImport:
    """An upload whose columns are taken as proposed, with its preview."""
    uploaded = uploaded_by(by, organisation, data, name)
    steps.choose(uploaded, {}, language=LANGUAGE, by=by, **options)
    work.do_now(uploaded)
    return uploaded


def brought_in(*args, **options) -> RegisterImport:
    uploaded = previewed(*args, **options)
    steps.confirm(uploaded, by=uploaded.by)
    work.do_now(uploaded)
    return uploaded


def brought_in_workbook(data: bytes, organisation: Organisation, by: User | None) -> RegisterImport:
    """The register's own workbook: nobody has to choose what its columns are meant for."""
    uploaded = uploaded_by(by, organisation, data, "register.xlsx")
    work.do_now(uploaded)
    steps.confirm(uploaded, by=by)
    work.do_now(uploaded)
    return uploaded


def taken_back(uploaded: RegisterImport, by: User | None) -> RegisterImport:
    steps.undo(uploaded, by=by)
    work.do_now(uploaded)
    return uploaded


def outcomes(uploaded: RegisterImport) -> list[str]:
    return list(uploaded.entries.order_by("number").values_list("outcome", flat=True))


def lines() -> int:
    """Of all histories."""
    return HistoryEntry.objects.count()
