"""Logged in again in another window, or no longer: a form that was open keeps what was typed."""

import re
from html import unescape

import pytest
from django.test import Client

from organisations.models import User
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of

pytestmark = pytest.mark.django_db

PASSWORD = "a long and good one"
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}
TEXT = "First line\r\n<b>\"second\" & 'third'</b>"
STORED = TEXT.replace("\r\n", "\n")


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def person(editor_a) -> User:
    editor_a.set_password(PASSWORD)
    editor_a.save()
    return editor_a


@pytest.fixture
def client(person) -> Client:
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    return client


@pytest.fixture
def form(client, activity) -> dict[str, object]:
    """Open in a window, with something typed and two boxes ticked."""
    form = form_of(client, activity)
    assert form["csrfmiddlewaretoken"]
    return form | {"summary_en": TEXT, "sources": ["person", "other"]}


def log_in_again(client: Client, person: User) -> None:
    """In another window: the token of the open form is no longer right."""
    page = client.get("/admin/account/login/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)[1]
    values = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token}
    response = client.post("/admin/account/login/", values, headers=OURS)
    assert response.status_code == 302


def kept(page: str) -> dict[str, list[str]]:
    """What the browser sends from the page."""
    found: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', page):
        found.setdefault(unescape(name), []).append(unescape(value))
    return found


def address(activity: ProcessingActivity) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/"


