"""A session that ends while somebody writes, in a real browser: it vouches for the form."""

import re

import pytest
from django.core.cache import cache

from organisations.models import Membership
from processing.models import ProcessingActivity
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.registry_site.accounts.logging_in import PASSWORD

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

TEXT = "First line\nSecond line, with “quotes”"


@pytest.fixture
def activity(live_site) -> ProcessingActivity:
    cache.clear()
    body = factories.create_organisation("body-a")
    person = factories.create_member(body, Membership.Role.EDITOR, "editor-a@people.example")
    person.set_password(PASSWORD)
    person.save()
    activity = factories.create_activity(body)
    activity.remember(by=person)
    return activity


def log_in(window) -> None:
    window.fill("[name=login]", "editor-a@people.example")
    window.fill("[name=password]", PASSWORD)
    window.click(".submit-row [type=submit]")
    window.wait_for_url("**/admin/")


@pytest.mark.parametrize("javascript", [True, False])
def test_form_is_sent_after_logging_in_in_another_window(javascript, browser, live_site, activity):
    context = browser.new_context(java_script_enabled=javascript)
    window = context.new_page()
    window.goto(f"{live_site}/admin/")
    log_in(window)
    window.goto(f"{live_site}/admin/processing/processingactivity/{activity.pk}/change/")
    context.clear_cookies(name="sessionid")
    if javascript:
        window.click("#section-what > summary")
    window.fill("[name=summary_en]", TEXT)
    window.locator("[name=_save]").first.click()
    assert window.locator("h1").inner_text() == "You are no longer logged in"
    if javascript:
        assert violations(window) == []

    with context.expect_page() as opened:
        window.click("text=Log in, in a new window")
    log_in(opened.value)
    window.click("button")
    assert window.locator("h1").inner_text() == "Nothing is saved yet"
    window.click("button")
    window.wait_for_url(re.compile("/admin/processing/processingactivity/(#.*)?$"))

    activity.refresh_from_db()
    assert activity.summary_en.replace("\r\n", "\n") == TEXT
    context.close()


def test_form_of_another_site_is_not_offered(browser, live_site, activity):
    """A page elsewhere sends a form of its own, to somebody who is logged in."""
    context = browser.new_context()
    window = context.new_page()
    window.goto(f"{live_site}/admin/")
    log_in(window)
    address = f"{live_site}/admin/processing/processingactivity/{activity.pk}/change/"
    evil = f'<form method="post" action="{address}"><input name="summary_en" value="Evil"><button>'

    window.goto("about:blank")
    window.set_content(evil)
    window.click("button")

    assert window.locator("h1").inner_text() == "Nothing is saved yet"
    assert window.locator("form").count() == 0
    assert "Evil" not in window.content()
    context.close()
