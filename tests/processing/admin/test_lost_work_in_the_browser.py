"""Six ways to lose what was typed, in a real browser: nothing is missing afterwards."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from organisations.models import Membership, User
from processing.models import FormDraft, ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of
from tests.axe import violations
from tests.browser import needs_browser
from tests.registry_site.accounts.logging_in import PASSWORD
from tests.served_site import ServedSite

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

TEXT = "First line\nSecond line, with “quotes”, é and 😀"
ROW = "Typed into a row"
DRAFT_LINE = "#register-draft [role=status]"


@pytest.fixture
def editor(live_site) -> User:
    cache.clear()
    body = factories.create_organisation("body-a")
    person = factories.create_member(body, Membership.Role.EDITOR, "editor-a@people.example")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.fixture
def activity(editor) -> ProcessingActivity:
    body = editor.memberships.get().organisation
    activity = factories.create_activity(body)
    activity.remember(by=editor)
    return activity


@pytest.fixture
def change(activity) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/"


@pytest.fixture
def context(browser, live_site, editor) -> Iterator:
    """A browser in which the editor is logged in, whatever the port."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    log_in_again(context, editor)
    yield context
    context.close()


def log_in_again(context, person: User) -> None:
    client = Client()
    client.force_login(person)
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([session | {"domain": "127.0.0.1", "path": "/admin/"}])
    context.add_cookies([session | {"domain": "localhost", "path": "/admin/"}])


def unfold(window) -> None:
    """Open all parts of the form and their rows; without script, they are."""
    if (button := window.locator(".register-sections button")).count():
        button.click()
        for row in window.locator("details.register-row:not([open]) > summary").all():
            if row.is_visible():
                row.click()


def open_and_type(context, address: str):
    """The form of an activity in a window, with words in a field, in a row and in a new row."""
    window = context.new_page()
    window.goto(address)
    unfold(window)
    window.fill("[name=summary_en]", TEXT)
    window.fill("[name=data-0-detail_en]", ROW)
    window.click("#processors-group .add-row a")
    window.fill("[name=processors-0-name_en]", "Printer")
    return window


def typed_in(window) -> dict[str, str]:
    """What stands in the fields that were typed in; nothing for one that is not there."""
    names = ("summary_en", "data-0-detail_en", "processors-0-name_en")
    fields = {name: window.locator(f"[name={name}]") for name in names}
    return {name: f.input_value() if f.count() else "" for name, f in fields.items()}


ALL = {"summary_en": TEXT, "data-0-detail_en": ROW, "processors-0-name_en": "Printer"}


def saved_of(activity: ProcessingActivity) -> dict[str, str]:
    activity = ProcessingActivity.objects.get(pk=activity.pk)
    return {
        "summary_en": activity.summary_en,
        "data-0-detail_en": "".join(item.detail_en or "" for item in activity.data.all()),
        "processors-0-name_en": "".join(row.name for row in activity.processors.all()),
    }


def wait_until_kept(window) -> None:
    window.locator(DRAFT_LINE, has_text="Kept at").wait_for()


def take_up(context, address: str):
    """Come back to the form, and take up what it offers."""
    window = context.new_page()
    window.goto(address)
    window.click("text=Take it up")
    window.wait_for_url("**?draft=*")
    window.wait_for_load_state()
    return window


def save(window) -> None:
    window.locator("[name=_save]").first.click()
    # With the section that was open behind it.
    window.wait_for_url(re.compile(rf"{ACTIVITIES}(#.*)?$"))


def enter_password(window) -> None:
    window.fill("[name=login]", "editor-a@people.example")
    window.fill("[name=password]", PASSWORD)
    window.click(".submit-row [type=submit]")
    window.wait_for_url("**/admin/")


def test_session_removed(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)
    Session.objects.all().delete()
    window.locator(DRAFT_LINE, has_text="you are no longer logged in").wait_for()

    with context.expect_page() as opened:
        window.locator("#register-draft").get_by_text("Log in, in a new window").click()
    enter_password(opened.value)
    wait_until_kept(window)
    save(window)

    assert saved_of(activity) == ALL
    assert not FormDraft.objects.exists()


