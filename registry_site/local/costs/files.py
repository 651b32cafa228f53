"""Registers that people send, and the pages about them, at their limits."""

from dataclasses import dataclass
from random import Random
from typing import Self

from django.utils import timezone

from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.kept_cell_accounts import LONGEST, MOST, MOST_OUTSIDE
from processing.imports.fields import FIELDS
from processing.imports.files.hostile import MOST_BYTES
from processing.imports.register.preview import MOST_ACTIVITIES
from processing.imports.register.working_copies import compact
from processing.imports.tables.mapping import LONGEST_SAMPLE, MOST_COLUMNS, SAMPLES
from processing.models import ImportEntry, ImportProgress, ProcessingActivity, RegisterImport
from processing.snapshots import content_of
from registry_site.local.costs.server import Request, cookie_header

ADDRESS = "/admin/processing/processingactivity/import/"
LINE = "line-between-parts"
# Activities at their limits, on the first page of a preview.
FULL = 20
State = RegisterImport.State


@dataclass(frozen=True)
class Imports:
    """Keys of imports of one body."""

    # Whose columns somebody looks at: as many as there may be.
    columns: int
    # Previews: of activities at their limits, and of as many as there may be.
    full: int
    many: int
    done: int

    @classmethod
    def made(cls, full: ProcessingActivity) -> Self:
        columns = _import_of(full, State.UPLOADED, columns=_columns())
        fullest = _import_of(full, State.PREVIEWED, preview=1)
        content = compact(content_of(full))
        _add_entries(fullest, FULL, content=content, accounts=_accounts(MOST))
        outside = _accounts(MOST_OUTSIDE)
        many = _import_of(full, State.PREVIEWED, preview=1, outside=outside)
        _add_entries(many, MOST_ACTIVITIES, content={"name_nl": "x"}, accounts=_accounts(20))
        done = _import_of(full, State.DONE, finished_at=timezone.now())
        _add_entries(done, MOST_ACTIVITIES, activity=full, after=1)
        return cls(columns.pk, fullest.pk, many.pk, done.pk)

    @property
    def keys(self) -> list[int]:
        return [self.columns, self.full, self.many, self.done]

    def sent_by_an_editor(self, body: int, cookies: dict[str, str]) -> list[Request]:
        def posted(address: str, values: dict, name: str) -> Request:
            return Request.posted(f"{ADDRESS}{address}", values, cookies, name)

        def sent(data: bytes, file_name: str, name: str, **fields: str) -> Request:
            content = _form({"organisation": body, **fields}, data, file_name, cookies)
            headers = {"Content-Type": f"multipart/form-data; boundary={LINE}"}
            headers |= {"Sec-Fetch-Site": "same-origin"} | cookie_header(cookies)
            return Request(ADDRESS, content, headers, name)

        chance, lines = Random("files"), f"--{LINE}x\r\n".encode()
        chosen = {f"column-{number}": "remarks" for number in range(MOST_COLUMNS)}
        return [
            sent(b"Naam;Doel\na;b\n", "a.csv", "a small file"),
            sent(chance.randbytes(MOST_BYTES), "a.xlsx", "the largest file"),
            sent(b"a;b\n" * (MOST_BYTES // 4), "a.csv", "the largest file, all lines alike"),
            sent(lines * (MOST_BYTES // len(lines)), "a.csv", "a file of lines between parts"),
            sent(b"\r\n--" * (MOST_BYTES // 4), "a.csv", "a file of beginnings of such lines"),
            sent(b"", "a.csv", "many fields", **{f"f{n}": "x" for n in range(4_000)}),
            sent(bytes(MOST_BYTES), "a.docx", "another kind of file"),
            posted(f"{self.columns}/columns/", chosen, "all columns, no language"),
            posted(f"{self.columns}/columns/", chosen | {"language": "nl"}, "all columns"),
            posted(f"{self.full}/confirm/", {"preview": "1"}, "full activities"),
            posted(f"{self.many}/confirm/", {"preview": "1"}, "many activities"),
            posted(f"{self.done}/undo/", {}, "many activities"),
            posted(f"{self.columns}/drop/", {}, ""),
        ]


def _import_of(full: ProcessingActivity, state: str, **values: object) -> RegisterImport:
    values = {"file_name": "register.xlsx", "state": state} | values
    made = RegisterImport.objects.create(organisation_id=full.organisation_id, **values)
    ImportProgress.objects.create(register_import=made)
    return made


def _add_entries(register_import: RegisterImport, number: int, **values: object) -> None:
    ImportEntry.objects.bulk_create(
        [
            ImportEntry(
                register_import=register_import, number=n, outcome="new", title=f"{n}", **values
            )
            for n in range(number)
        ],
        batch_size=500,
    )
    register_import.counts = {"new": number, "cells": 1}
    register_import.save(update_fields=["counts"])


def _columns() -> list[dict]:
    """Half of them to be looked at, with the longest samples."""
    fields = list(FIELDS)
    return [
        {
            "key": f"k{number}",
            "title": "t" * 100,
            "sheet": "s" * 30,
            "samples": [f"{sample}".ljust(LONGEST_SAMPLE, "x") for sample in range(SAMPLES)],
            "target": {
                "field": fields[number % len(fields)],
                "code": "",
                "language": "",
                "certainty": number % 2,
            },
        }
        for number in range(MOST_COLUMNS)
    ]


def _accounts(number: int) -> list[list]:
    text = "é" * LONGEST
    return [
        [0, n, 0, Outcome.REMARK.value, text, "k0", "remarks", "no_field"] for n in range(number)
    ]


def _form(fields: dict, data: bytes, file_name: str, cookies: dict[str, str]) -> bytes:
    """As browsers send a file, with other fields before it."""
    fields = {"csrfmiddlewaretoken": cookies.get("csrftoken", "")} | fields
    parts = [
        f'--{LINE}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    start = f'--{LINE}\r\nContent-Disposition: form-data; name="file"; filename="{file_name}"\r\n'
    start += "Content-Type: application/octet-stream\r\n\r\n"
    return "".join([*parts, start]).encode() + data + f"\r\n--{LINE}--\r\n".encode()
