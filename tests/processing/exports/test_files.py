"""Files as visitors fetch them: what they hold, how they are named, kept and refused."""

import csv
import io
import json
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils.timezone import localdate

from organisations import public_page
from organisations.models import Organisation
from processing.exports.formats import FORMATS
from processing.models import ProcessingActivity
from tests import factories
from tests.conftest import LANGUAGES
from tests.processing.exports.reading import sheets_of, table_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(body_a, body_b, publisher_a, administrator) -> ProcessingActivity:
    """Three entries: two of body A, one of body B."""
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    factories.create_publication(body_a, by=publisher_a, name="Passports", language="fr")
    factories.create_publication(body_b, by=administrator, name="Cameras")
    return activity


def fetched(visitor: Client, address: str) -> bytes:
    response = visitor.get(address)
    assert response.status_code == 200, address
    return response.getvalue()


def names(visitor: Client, address: str) -> list[str]:
    """The entries in a file of JSON Lines."""
    return [json.loads(line)["entry"] for line in fetched(visitor, address).splitlines()]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/en/processing/files/jsonl/", ["body-a/1", "body-a/2", "body-b/1"]),
        ("/en/processing/files/jsonl/?body=body-b", ["body-b/1"]),
        ("/en/processing/files/jsonl/?q=cameras", ["body-b/1"]),
        ("/en/processing/files/jsonl/?since=2020-01-01", ["body-b/1", "body-a/2", "body-a/1"]),
        ("/en/processing/files/jsonl/?theme=HEAL", []),
        ("/data/processing/files/jsonl/?data=M1", ["body-a/1"]),
        ("/en/organisations/body-a/files/jsonl/", ["body-a/1", "body-a/2"]),
        ("/data/organisations/body-a/files/jsonl/", ["body-a/1", "body-a/2"]),
        ("/en/processing/body-a/2/files/jsonl/", ["body-a/2"]),
        ("/data/processing/body-a/2/files/jsonl/", ["body-a/2"]),
    ],
)
def test_file_holds_what_was_asked_for(address, expected, register, visitor):
    assert names(visitor, address) == expected


def test_choices_of_a_file_are_written_as_those_of_the_list(register, visitor):
    response = visitor.get("/en/processing/files/csv/?since=2020-01-01&body=body-b&page=3&body=")

    assert response.status_code == 302
    assert visitor.get(response.url).url == (
        "/en/processing/files/csv/?body=body-b&since=2020-01-01"
    )
    assert visitor.get("/en/processing/files/csv/?body=nobody").status_code == 404


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/nl/processing/files/csv/", "register-all-nl-{day}.csv"),
        ("/de/processing/files/xlsx/?q=cameras", "register-selection-de-{day}.xlsx"),
        ("/data/processing/files/json/", "register-all-all-{day}.json"),
        ("/fr/organisations/body-a/files/csv-comma/", "register-body-a-fr-{day}.csv"),
        ("/en/processing/body-a/1/files/jsonl/", "register-body-a-1-en-{day}.jsonl"),
    ],
)
def test_file_is_saved_under_a_name_with_its_day(address, expected, register, visitor):
    response = visitor.get(address)
    response.getvalue()

    name = expected.format(day=localdate())
    assert response.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_file_in_a_language_has_its_words_and_says_where_others_stand_in(register, visitor):
    dutch, french = table_of(fetched(visitor, "/nl/organisations/body-a/files/csv/"))

    assert dutch["Naam"] == "text-name-nl"
    assert dutch["Categorieën van betrokkenen (code)"] == "01; 12"
    assert dutch["Doeleinden: Beschrijving"] == "text-purpose-description-nl"
    # Written in French only.
    assert french["Naam"] == "[fr] Passports"