def test_session_removed_and_the_window_left(context, live_site, editor, activity, change):
    window = open_and_type(context, live_site + change)
    wait_until_kept(window)
    Session.objects.all().delete()
    window.goto("about:blank")
    log_in_again(context, editor)

    window = take_up(context, live_site + change)

    assert typed_in(window) == ALL
    save(window)
    assert saved_of(activity) == ALL


def test_language_switched(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)

    window.click(".register-language button[lang=nl]")
    window.wait_for_selector("html[lang=nl]")
    # The form is long: its beginning is there before its end.
    window.wait_for_load_state()

    assert typed_in(window) == ALL
    save(window)
    assert saved_of(activity) == ALL


@pytest.mark.parametrize("choice", ["save", "go"])
def test_step_pressed(choice, context, live_site, activity, change):
    window = open_and_type(context, live_site + change)

    window.click(".register-steps a[href$='/steps/request/']")
    assert "is not saved" in window.locator("#register-unsaved").inner_text()
    assert window.evaluate("document.activeElement.dataset.do") == "save"
    window.click(f"[data-do={choice}]")
    window.wait_for_url(re.compile("/steps/request/(#.*)?$"))

    if choice == "save":
        assert saved_of(activity) == ALL
    else:
        assert saved_of(activity)["data-0-detail_en"] == ""
        assert typed_in(take_up(context, live_site + change)) == ALL