class TestLoggedInAgain:
    @pytest.fixture(autouse=True)
    def logged_in_again(self, form, client, person) -> None:
        client.logout()
        log_in_again(client, person)

    def test_form_is_sent_again_with_what_was_typed(self, client, activity, form):
        refused = client.post(f"{address(activity)}?x=1", form, headers=OURS)

        activity.refresh_from_db()
        assert (refused.status_code, activity.summary_en) == (403, "Summary of Visitors.")
        assert "What you typed is still here." in refused.text
        assert "CSRF" not in refused.text
        values = kept(refused.text)
        assert f'action="{address(activity)}?x=1"' in refused.text
        assert values["summary_en"] == [TEXT]
        assert values["sources"] == ["person", "other"]
        assert values["csrfmiddlewaretoken"] != form["csrfmiddlewaretoken"]
        assert client.post(address(activity), values, headers=OURS).status_code == 302
        activity.refresh_from_db()
        assert (activity.summary_en, activity.sources) == (STORED, ["person", "other"])

    def test_page_is_as_strict_as_others_and_sends_nothing_by_itself(self, client, activity, form):
        refused = client.post(address(activity), form, headers=OURS)

        assert refused.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in refused.headers["Content-Security-Policy"]
        assert refused.headers["X-Frame-Options"] == "DENY"
        assert not re.search(r"<script|<meta http-equiv|autofocus", refused.text)
        assert "<b>" not in refused.text

    @pytest.mark.parametrize(
        ("language", "title"),
        [
            ("nl", "Er is nog niets opgeslagen"),
            ("fr", "Rien n’est encore enregistré"),
            ("de", "Es ist noch nichts gespeichert"),
            ("en", "Nothing is saved yet"),
        ],
    )
    def test_page_speaks_the_language_of_the_person(
        self, language, title, client, activity, form, person
    ):
        person.language = language
        person.save()

        refused = client.post(address(activity), form, headers=OURS)

        assert f'<html lang="{language}"' in refused.text
        assert title in refused.text

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://sub.testserver", "Sec-Fetch-Site": "same-site"},
            {"Origin": "https://testserver"},
            {"Origin": "http://testserver:81"},
            {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Referer": "http://testserver/admin/"},
            {},
        ],
        ids=str,
    )
    def test_form_of_another_site_is_not_offered(self, headers, client, activity, form):
        refused = client.post(address(activity), form, headers=headers)

        assert refused.status_code == 403
        assert "<form" not in refused.text
        assert "second" not in refused.text
        assert "csrfmiddlewaretoken" not in refused.text
        activity.refresh_from_db()
        assert activity.summary_en == "Summary of Visitors."

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "http://testserver"},
            {"Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "none"},
        ],
        ids=str,
    )
    def test_one_word_of_the_browser_is_enough(self, headers, client, activity, form):
        assert kept(client.post(address(activity), form, headers=headers).text)["summary_en"]

    @pytest.mark.parametrize(
        "path",
        [
            "/admin/account/login/",
            "/admin/account/reauthenticate/",
            "/admin/account/2fa/totp/activate/",
            "/admin/account/2fa/authenticate/",
            "/admin/account/password/",
            "/admin/account/language/",
            "/admin/password_change/",
            "/admin/logout/",
            "/admin/",
        ],
    )
    def test_password_or_code_is_never_shown(self, path, client):
        secrets = {"password": "mySecret", "old_password": "mySecret", "code": "mySecret"}

        refused = client.post(path, secrets, headers=OURS)

        assert refused.status_code == 403
        assert "mySecret" not in refused.text
        assert "<form" not in refused.text

    def test_password_among_other_fields_is_left_out(self, client, activity, form):
        refused = client.post(address(activity), form | {"new_password1": "mySecret"}, headers=OURS)

        assert "mySecret" not in refused.text
        assert "second" in refused.text

    def test_nothing_is_offered_to_who_lost_the_role(self, client, activity, form, person):
        person.memberships.all().delete()

        refused = client.post(address(activity), form, headers=OURS)

        assert "<form" not in refused.text
        assert "second" not in refused.text

    def test_form_of_a_row_of_others_stays_out_of_reach(self, client, activity, form, body_b):
        theirs = factories.create_activity(body_b, name="Theirs")

        values = kept(client.post(address(theirs), form, headers=OURS).text)

        assert client.post(address(theirs), values, headers=OURS).status_code == 404

    def test_too_large_a_form_is_refused_before(self, client, activity, form, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

        body = "summary_en=" + "second" * 1000
        refused = client.post(
            address(activity), body, "application/x-www-form-urlencoded", headers=OURS
        )

        assert refused.status_code == 413
        assert "second" not in refused.text


class TestSessionEnded:
    def test_form_is_sent_again_after_logging_in_in_another_window(
        self, client, activity, form, person
    ):
        del client.cookies["sessionid"]

        ended = client.post(address(activity), form, headers=OURS)
        log_in_again(client, person)
        asked = client.post(address(activity), kept(ended.text), headers=OURS)
        saved = client.post(address(activity), kept(asked.text), headers=OURS)

        assert (ended.status_code, asked.status_code, saved.status_code) == (403, 403, 302)
        assert "You are no longer logged in" in ended.text
        assert ended.headers["Cache-Control"] == "no-store"
        activity.refresh_from_db()
        assert (activity.summary_en, activity.sources) == (STORED, ["person", "other"])

    def test_form_is_kept_when_the_token_is_gone_too(self, client, activity, form):
        client.cookies.clear()

        ended = client.post(address(activity), form, headers=OURS)

        assert "You are no longer logged in" in ended.text
        assert kept(ended.text)["summary_en"] == [TEXT]

    def test_remark_of_a_step_is_kept(self, client, activity, form):
        del client.cookies["sessionid"]
        token = {"csrfmiddlewaretoken": form["csrfmiddlewaretoken"]}
        step = f"{ACTIVITIES}{activity.pk}/steps/withdraw/"

        ended = client.post(step, token | {"remark": "A long reason"}, headers=OURS)
        without = client.post(step, token | {"confirmed": "1"}, headers=OURS)

        assert kept(ended.text)["remark"] == ["A long reason"]
        assert (without.status_code, without.headers["Location"][:13]) == (302, "/admin/login/")

    def test_page_of_the_site_itself_is_asked_to_log_in(self, client, activity):
        """Without a token nothing is kept, however it is asked."""
        visitor = Client(enforce_csrf_checks=True)

        refused = visitor.post(address(activity), {"summary_en": "second"})

        assert refused.status_code == 403
        assert "second" not in refused.text
        assert "Set-Cookie" not in refused.headers


def test_public_address_keeps_nothing_and_sets_no_cookie():
    refused = Client(enforce_csrf_checks=True).post("/", {"name": "second"}, headers=OURS)

    assert refused.status_code == 405
    assert "second" not in refused.text
    assert "/admin/" not in refused.text
    assert not refused.cookies
    assert "Cookie" not in refused.headers.get("Vary", "")
