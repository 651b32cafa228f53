"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import io
import itertools
import logging
import socket
import stat
import threading
import time
import tracemalloc
from contextlib import ExitStack, suppress
from urllib.parse import urlencode

import pytest
from django.conf import settings as site_settings
from django.contrib import admin
from django.contrib.auth import SESSION_KEY
from django.core.mail import EmailMessage, get_connection
from django.http import HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from organisations.rows import MOST_ROWS as MOST_ROWS_SENT
from processing import publishing
from processing.models import DataItem, ProcessingActivity
from processing.publishing import MOST_CHARACTERS, MOST_ROWS, DoesNotFit
from processing.snapshots import row_models
from registry_site import gunicorn_settings, request_content, turns
from registry_site.request_content import FORM
from tests import factories
from tests.conftest import LANGUAGES
from tests.served_site import ServedSite, answer_to
from tests.test_isolation import ACTIVITIES, form_of

ADD = f"{ACTIVITIES}add/"
LOGIN = "/admin/account/login/"
PASSWORD = "/admin/account/password/"
KINDS = tuple(row_models(ProcessingActivity))
BOUNDARY = "multipart/form-data; boundary=x"


def told(total: int = 0, initial: int = 0) -> dict[str, int]:
    """How many rows of each kind a form says that it holds."""
    counts = {"TOTAL": total, "INITIAL": initial}
    return {f"{kind}-{name}_FORMS": count for kind in KINDS for name, count in counts.items()}


@pytest.fixture
def editor(editor_a) -> Client:
    client = Client()
    client.force_login(editor_a)
    return client


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    activity.remember(by=editor_a)
    return activity