def test_file_in_all_languages_names_its_columns_for_machines(register, visitor):
    first, second = table_of(fetched(visitor, "/data/organisations/body-a/files/csv/"))

    assert [first[f"name_{code}"] for code in LANGUAGES] == [
        f"text-name-{code}" for code in LANGUAGES
    ]
    assert [second[f"name_{code}"] for code in LANGUAGES] == ["", "Passports", "", ""]
    assert first["organisation_code"] == "body-a"
    assert first["recipients.what_nl"] == "text-recipient-what-nl | text-recipient-what-nl"


def test_comma_separates_where_it_is_asked_for(register, visitor):
    content = fetched(visitor, "/en/processing/files/csv-comma/")

    assert content.startswith("\ufeffProcessing activity,Version,".encode())
    assert len(table_of(content, ",")) == 3


def test_document_says_what_it_is(register, visitor, settings):
    settings.SITE_URL = "https://register.example"
    settings.DEMONSTRATION = True

    told = json.loads(fetched(visitor, "/nl/processing/files/json/?body=body-b"))

    assert told["source"] == "https://register.example/nl/processing/?body=body-b"
    assert told["date"] == localdate().isoformat()
    assert told["licence"].startswith("CC0 1.0 (https://creativecommons.org/")
    assert told["notice"]
    assert [entry["name"] for entry in told["entries"]] == [{"en": "Cameras"}]


def test_body_that_is_not_public_is_not_named(register, body_b, visitor):
    Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

    content = fetched(visitor, "/data/processing/files/json/").decode()

    assert "body-b" not in content
    assert "A federal body that is not on this site" in content


@pytest.mark.parametrize("prefix", ["/nl", "/data"])
def test_file_is_there_as_long_as_its_page(prefix, register, publisher_a, visitor):
    addresses = [
        f"{prefix}/processing/body-a/1/files/csv/",
        f"{prefix}/processing/body-a/9/files/csv/",
        f"{prefix}/organisations/nobody/files/csv/",
        f"{prefix}/processing/files/pdf/",
        f"{prefix}/processing/body-a/1/files/pdf/",
    ]
    before = [visitor.get(address).status_code for address in addresses]

    register.withdraw(by=publisher_a, reason="")

    assert before == [200, 404, 404, 404, 404]
    assert visitor.get(addresses[0]).status_code == 410
    assert names(visitor, f"{prefix}/organisations/body-a/files/jsonl/") == ["body-a/2"]


