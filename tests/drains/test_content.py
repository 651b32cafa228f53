"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import io
import tracemalloc
from urllib.parse import urlencode

import pytest
from django.conf import settings as site_settings
from django.http import QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from registry_site import request_content, worker
from registry_site.request_content import FORM
from tests.admin_forms import ACTIVITIES, form_of
from tests.conftest import LANGUAGES
from tests.drains.helpers import ADD, BOUNDARY, LOGIN, PASSWORD


@pytest.mark.django_db
class TestContent:
    @pytest.mark.parametrize("address", [LOGIN, PASSWORD, ADD, "/nl/", "/nl/none/"])
    def test_file_is_refused_before_anything_reads_it(self, address, visitor, body_a, monkeypatch):
        monkeypatch.setattr(request_content.HttpRequest, "_load_post_and_files", never)
        visitor.cookies["csrftoken"] = "c" * 32

        answer = visitor.post(address, "--x\r\n", BOUNDARY)

        assert answer.status_code == 415
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Content-Security-Policy" in answer.headers

    def test_form_without_content_needs_no_type(self, visitor):
        assert visitor.generic("POST", LOGIN).status_code == 200

    @pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/octet-stream"])
    def test_what_is_no_form_is_refused(self, kind, visitor):
        assert visitor.post(LOGIN, "{}", kind).status_code == 415

    @pytest.mark.parametrize(
        ("address", "most"),
        [
            (LOGIN, request_content.MOST_OF_AN_ACCOUNT),
            (PASSWORD, request_content.MOST_OF_AN_ACCOUNT),
            ("/nl/organisations/body-a/contact/", site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
            (ADD, site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
        ],
    )
    def test_form_has_a_limit_in_bytes(self, address, most, visitor, body_a):
        statuses = [
            visitor.post(address, "x" * size, FORM).status_code for size in (most, most + 1)
        ]

        assert statuses[0] != 413
        assert statuses[1] == 413

    @pytest.mark.parametrize(
        "body",
        [
            *(
                "",
                "a",
                "a=",
                "=a",
                "&",
                "a&&b",
                "a=1&a=2",
                "a=b=c",
                "a+b=c+d",
                "%41%C3%A9=%e2%82%AC",
            ),
            *(
                "a=%",
                "a=%4",
                "a=%zz",
                "a=%41%",
                "a=%FF",
                "a=é",
                "a=1;b=2",
                "a%3Db=c%26d",
                "%00=%00",
            ),
        ],
    )
    def test_form_is_read_as_django_reads_it(self, body):
        request = RequestFactory().post("/", body.encode(), FORM)

        request_content.read_form(request)

        assert list(request.POST.lists()) == list(QueryDict(body.encode()).lists())
        assert (request.POST._mutable, len(request.FILES)) == (False, 0)

    @pytest.mark.parametrize("sign", [b"%41", b"a%20", b"%0D%0Aabcd"])
    def test_form_of_escaped_signs_takes_little_memory(self, sign):
        """Up to a hundred megabytes with Django's own way."""
        most = site_settings.DATA_UPLOAD_MAX_MEMORY_SIZE - 2
        request = RequestFactory().post("/", b"a=" + sign * (most // len(sign)), FORM)
        tracemalloc.start()

        request_content.read_form(request)

        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert most < 20_000_000

    def test_form_has_a_limit_in_fields(self, visitor):
        many = "&".join(["a=1"] * (site_settings.DATA_UPLOAD_MAX_NUMBER_FIELDS + 1))

        # Not to the log-in, which takes fewer bytes.
        assert visitor.post(f"{ACTIVITIES}add/", many, FORM).status_code == 413

    def test_content_without_a_length_is_refused(self, visitor):
        answer = visitor.post(LOGIN, "a=1", FORM, headers={"Transfer-Encoding": "chunked"})

        assert answer.status_code == 411

    def test_form_that_broke_off_is_refused(self, editor, activity):
        form = urlencode(form_of(editor, activity) | {"name_en": "Half"}).encode()
        whole = {"CONTENT_LENGTH": str(len(form) + 100), "wsgi.input": io.BytesIO(form)}
        whole |= {"CONTENT_TYPE": FORM}

        answer = editor.post(f"{ACTIVITIES}{activity.pk}/change/", "", FORM, **whole)

        activity.refresh_from_db()
        assert answer.status_code == 400
        assert activity.name_en == "Visitors"

    @pytest.mark.parametrize("is_logged_in", [True, False])
    def test_file_may_be_sent_where_it_is_meant_by_who_is_logged_in(
        self, is_logged_in, editor, visitor, monkeypatch
    ):
        monkeypatch.setitem(request_content.FILES, "admin:index", 1_000)
        person = editor if is_logged_in else visitor
        small, large = ("--x--\r\n", "--x--\r\n" + " " * 1_000)

        statuses = [person.post("/admin/", sent, BOUNDARY).status_code for sent in (small, large)]

        assert statuses == ([200, 413] if is_logged_in else [302, 302])

    @pytest.mark.parametrize(
        ("changed", "is_taken"),
        [
            ({}, True),
            ({"PATH_INFO": "/admin/"}, False),
            ({"PATH_INFO": "/no/such/address/"}, False),
            ({"CONTENT_LENGTH": "30000000"}, False),
            ({"CONTENT_TYPE": "text/csv"}, False),
        ],
    )
    def test_file_is_taken_in_before_the_time_of_a_request_runs(self, changed, is_taken):
        sent = {
            "PATH_INFO": f"{ACTIVITIES}import/",
            "CONTENT_TYPE": BOUNDARY,
            "CONTENT_LENGTH": "4",
            "wsgi.input": io.BufferedReader(io.BytesIO(b"file, and more")),
        } | changed

        received = worker._received(sent, reads_files=worker._may_be_a_file(sent))

        assert isinstance(received, io.BytesIO) == is_taken
        assert received.read(4) == b"file"

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_refusal_says_why_in_the_language_of_the_page(self, language, visitor):
        address = f"/{language}/"

        pages = [
            visitor.post(address, "x", BOUNDARY).text,
            visitor.post(address, "x" * 2_000_000, FORM).text,
        ]

        for page in pages:
            assert f'<html lang="{language}"' in page
            assert f'href="/{language}/"' in page

    def test_no_form_of_the_admin_is_sent_as_files(self, administrator, activity):
        central = Client()
        central.force_login(administrator)
        names = (
            "processing_processingactivity",
            "organisations_user",
            "organisations_organisation",
        )
        addresses = [
            reverse(f"admin:{name}_{page}") for name in names for page in ("add", "changelist")
        ]
        addresses += [f"{ACTIVITIES}{activity.pk}/{page}/" for page in ("change", "copy", "delete")]

        for address in (*addresses, "/admin/password_change/"):
            page = central.get(address, follow=True)
            assert "<form" in page.text, address
            assert "multipart" not in page.text, address
            assert "enctype" not in page.text, address


def never(*args: object) -> None:
    raise AssertionError("the content was read")