class TestRows:
    def test_rows_that_are_not_sent_do_not_exist(self, editor):
        """319 bytes took 29 seconds of a processor and 362 MB."""
        answer = editor.post(ADD, told(total=500))

        formsets = [rows.formset for rows in answer.context["inline_admin_formsets"]]
        assert [len(formset.forms) for formset in formsets] == [0] * len(KINDS)
        assert len(answer.content) < 200_000

    def test_number_of_rows_is_cut_to_the_last_that_was_sent(self, editor):
        sent = told(total=500) | {"data-1-category": "A1", "purposes-7-nonsense": "x"}

        answer = editor.post(ADD, sent)

        formsets = {rows.formset.prefix: rows for rows in answer.context["inline_admin_formsets"]}
        counts = {kind: len(rows.formset.forms) for kind, rows in formsets.items()}
        assert {kind: count for kind, count in counts.items() if count} == {
            "data": 2,
            "purposes": 8,
        }

    @pytest.mark.parametrize("last", [0, MOST_ROWS_SENT // len(KINDS)])
    def test_one_limit_holds_for_all_rows_together(self, last, editor):
        sent = told(total=500) | {f"{kind}-{last}-x": "x" for kind in KINDS}

        answer = editor.post(ADD, sent)

        assert answer.status_code == (413 if last else 200)

    @pytest.mark.parametrize(
        "nonsense",
        [{"data-TOTAL_FORMS": "x"}, {"data-INITIAL_FORMS": ""}, {"data-TOTAL_FORMS": "-1"}],
    )
    def test_number_that_is_none_is_refused(self, nonsense, editor):
        assert editor.post(ADD, told() | nonsense).status_code == 400

    @pytest.mark.parametrize("model", ["user", "organisation"])
    def test_every_form_of_the_admin_has_the_limit(self, model, administrator):
        central = Client()
        central.force_login(administrator)
        address = reverse(f"admin:organisations_{model}_add")
        sent = {"memberships-TOTAL_FORMS": 500, "memberships-INITIAL_FORMS": 0}

        few = central.post(address, sent)
        many = central.post(address, sent | {f"memberships-{MOST_ROWS_SENT}-role": "editor"})

        assert len(few.context["inline_admin_formsets"][0].formset.forms) == 0
        assert many.status_code == 413

    def test_no_list_can_be_edited_row_by_row(self):
        """Its rows would be a form too."""
        assert [model for model, form in admin.site._registry.items() if form.list_editable] == []

    def test_only_so_many_are_published_or_withdrawn_at_a_time(self, publisher_a, body_a):
        publisher = Client()
        publisher.force_login(publisher_a)
        ProcessingActivity.objects.bulk_create(
            ProcessingActivity(organisation=body_a, number=number) for number in range(1, 31)
        )
        keys = list(ProcessingActivity.objects.values_list("pk", flat=True))
        sent = {"action": "request_approval", "select_across": "1", "index": "0"}

        answers = [
            publisher.post(ACTIVITIES, sent | {"_selected_action": keys[:1]}, follow=True),
            publisher.post(
                ACTIVITIES, sent | {"_selected_action": keys, "select_across": "0"}, follow=True
            ),
        ]

        for answer in answers:
            assert "You have chosen 30. Choose at most 10 at a time." in answer.text
        assert "Not done for" not in answers[0].text

    def test_form_that_leaves_rows_out_stores_no_more_than_fit(self, editor, activity):
        DataItem.objects.bulk_create(
            DataItem(activity=activity, category_id="A1", key=key)
            for key in range(2, MOST_ROWS - 8)
        )
        form = form_of(editor, activity)
        without_rows = {name: value for name, value in form.items() if "-" not in name} | told()
        new = {f"data-{row}-category": "A1" for row in range(20)}
        new |= {f"data-{row}-is_mandatory": "unknown" for row in range(20)}
        before = activity.data.count()

        answer = editor.post(
            f"{ACTIVITIES}{activity.pk}/change/", without_rows | new | {"data-TOTAL_FORMS": 20}
        )

        assert answer.status_code == 413
        assert activity.data.count() == before

    def test_text_of_all_rows_and_languages_has_one_limit(self, editor, activity, monkeypatch):
        monkeypatch.setattr(publishing, "MOST_CHARACTERS", 1_000)
        form = form_of(editor, activity) | {"summary_nl": "x" * 600, "data-0-detail_fr": "y" * 600}
        address = f"{ACTIVITIES}{activity.pk}/change/"

        refused = editor.post(address, form)
        saved = editor.post(address, form | {"data-0-DELETE": "on"})

        assert "1000 fit in one activity" in refused.text
        assert "y" * 600 in refused.text
        assert saved.status_code == 302

    def test_what_is_too_long_in_all_is_remembered_by_no_way(self, activity, editor_a):
        texts = [name for name in form_texts() if name != "name_nl"]
        for name in texts:
            setattr(activity, name, "x" * 4_000)
        many = [DataItem(activity=activity, category_id="A1", key=key) for key in range(2, 72)]
        for item in many:
            item.detail_nl = item.detail_fr = item.detail_de = item.detail_en = "x" * 2_000
        activity.save()
        DataItem.objects.bulk_create(many)

        with pytest.raises(DoesNotFit, match=str(MOST_CHARACTERS)):
            activity.remember(by=editor_a)


def form_texts() -> list[str]:
    return [
        f"{name}_{language}" for name in ("summary", "security", "name") for language in LANGUAGES
    ][:-4]


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

        assert statuses == ([200, 413] if is_logged_in else [415, 415])

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


# With the mark, static files are collected where these tests run alone.
@pytest.mark.django_db
class TestTurns:
    """In one process. A request of the admin takes as long as the test wants."""

    @pytest.fixture
    def served(self, settings):
        settings.ADMIN_PLACES = 3
        self.may_end = threading.Event()
        self.begun = threading.Semaphore(0)
        self.running, self.most = 0, 0
        self.serial = itertools.count()

        def answer(request) -> HttpResponse:
            if request.path.startswith("/admin/"):
                self.running += 1
                self.most = max(self.most, self.running)
                self.begun.release()
                self.may_end.wait(timeout=30)
                self.running -= 1
            return HttpResponse("answered")

        yield turns.serve_the_admin_in_turn(answer)
        self.may_end.set()

    def ask(self, served, path: str, person: str = "") -> HttpResponse:
        request = RequestFactory().get(path)
        request.COOKIES["sessionid"] = f"made up {next(self.serial)}"
        request.session = {SESSION_KEY: person} if person else {}
        return served(request)

    def busy(self, served, *people: str) -> list[threading.Thread]:
        threads = [
            threading.Thread(target=self.ask, args=(served, "/admin/", person)) for person in people
        ]
        for thread in threads:
            thread.start()
        assert self.begun.acquire(timeout=30)
        return threads

    def end(self, threads: list[threading.Thread]) -> None:
        self.may_end.set()
        for thread in threads:
            thread.join(timeout=30)

    def test_public_is_served_while_the_admin_is_full(self, served):
        threads = self.busy(served, "one", "two", "three")
        wait_until(lambda: self.ask(served, "/admin/", "four").status_code == 503)

        public = self.ask(served, "/nl/")
        refused = self.ask(served, "/admin/", "four")

        self.end(threads)
        assert public.text == "answered"
        assert refused.status_code == 503
        assert refused.headers["Retry-After"] == "5"
        assert "Please wait a moment" in refused.text
        assert self.most == 1
        # And afterwards there is place again.
        assert self.ask(served, "/admin/", "four").text == "answered"

    def test_one_person_leaves_a_place_to_others(self, served):
        threads = self.busy(served, "one", "one")
        wait_until(lambda: self.ask(served, "/admin/", "one").status_code == 503)

        threads += [threading.Thread(target=self.ask, args=(served, "/admin/", "two"))]
        threads[-1].start()

        self.end(threads)
        assert self.begun.acquire(timeout=30)
        assert self.begun.acquire(timeout=30)

    def test_strangers_leave_a_place_to_who_is_logged_in(self, served, monkeypatch):
        monkeypatch.setattr(turns, "SECONDS", 60)
        threads = self.busy(served, "", "", "")
        wait_until(lambda: sum(thread.is_alive() for thread in threads) == 2)
        assert not self.begun.acquire(blocking=False)
        answers: list[HttpResponse] = []

        threads.append(
            threading.Thread(target=lambda: answers.append(self.ask(served, "/admin/", "one")))
        )
        threads[-1].start()

        self.end(threads)
        assert [answer.status_code for answer in answers] == [200]

    def test_who_has_waited_too_long_is_told(self, served, monkeypatch):
        monkeypatch.setattr(turns, "SECONDS", 0.1)
        threads = self.busy(served, "one")

        refused = self.ask(served, "/admin/", "two")

        self.end(threads)
        assert refused.status_code == 503


def wait_until(holds) -> None:
    deadline = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(scope="module")
def site(django_db_setup, tmp_path_factory):
    site = ServedSite(
        tmp_path_factory.mktemp("served"), "--timeout", "2", "tests.slow_site:application"
    )
    yield site
    site.stop()


# Without the mark there is no database where these tests run alone.
@pytest.mark.django_db
class TestServed:
    def test_upload_of_100_mb_leaves_no_file(self, site):
        size = 100_000_000
        kind = (f"Content-Type: {BOUNDARY}", f"Content-Length: {size}", "Cookie: csrftoken=x")
        part = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n'
        seen: set[str] = set()

        with site.begin(LOGIN, *kind) as client:
            client.sendall(part)
            status, page = answer_to(client)
            with suppress(OSError):  # that the connection ends is as good as that all is dropped
                for _piece in range(size // 65_536):
                    client.sendall(b"x" * 65_536)
                    seen.update(path.name for path in site.temporary.iterdir())

        assert (status, "<html" in page) == (415, True)
        assert seen == set()

    def test_upload_that_comes_slowly_is_refused_at_once(self, site):
        kind = (f"Content-Type: {BOUNDARY}", "Content-Length: 1000000")

        with site.begin(PASSWORD, *kind) as client:
            status, _page = answer_to(client)

        assert status == 415
        assert list(site.temporary.iterdir()) == []

    def test_form_without_a_length_is_refused(self, site):
        kind = (f"Content-Type: {FORM}", "Transfer-Encoding: chunked")

        with site.begin(LOGIN, *kind) as client:
            client.sendall(b"3\r\na=1\r\n0\r\n\r\n")
            status, _page = answer_to(client)

        assert status == 411

    @pytest.mark.parametrize("written", [FORM, FORM.upper()])
    def test_form_that_comes_slowly_is_given_up_and_costs_no_worker(self, written, site):
        kind = (f"Content-Type: {written}", "Content-Length: 1000")

        with ExitStack() as stack:
            clients = [stack.enter_context(site.begin(LOGIN, *kind)) for _ in range(8)]
            cut_off = [is_cut_off(client) for client in clients]

        assert cut_off == [True] * 8
        assert site.get("/nl/")[0] == 200
        assert "WORKER TIMEOUT" not in site.errors

    @pytest.mark.parametrize(
        "headers",
        [
            {"X_Forwarded_Ssl": "on"},
            {"X_Forwarded_Protocol": "ssl"},
            {"X_Forwarded_Ssl": "on", "X_Forwarded_Proto": "http"},
            {"X_Forwarded_Protocol": "ssl", "X_Forwarded_Proto": "http"},
        ],
    )
    def test_no_header_makes_the_server_answer_by_itself(self, headers, site):
        status, answered = site.get("/nl/none/", **headers)

        assert status == 404
        assert "Content-Security-Policy" in answered
        assert answered["Cache-Control"] == "no-store"

    def test_what_is_refused_leaves_no_line(self, site):
        addresses = [
            *("/nl/?x=%00", "/nl/processing/?page=%FF", "/admin/?x=" + "y" * 4_000, "/?%00"),
            *("/admin/processing/theme/?nonsense=1", "/nl/processing/?theme=none", "/es/"),
        ]

        statuses = {site.get(address)[0] for address in addresses}
        statuses.add(site.get("/nl/", Host="evil.example")[0])

        assert statuses == {302, 400, 404}
        assert site.errors == ""

    # Last: it ends the worker.
    def test_request_without_end_is_ended_and_the_public_served_meanwhile(self, site):
        with socket.create_connection(("127.0.0.1", site.port), timeout=30) as endless:
            endless.sendall(b"GET /without-end/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
            meanwhile = site.get("/nl/")[0]
            ended = endless.recv(1)

        site.wait_until_ready()
        assert meanwhile == 200
        assert ended == b""
        assert "WORKER TIMEOUT" in site.errors
        # Where in the code it was.
        assert "in without_end" in site.errors


def is_cut_off(client: socket.socket) -> bool:
    """Whether the server ends the connection while a byte comes every tenth of a second."""
    client.settimeout(0.1)
    for _byte in range(60):
        try:
            client.sendall(b"x")
            if client.recv(1) == b"":
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


def test_workers_are_renewed_one_after_another():
    assert 0 < gunicorn_settings.max_requests_jitter < gunicorn_settings.max_requests
    assert gunicorn_settings.secure_scheme_headers == {}


@pytest.mark.django_db
class TestSmallLeaks:
    @pytest.mark.parametrize("ask", ["a " * 2_000, " ".join(f"w{n}" for n in range(700))])
    def test_list_looks_for_the_first_words_only(self, ask, editor, django_assert_max_num_queries):
        with django_assert_max_num_queries(28) as queries:
            answer = editor.get(ACTIVITIES, {"q": ask[:4_000]})

        longest = max(len(query["sql"]) for query in queries)
        assert answer.status_code == 200
        assert longest < 20_000

    def test_list_finds_what_many_words_begin_with(self, editor, activity):
        words = "Visitors " * 12 + "none " * 50

        assert f"{activity.pk}/change/" in editor.get(ACTIVITIES, {"q": words}).text

    @pytest.mark.parametrize(
        "address",
        [
            *("/admin/", "/admin/login/", "/nl/?x=1", "/nl/processing/?page=1", "/nl", "/admin"),
            *("/nl/glossary/", "/nl/processing/?theme="),
        ],
    )
    def test_redirect_is_kept_by_no_cache_unless_it_says_so(self, address, visitor):
        answer = visitor.get(address)

        assert answer.status_code in (301, 302)
        assert answer.headers["Cache-Control"] in ("no-store", "public, max-age=60") or (
            "no-store" in answer.headers["Cache-Control"]
        )

    def test_way_to_the_language_of_the_browser_may_be_kept(self, visitor):
        answer = visitor.get("/", headers={"Accept-Language": "fr"})

        assert (answer.status_code, answer.headers["Vary"]) == (302, "Accept-Language")
        assert "public" in answer.headers["Cache-Control"]

    def test_server_writes_no_warnings_through_the_log_of_the_site(self):
        logger = logging.getLogger("gunicorn.http.wsgi")
        handlers = []

        while logger.propagate:
            logger = logger.parent
            handlers += logger.handlers

        assert logger.name == "gunicorn.http"
        assert not any(type(handler) is logging.StreamHandler for handler in handlers)

    def test_mails_as_files_are_for_their_owner_alone(self, tmp_path, settings):
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        sender = get_connection("contact.mail_files.EmailBackend")

        sender.send_messages([EmailMessage("Subject", "Words", "a@site.example", ["b@x.example"])])

        (file,) = (tmp_path / "mail").iterdir()
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mail", file)]
        assert [oct(mode) for mode in modes] == ["0o700", "0o600"]