class TestKept:
    ADDRESS = "/nl/organisations/body-a/files/xlsx/"

    def test_same_entries_are_the_same_file_all_day(self, register, visitor):
        """As its tag says: a workbook tells when it was made."""
        content = fetched(visitor, self.ADDRESS)

        with ZipFile(BytesIO(content)) as parts:
            made = re.search(rb"<dcterms:created[^>]*>([^<]+)", parts.read("docProps/core.xml"))[1]
        assert made.decode() == f"{localdate()}T00:00:00Z"
        assert fetched(visitor, self.ADDRESS) == content

    def test_file_that_is_known_is_not_made_again(
        self, register, publisher_a, visitor, django_assert_num_queries
    ):
        response = visitor.get(self.ADDRESS)
        response.getvalue()
        tag = {"If-None-Match": response.headers["ETag"]}
        assert re.search(r"max-age=\d+", response.headers["Cache-Control"])

        with django_assert_num_queries(1):
            assert visitor.get(self.ADDRESS, headers=tag).status_code == 304

        register.name_nl = "Andere naam"
        register.save()
        register.publish(by=publisher_a)
        changed = visitor.get(self.ADDRESS, headers=tag)
        changed.getvalue()
        assert changed.status_code == 200

    def test_head_tells_what_get_would_and_takes_no_turn(self, register, visitor):
        responses = [visitor.head(self.ADDRESS) for _turn in range(public_page.FILES_AT_ONCE + 1)]

        assert {response.status_code for response in responses} == {200}
        assert {response.getvalue() for response in responses} == {b""}
        assert all(response.headers["Content-Disposition"] for response in responses)

    def test_few_large_files_are_made_at_once_and_the_next_is_told_so(self, register, visitor):
        begun = [visitor.get(self.ADDRESS) for _place in range(public_page.FILES_AT_ONCE)]
        others = (self.ADDRESS, "/nl/organisations/nobody/files/csv/", "/nl/processing/files/pdf/")

        refused, *others = [visitor.get(address) for address in others]
        redirected = visitor.get("/nl/processing/files/csv/?since=2020-01-01&body=body-b")
        head = visitor.head(self.ADDRESS)
        for response in begun:
            response.getvalue()

        assert [response.status_code for response in begun] == [200, 200]
        assert (refused.status_code, refused.headers["Retry-After"]) == (503, "60")
        assert [response.status_code for response in (*others, redirected, head)] == [
            *(404, 404, 302, 200)
        ]
        assert fetched(visitor, self.ADDRESS)

    def test_workbook_of_too_much_is_refused_with_what_to_take_instead(
        self, register, visitor, monkeypatch
    ):
        small = replace(FORMATS["xlsx"], most=1, most_in_all_languages=2)
        monkeypatch.setitem(FORMATS, "xlsx", small)

        refused = visitor.get("/nl/processing/files/xlsx/?body=body-a")

        assert refused.status_code == 413
        assert 'href="/nl/processing/?body=body-a"' in refused.text
        assert fetched(visitor, "/nl/processing/files/csv/?body=body-a")
        assert fetched(visitor, "/data/processing/files/xlsx/?body=body-a")
        assert visitor.get("/data/processing/files/xlsx/").status_code == 413
        assert fetched(visitor, "/nl/processing/body-a/1/files/xlsx/")

    def test_proxy_that_cannot_tell_where_a_file_breaks_off_keeps_none(self, register, visitor):
        """In HTTP/1.0 the end of the connection is the end of the file."""
        old = visitor.get(self.ADDRESS, SERVER_PROTOCOL="HTTP/1.0")

        assert old.getvalue()
        assert old.headers["Cache-Control"] == "no-store"


