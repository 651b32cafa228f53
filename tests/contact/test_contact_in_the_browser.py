"""The contact form as citizens meet it: without JavaScript, without cookies, by keyboard."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import product

import pytest
import time_machine
from django.utils import timezone

from contact.models import Question
from contact.tokens import SECONDS_TO_FILL_IN
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.conftest import LANGUAGES
from tests.contact.test_contact import WRITTEN

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

DONE = re.compile(r"/contact/\w{4}-\w{4}/$")
SENT = {
    "nl": "Uw bericht is ontvangen",
    "fr": "Votre message a été reçu",
    "de": "Ihre Nachricht ist eingegangen",
    "en": "Your message was received",
}
NOT_SENT = {
    "nl": "Uw bericht is nog niet verstuurd",
    "fr": "Votre message n’est pas encore envoyé",
    "de": "Ihre Nachricht ist noch nicht gesendet",
    "en": "Your message was not sent yet",
}


@pytest.fixture
def form(live_site) -> str:
    factories.create_organisation("body-a")
    return f"{live_site}/{{language}}/organisations/body-a/contact/"


@pytest.fixture(params=LANGUAGES)
def language(request) -> str:
    return request.param


@pytest.fixture
def visit(browser) -> Iterator:
    """Opens a page in a browser of its own, with these options of the browser."""
    contexts = []

    def open_page(address: str, **options):
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        with a_while_ago():
            page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def press(page, key: str, until: str) -> None:
    """Press a key until the element has the focus."""
    for _press in range(60):
        page.keyboard.press(key)
        if page.locator(f"{until}:focus").count():
            return
    raise AssertionError(f"{until} is out of reach")


@contextmanager
def a_while_ago() -> Iterator[None]:
    """The site gives its forms as to somebody who then takes the time to fill them in."""
    with time_machine.travel(timezone.now() - timedelta(seconds=SECONDS_TO_FILL_IN + 1)):
        yield


@pytest.mark.parametrize("width", [320, 1280])
def test_question_is_sent_by_keyboard_without_javascript_and_cookies(language, width, form, visit):
    page = visit(
        form.format(language=language),
        java_script_enabled=False,
        locale=language,
        viewport={"width": width, "height": 900},
    )

    press(page, "Tab", "#kind-question")
    page.keyboard.press("ArrowDown")
    press(page, "Tab", "#name")
    page.keyboard.type(WRITTEN["name"])
    press(page, "Tab", "#email")
    page.keyboard.type(WRITTEN["email"])
    press(page, "Tab", "#message")
    page.keyboard.type("Eerste regel,\ndeuxième ligne, dritte Zeile äöü €.")
    press(page, "Tab", "main .contact button")
    page.keyboard.press("Enter")
    page.wait_for_url(DONE)

    assert page.inner_text("h1") == SENT[language]
    question = Question.objects.get()
    assert question.reference in page.inner_text("main")
    assert (question.kind, question.language) == ("access", language)
    assert question.message == "Eerste regel,\ndeuxième ligne, dritte Zeile äöü €."
    assert page.context.cookies() == []


def test_errors_have_the_focus_lead_to_the_field_and_keep_what_was_typed(language, form, visit):
    page = visit(form.format(language=language), java_script_enabled=False)
    page.check("#kind-access")
    page.fill("#name", WRITTEN["name"])
    page.fill("#email", "robin at citizens")
    page.fill("#message", WRITTEN["message"])
    page.click("main .contact button")

    assert page.locator("#problems:focus").count() == 1
    assert page.inner_text("#problems h2") == NOT_SENT[language]
    press(page, "Tab", "#problems li:nth-child(1) a")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+A")
    page.keyboard.type(WRITTEN["email"])
    assert page.input_value("#email") == WRITTEN["email"]
    assert page.input_value("#name") == WRITTEN["name"]
    assert page.input_value("#message") == WRITTEN["message"]
    page.click(".contact summary")
    page.check("#kind-error")
    page.click("main .contact button")
    assert page.inner_text("h1") == SENT[language]


def test_fields_follow_what_it_is_about_and_keep_what_was_typed(form, visit):
    page = visit(form.format(language="en"), java_script_enabled=False)
    fields = [page.locator(name) for name in ("#name", "#email", "#message", ".contact .button")]
    assert not any(field.is_visible() for field in fields)
    assert not any(told.is_visible() for told in page.locator(".kind .explanation").all())

    page.check("#kind-erasure")
    page.fill("#message", "All of them.")
    page.check("#kind-access")

    assert all(field.is_visible() for field in fields)
    assert [told.is_visible() for told in page.locator(".kind .explanation").all()].count(True) == 1
    assert page.input_value("#message") == "All of them."


def test_form_that_comes_back_without_a_kind_shows_every_field(form, visit):
    page = visit(form.format(language="en"), java_script_enabled=False)
    # As a browser without :has() sends it, which shows the fields at once.
    write = "field => { field.value = 'Which data do you have?'; field.form.submit(); }"
    with page.expect_navigation():
        page.locator("#message").evaluate(write)

    assert page.locator("#problems li").count() == 2
    for name in ("#name", "#email", "#message", ".contact .button"):
        assert page.locator(name).is_visible()
    assert page.input_value("#message") == "Which data do you have?"


def test_form_of_a_right_is_two_screens_of_a_telephone_at_most(language, form, visit):
    address = f"{form.format(language=language)}?kind=erasure"
    page = visit(address, viewport={"width": 390, "height": 844})

    button = page.locator(".contact .button").bounding_box()
    assert button["y"] + button["height"] <= 2 * 844


@pytest.mark.parametrize("width", [320, 768, 1280])
@pytest.mark.parametrize("path", ["contact/?kind=erasure", "organisations/body-a/contact/"])
def test_heading_is_larger_than_its_lead_and_keeps_away_from_it(path, width, form, visit):
    start = form.format(language="de").partition("/organisations/")[0]
    page = visit(f"{start}/{path}", viewport={"width": width, "height": 900})

    size = "element => parseFloat(getComputedStyle(element).fontSize)"
    assert page.locator("h1").evaluate(size) > 1.2 * page.locator(".lead").evaluate(size)
    heading, lead = page.locator("h1").bounding_box(), page.locator(".lead").bounding_box()
    assert lead["y"] - heading["y"] - heading["height"] >= 8


def test_going_back_and_sending_again_is_one_question(form, visit):
    page = visit(form.format(language="en"), java_script_enabled=False)
    page.check("#kind-access")
    for field in ("name", "email", "message"):
        page.fill(f"#{field}", WRITTEN[field])
    page.dblclick("main .contact button")
    page.wait_for_url(DONE)
    first = page.url

    with a_while_ago():
        page.go_back()
    page.check("#kind-access")
    for field in ("name", "email", "message"):
        page.fill(f"#{field}", WRITTEN[field])
    page.click("main .contact button")
    page.wait_for_url(DONE)

    assert page.url == first
    assert Question.objects.count() == 1


def test_form_is_accessible_empty_with_errors_and_done(language, form, visit):
    """axe finds nothing, nothing is too wide, and the browser has no complaint."""
    page = visit(form.format(language=language), locale=language)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))

    def inspect() -> None:
        for width, scheme in product((320, 1280), ("light", "dark")):
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            assert violations(page) == [], (width, scheme)
            assert page.evaluate("document.documentElement.scrollWidth") == width

    inspect()
    page.check("#kind-access")
    page.fill("#message", "85.07.30-033.28")
    inspect()
    page.click("main .contact button")
    assert page.locator("#problems li").count() == 3
    inspect()
    page.click(".contact summary")
    page.check("#kind-question")
    page.fill("#email", WRITTEN["email"])
    page.check("#keep_number")
    page.click("main .contact button")
    assert page.inner_text("h1") == SENT[language]
    inspect()
    assert complaints == []
