"""Sends files as browsers do; what waits for a worker then is done."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import encode_multipart

from organisations.models import Organisation
from processing.imports import work
from processing.models import RegisterImport
from tests.admin_forms import ACTIVITIES

IMPORTS = f"{ACTIVITIES}import/"
LINE = "line-between-parts"
REGISTER = (
    "Naam;Doel;Ontvangers;Dienst\n"
    "Lonen;De lonen van het personeel betalen;Banken;HR\n"
    "Bezoekers;Het gebouw beveiligen;geen;Onthaal\n"
)


def send(
    client: Client,
    body: Organisation,
    content: str | bytes = REGISTER,
    name: str = "register.csv",
    **headers,
) -> HttpResponse:
    data = content.encode() if isinstance(content, str) else content
    fields = {"organisation": body.pk, "file": SimpleUploadedFile(name, data)}
    sent = encode_multipart(LINE, fields)
    return client.post(IMPORTS, sent, f"multipart/form-data; boundary={LINE}", **headers)


def sent(client: Client, body: Organisation, *args) -> RegisterImport:
    """The import that a file made."""
    answer = send(client, body, *args)
    assert answer.status_code == 302, answer.text
    found = RegisterImport.objects.order_by("-pk")[0]
    let_work(found)
    return found


def let_work(found: RegisterImport) -> None:
    """Do what waits for a worker: of the register's own workbook, two things."""
    for _time in range(2):
        work.do_now(found)


def address_of(found: RegisterImport, rest: str = "") -> str:
    return f"{IMPORTS}{found.pk}/{rest}"


def chosen(client: Client, found: RegisterImport, **fields: str) -> HttpResponse:
    """Send the form of the columns as the page has it, but for these fields."""
    form = {"language": "nl", "joins_by_name": "on"} | fields
    answer = client.post(address_of(found, "columns/"), form)
    let_work(found)
    return answer


def confirmed(client: Client, found: RegisterImport) -> HttpResponse:
    """Click “Import” below the preview as it is now; the page that one sees in the end."""
    found.refresh_from_db()
    client.post(address_of(found, "confirm/"), {"preview": found.preview})
    let_work(found)
    return client.get(address_of(found))


def undone(client: Client, found: RegisterImport) -> HttpResponse:
    """Click “Undo this import”; the page that one sees in the end."""
    client.post(address_of(found, "undo/"))
    let_work(found)
    return client.get(address_of(found))


def broken_off(client: Client, body: Organisation) -> HttpResponse:
    """A file of which a part arrived."""
    fields = {"organisation": body.pk, "file": SimpleUploadedFile("a.csv", REGISTER.encode())}
    data = encode_multipart(LINE, fields)
    half = {"CONTENT_LENGTH": str(len(data) + 100), "wsgi.input": io.BytesIO(data)}
    half |= {"CONTENT_TYPE": f"multipart/form-data; boundary={LINE}"}
    return client.post(IMPORTS, "", half["CONTENT_TYPE"], **half)