class TestSpreadsheet:
    """What a text looks like never makes a program calculate or open something."""

    DANGEROUS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "＝1")

    @pytest.fixture
    def dangerous(self, body_a, publisher_a) -> None:
        for text in self.DANGEROUS:
            factories.create_publication(body_a, by=publisher_a, name=text)

    def test_no_cell_of_a_table_begins_as_a_formula(self, dangerous, visitor):
        rows = table_of(fetched(visitor, "/en/organisations/body-a/files/csv/"))

        assert [row["Name"] for row in rows] == [f"'{text.strip()}" for text in self.DANGEROUS]

    def test_no_line_of_a_cell_begins_as_a_formula(self, body_a, publisher_a, visitor):
        """To a program with another separator, a line break in a cell begins a row."""
        summary = "One, two\n=1+1\r\n＝1\nthree = 3"
        factories.create_publication(body_a, by=publisher_a, name="Any", summary_en=summary)

        (row,) = table_of(fetched(visitor, "/en/organisations/body-a/files/csv/"))

        assert row["Summary"].splitlines() == ["One, two", "'=1+1", "'＝1", "three = 3"]

    @pytest.mark.parametrize("name", ["csv", "csv-comma"])
    @pytest.mark.parametrize("separator", [",", ";", "\t"])
    def test_no_cell_is_a_formula_whatever_is_taken_for_the_separator(
        self, separator, name, body_a, publisher_a, visitor
    ):
        """Excel takes that of the country, whatever the file is written with."""
        for text in (
            *("Komma,=1+1,eind", "Punt;=1+1;einde", "Tab,x\t=1+1", 'Quotes,"=1+1",end', "a,＝1"),
            *('All;"",+1;@x,-1', 'Both "x",""=1+1"" y', "=1,=1"),
        ):
            lines = f'Line,\n"=1+1",\r\n{text}'
            factories.create_publication(body_a, by=publisher_a, name=text, summary_en=lines)

        text = fetched(visitor, f"/en/organisations/body-a/files/{name}/")
        cells = [
            cell
            for row in csv.reader(io.StringIO(text.decode("utf-8-sig")), delimiter=separator)
            for cell in row
        ]

        assert any("Komma" in cell for cell in cells)
        assert [cell for cell in cells if cell.startswith(tuple("=+-@＝"))] == []

    def test_signs_within_words_stay_as_they_are(self, body_a, publisher_a, visitor):
        text = "e-mail, fax + post; a = b, \"x\" - y (+32 2, 'z') x@example.be"
        factories.create_publication(body_a, by=publisher_a, name=text)

        (row,) = table_of(fetched(visitor, "/en/organisations/body-a/files/csv/"))

        assert row["Name"] == text

    def test_workbook_holds_texts_as_texts(self, body_a, publisher_a, visitor):
        for text in ("=1+1", "https://link.example/", "0123"):
            factories.create_publication(body_a, by=publisher_a, name=text)

        explanation, entries, *others = sheets_of(
            fetched(visitor, "/en/organisations/body-a/files/xlsx/")
        ).values()

        place = entries[0].index("Name")
        assert [row[place] for row in entries[1:]] == ["=1+1", "https://link.example/", "0123"]
        assert explanation[0] == ["Register", "Federal register of your data"]
        assert {row[0] for sheet in others for row in sheet[1:]} == {
            *("body-a/1", "body-a/2", "body-a/3")
        }

    def test_text_that_looks_like_xml_is_a_text(self, body_a, publisher_a, visitor):
        """XlsxWriter would write these as they are, without a sign of what is text."""
        texts = ["<r>&</r>", "<r></is></c><c><f>1+1</f></c><c><is></r>"]
        for text in texts:
            factories.create_publication(body_a, by=publisher_a, name=text)

        _explanation, entries, *_others = sheets_of(
            fetched(visitor, "/en/organisations/body-a/files/xlsx/")
        ).values()

        place = entries[0].index("Name")
        assert [row[place].strip() for row in entries[1:]] == texts

    @pytest.mark.parametrize(
        "text",
        ["_x0041_ and _X0041_", "one\n two\tthree", "\u00e9&<>\"'", "\U0001f600"],
    )
    def test_sheet_holds_every_sign(self, text, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a, name="Any", summary_en=text)

        content = fetched(visitor, "/en/organisations/body-a/files/xlsx/")

        headings, row = sheets_of(content)["Processing activities"]
        assert row[headings.index("Summary")] == text

    def test_workbook_is_the_same_in_however_small_pieces_it_is_made(
        self, register, visitor, monkeypatch
    ):
        address = "/data/processing/files/xlsx/history/"
        whole = sheets_of(fetched(visitor, address))

        monkeypatch.setattr("processing.exports.sheets.AT_ONCE", 1)
        content = fetched(visitor, address)

        assert sheets_of(content) == whole
        with ZipFile(BytesIO(content)) as parts:
            assert parts.testzip() is None

    def test_sheet_that_is_full_goes_on_in_the_next(self, register, visitor, monkeypatch):
        monkeypatch.setattr("processing.exports.workbooks.MOST_ROWS", 3)

        sheets = sheets_of(fetched(visitor, "/en/processing/files/xlsx/"))

        assert [len(sheets[name]) for name in ("Purposes", "Purposes 2")] == [3, 2]
        assert sheets["Purposes"][0] == sheets["Purposes 2"][0]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_names_of_sheets_are_in_the_language(self, language, register, visitor):
        sheets = sheets_of(fetched(visitor, f"/{language}/processing/files/xlsx/"))

        assert len(sheets) == 11
        expected = {"nl": "Doeleinden", "fr": "Finalités", "de": "Zwecke", "en": "Purposes"}
        assert expected[language] in sheets