def test_tab_closed(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)
    asked = []

    def leave(dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    window.on("dialog", leave)
    with window.expect_event("close"):
        window.close(run_before_unload=True)
    wait_until(FormDraft.objects.exists)
    window = take_up(context, live_site + change)

    assert asked == ["beforeunload"]
    assert typed_in(window) == ALL
    save(window)
    assert saved_of(activity) == ALL


@pytest.fixture
def served(tmp_path) -> Iterator:
    """Starts a site that can be killed."""
    started: list[ServedSite] = []

    def start() -> ServedSite:
        home = tmp_path / str(len(started))
        home.mkdir()
        started.append(ServedSite(home))
        return started[-1]

    yield start
    for site in started:
        if site.process.poll() is None:
            site.stop()


@pytest.mark.parametrize("javascript", [True, False])
def test_server_killed_in_the_middle_of_a_save(
    javascript, browser, live_site, served, editor, activity, change
):
    context = browser.new_context(java_script_enabled=javascript)
    log_in_again(context, editor)
    site = served()
    # The save waits for this, until there is nobody left to save.
    with transaction.atomic():
        ProcessingActivity.objects.select_for_update().get(pk=activity.pk)
        window = context.new_page()
        window.goto(f"http://127.0.0.1:{site.port}{change}")
        unfold(window)
        window.fill("[name=summary_en]", TEXT)
        window.fill("[name=data-0-detail_en]", ROW)
        window.locator("[name=_save]").first.click(no_wait_after=True)
        wait_until(somebody_waits_for_a_lock)
        kill(site)
    wait_until(lambda: not somebody_waits_for_a_lock())

    window = take_up(context, f"http://127.0.0.1:{served().port}{change}")

    assert window.locator("[name=summary_en]").input_value() == TEXT
    assert window.locator("[name=data-0-detail_en]").input_value() == ROW
    assert saved_of(activity)["data-0-detail_en"] == ""
    save(window)
    assert saved_of(activity)["summary_en"] == TEXT
    assert saved_of(activity)["data-0-detail_en"] == ROW
    assert not FormDraft.objects.exists()
    context.close()


def test_colleague_deletes_the_row(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)
    delete_the_row(activity)

    window.locator("[name=_save]").first.click()
    page = window.locator("#content-main")
    page.get_by_text("Somebody else saved this activity").wait_for()
    assert "Somebody else removed rows that your form has." in page.inner_text()
    save(window)

    assert saved_of(activity) == ALL


def test_colleague_deletes_the_row_while_the_window_is_closed(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)
    wait_until_kept(window)
    window.close()
    delete_the_row(activity)

    window = take_up(context, live_site + change)

    page = window.locator("#content-main")
    assert "Somebody else removed rows that your form has." in page.inner_text()
    save(window)
    assert saved_of(activity) == ALL


def test_network_broken(context, live_site, activity, change):
    window = open_and_type(context, live_site + change)
    context.set_offline(True)
    window.fill("[name=summary_en]", "Other")
    window.locator(DRAFT_LINE, has_text="cannot be reached").wait_for()
    window.fill("[name=summary_en]", TEXT)
    context.set_offline(False)

    wait_until_kept(window)

    assert FormDraft.objects.get().fields["summary_en"] == [TEXT]


def test_new_activity_is_kept_without_leaving_a_trace_in_the_browser(context, live_site, editor):
    window = context.new_page()
    complaints: list[str] = []
    window.on("console", lambda m: complaints.append(m.text) if m.type == "error" else None)
    window.on("pageerror", lambda error: complaints.append(str(error)))
    window.goto(f"{live_site}{ACTIVITIES}add/")
    unfold(window)
    window.fill("[name=name_en]", "Parking")
    window.click("#data-group .add-row a")
    window.fill("[name=data-0-detail_en]", ROW)
    wait_until_kept(window)
    stored = window.evaluate("JSON.stringify([localStorage, sessionStorage])")
    window.close()

    window = take_up(context, f"{live_site}{ACTIVITIES}add/")

    assert (window.input_value("[name=name_en]"), ROW) == (
        "Parking",
        window.input_value("[name=data-0-detail_en]"),
    )
    assert "Parking" not in stored
    assert ROW not in stored
    assert complaints == []


def test_form_that_nobody_changed_is_left_without_a_question(context, live_site, change):
    window = context.new_page()
    window.goto(live_site + change)
    asked = []
    window.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    window.click("h1")

    window.goto(f"{live_site}/admin/")
    window.goto(live_site + change)
    unfold(window)
    window.fill("[name=summary_en]", TEXT)
    save(window)

    assert asked == []
    assert not FormDraft.objects.exists()


class TestSession:
    def test_page_says_that_the_session_ends_and_keeps_it(self, context, live_site, change):
        window = context.new_page()
        window.clock.install()
        window.goto(live_site + change)
        bar = window.locator(".register-session")
        window.clock.fast_forward("27:30")
        assert not bar.is_visible()

        window.clock.fast_forward("00:40")
        bar.wait_for()
        assert bar.get_attribute("role") == "alert"
        assert "You will be logged out at" in bar.inner_text()
        assert faults_in(window, "register-session") == []
        bar.get_by_role("button").click()
        bar.wait_for(state="hidden")
        window.clock.fast_forward("20:00")

        assert not bar.is_visible()

    def test_whoever_types_keeps_it(self, context, live_site, change):
        window = context.new_page()
        window.clock.install()
        window.goto(live_site + change)
        window.clock.fast_forward("20:00")

        with window.expect_request("**/account/alive/"):
            window.locator("[name=summary_en]").press("a")
        window.clock.fast_forward("20:00")

        assert not window.locator(".register-session").is_visible()

    def test_page_says_that_it_has_ended_and_notices_the_log_in(self, context, live_site, change):
        window = context.new_page()
        window.clock.install()
        window.goto(live_site + change)
        Session.objects.all().delete()
        window.clock.fast_forward("31:00")
        bar = window.locator(".register-session")
        bar.get_by_text("You are no longer logged in").wait_for()

        with context.expect_page() as opened:
            bar.get_by_text("Log in, in a new window").click()
        enter_password(opened.value)

        bar.wait_for(state="hidden")


def faults_in(window, name: str) -> list[str]:
    """What the checker finds in parts of the page of that class."""
    nodes = [node for found in violations(window) for node in found["nodes"]]
    return [node["html"] for node in nodes if name in node["html"]]


def delete_the_row(activity: ProcessingActivity) -> None:
    """A colleague opens the form, removes the row of data, and saves."""
    body = activity.organisation
    colleague = factories.create_member(body, Membership.Role.PUBLISHER, "dpo@people.example")
    client = Client()
    client.force_login(colleague)
    form = form_of(client, activity) | {"data-0-DELETE": "on"}
    assert client.post(f"{ACTIVITIES}{activity.pk}/change/", form).status_code == 302
    assert not activity.data.exists()


def kill(site: ServedSite) -> None:
    """The master and its workers, at once."""
    master = site.process.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    for process in (master, *map(int, children)):
        os.kill(process, signal.SIGKILL)
    site.process.wait(timeout=30)


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0


def wait_until(condition) -> None:
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)
