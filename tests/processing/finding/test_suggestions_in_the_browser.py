"""The search field as people meet it who type, click, touch, listen, or have no script."""

import json
import re
from collections.abc import Iterator

import pytest
from django.utils import translation
from django.utils.translation import ngettext
from playwright.sync_api import Page, Route, expect

from organisations.models import Membership
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.conftest import LANGUAGES

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

TITLES = {
    "nl": "Rijbewijzen uitreiken",
    "fr": "Délivrance des permis",
    "de": "Führerscheine ausstellen",
    "en": "Driving licences",
}
LIST, OPTION, STATUS = "#q-suggestions", "#q-suggestions [role='option']", "form [role='status']"


@pytest.fixture
def site(live_site) -> str:
    """A body, two subjects and entries that begin with “tax”, and one in four languages."""
    names = {f"name_{code}": f"Tax agency {code}" for code in LANGUAGES}
    body = factories.create_organisation("tax-agency", **names)
    publisher = factories.create_member(body, Membership.Role.PUBLISHER)
    factories.create_publication(body, by=publisher, name="Tax returns")
    factories.create_publication(body, by=publisher, name="Taxes on cars")
    factories.create_publication(body, by=publisher, name="Taxes abroad", language="fr")
    texts = {f"name_{code}": title for code, title in TITLES.items()}
    factories.create_activity(body, **texts | {"name": TITLES["en"]}).publish(by=publisher)
    return live_site


@pytest.fixture
def visit(browser, site) -> Iterator:
    """Opens a page in a browser of its own, with these options of the browser."""
    contexts = []

    def open_page(path: str = "/en/", **options) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def type_and_see(page: Page, text: str = "tax", options: int = 6) -> None:
    page.locator("#q").press_sequentially(text)
    expect(page.locator(OPTION)).to_have_count(options)


def active(page: Page) -> str | None:
    """The text of the option that a screen reader is told of."""
    identifier = page.get_attribute("#q", "aria-activedescendant")
    if not identifier:
        return None
    option = page.locator(f"#{identifier}")
    assert option.get_attribute("aria-selected") == "true"
    assert page.locator("[aria-selected='true']").count() == 1
    return option.inner_text().split("\n")[0]


def is_open(page: Page) -> bool:
    is_visible = page.locator(LIST).is_visible()
    assert page.get_attribute("#q", "aria-expanded") == str(is_visible).lower()
    return is_visible


def test_field_and_list_are_a_combobox_and_a_listbox(visit):
    page = visit()
    field = page.locator("#q")
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-controls", "q-suggestions")
    assert not is_open(page)

    type_and_see(page)

    assert is_open(page)
    assert active(page) is None
    assert page.inner_text(STATUS) == "6 suggestions"
    assert page.get_attribute(LIST, "role") == "listbox"
    assert page.get_attribute(LIST, "aria-label") == "Suggestions"
    groups = page.locator(f"{LIST} [role='group']")
    labels = [
        page.inner_text(f"#{groups.nth(place).get_attribute('aria-labelledby')}")
        for place in range(groups.count())
    ]
    assert labels == ["Federal bodies", "Subjects", "Processing activities"]
    assert page.locator(f"{LIST} [lang='fr']").all_inner_texts() == ["Taxes abroad"]


def test_arrows_move_escape_closes_and_enter_goes_there(visit, site):
    page = visit()
    type_and_see(page)

    seen = []
    for _press in range(8):
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
    page.keyboard.press("ArrowUp")
    before = active(page)
    page.keyboard.press("ArrowUp")
    last = active(page)

    assert seen[:4] == ["Tax agency en", "Taxes", "Taxes", "Tax returns"]
    assert seen[6] is before is None
    assert seen[7] == seen[0]
    assert last == seen[5] == "Taxes on cars"
    assert page.evaluate("document.activeElement.id") == "q"
    page.keyboard.press("Escape")
    assert not is_open(page)
    assert active(page) is None
    assert page.input_value("#q") == "tax"
    page.keyboard.press("ArrowDown")
    expect(page.locator(LIST)).to_be_visible()
    for _press in range(4):
        page.keyboard.press("ArrowDown")
    assert active(page) == "Tax returns"
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/en/processing/tax-agency/1/")


def test_typing_on_leaves_the_list(visit):
    page = visit()
    type_and_see(page)
    page.keyboard.press("ArrowDown")
    assert active(page)

    page.keyboard.press("ArrowLeft")
    assert active(page) is None
    page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.type(" ret")

    expect(page.locator(OPTION)).to_have_count(1)
    assert active(page) is None
    assert page.input_value("#q") == "tax ret"


def test_enter_without_a_choice_searches(visit, site):
    page = visit()
    type_and_see(page)

    page.keyboard.press("Enter")

    page.wait_for_url(f"{site}/en/processing/?q=tax")


def test_tab_leaves_and_closes(visit):
    page = visit()
    type_and_see(page)
    page.keyboard.press("ArrowDown")

    page.keyboard.press("Tab")

    assert not is_open(page)
    assert page.evaluate("document.activeElement.type") == "submit"
    assert page.url.endswith("/en/")


@pytest.mark.parametrize("has_touch", [False, True])
def test_click_and_touch_go_to_the_page(has_touch, visit, site):
    page = visit(has_touch=has_touch, viewport={"width": 320, "height": 640})
    type_and_see(page)
    option = page.locator(OPTION).filter(has_text="Taxes on cars")

    if has_touch:
        option.tap()
    else:
        option.click()

    page.wait_for_url(f"{site}/en/processing/tax-agency/2/")
    page.go_back()
    assert not is_open(page)


def test_pointing_at_the_list_leaves_the_focus_in_the_field(visit):
    page = visit()
    type_and_see(page)

    page.locator(f"{LIST} [role='presentation']").first.click()

    assert is_open(page)
    assert page.evaluate("document.activeElement.id") == "q"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_found_and_told_in_the_language_of_the_page(language, visit):
    page = visit(f"/{language}/")

    for typed in ("rijb", "délivr", "fuehr", "driv"):
        page.fill("#q", typed)
        expect(page.locator(OPTION)).to_have_count(1)
        assert page.inner_text(OPTION).split("\n")[0] == TITLES[language]
        with translation.override(language):
            told = ngettext("%(count)s suggestion", "%(count)s suggestions", 1) % {"count": 1}
        assert page.inner_text(STATUS) == told


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", ["/de/", "/de/processing/"])
def test_open_list_is_accessible_and_fits(path, width, visit):
    page = visit(path, viewport={"width": width, "height": 900})
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text))
    type_and_see(page)
    for _press in range(4):
        page.keyboard.press("ArrowDown")

    assert active(page) == "Tax returns"
    assert page.evaluate("document.documentElement.scrollWidth") == width
    box = page.locator(LIST).bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert all(option.bounding_box()["height"] >= 24 for option in page.locator(OPTION).all())
    # Before axe, which applies styles that the policy reports.
    assert complaints == []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        assert violations(page) == []


def test_choice_is_seen_in_forced_colours(visit):
    page = visit(forced_colors="active")
    type_and_see(page)
    page.keyboard.press("ArrowDown")

    styles = page.evaluate(
        "[...document.querySelectorAll(\"#q-suggestions [role='option']\")]"
        ".map((option) => getComputedStyle(option).outlineStyle)"
    )

    assert styles == ["solid", *["none"] * 5]


def test_form_without_javascript_is_as_before(visit, site):
    page = visit(java_script_enabled=False)

    page.locator("#q").press_sequentially("tax")
    assert page.locator("[role='combobox'], [role='listbox']").count() == 0
    page.keyboard.press("Enter")

    page.wait_for_url(f"{site}/en/processing/?q=tax")


class TestAsking:
    """What the script asks of the site, and when."""

    @pytest.fixture
    def asked(self, visit) -> tuple[Page, list[str]]:
        page = visit()
        found: list[str] = []
        page.on(
            "request",
            lambda request: "/suggestions/" in request.url and found.append(request.url),
        )
        return page, found

    def test_waits_for_two_characters_and_for_a_pause(self, asked):
        page, found = asked
        page.clock.install()

        page.locator("#q").press_sequentially("t")
        page.clock.run_for(1000)
        page.locator("#q").press_sequentially("AX ")
        page.clock.run_for(100)
        page.keyboard.press("Space")
        page.clock.run_for(100)
        assert found == []
        page.clock.run_for(100)
        expect(page.locator(OPTION)).to_have_count(6)

        assert [url.partition("?")[2] for url in found] == ["q=tax"]

    def test_asks_the_same_once(self, asked):
        page, found = asked

        for typed, options in [("tax", 6), ("tax ret", 1)] * 2:
            page.fill("#q", typed)
            expect(page.locator(OPTION)).to_have_count(options)

        assert [url.partition("?")[2] for url in found] == ["q=tax", "q=tax+ret"]

    def test_sends_no_cookie_and_asks_only_this_site(self, asked, site):
        page, found = asked
        page.context.add_cookies([{"name": "seen", "value": "1", "url": site}])
        with page.expect_request("**/suggestions/**") as asking:
            page.fill("#q", "tax")

        assert "cookie" not in asking.value.all_headers()
        assert found[0].startswith(f"{site}/en/suggestions/")


class TestAnswers:
    """Answers that come late, wrongly or not at all, made up by the test."""

    @pytest.fixture
    def page(self, visit) -> Page:
        return visit()

    @staticmethod
    def answer(name: str, **text) -> str:
        suggestion = {"address": "/en/about/", "texts": [{"text": name, **text}]}
        group = {"label": "Group", "suggestions": [suggestion]}
        return json.dumps({"status": "One", "groups": [group]})

    def test_late_answer_is_not_shown(self, page):
        waiting: list[Route] = []
        page.route(re.compile(r"suggestions/\?q=fir$"), lambda route: waiting.append(route))
        page.route(
            re.compile(r"suggestions/\?q=first$"),
            lambda route: route.fulfill(body=self.answer("New"), content_type="application/json"),
        )

        with page.expect_request(re.compile(r"q=fir$")):
            page.fill("#q", "fir")
        page.fill("#q", "first")
        expect(page.locator(OPTION)).to_have_text("New")
        waiting[0].fulfill(body=self.answer("Old"), content_type="application/json")
        page.wait_for_timeout(200)

        assert page.inner_text(OPTION) == "New"

    def test_answer_for_who_left_is_not_shown(self, page):
        waiting: list[Route] = []
        page.route("**/suggestions/**", lambda route: waiting.append(route))
        with page.expect_request("**/suggestions/**"):
            page.fill("#q", "tax")

        page.keyboard.press("Tab")
        waiting[0].fulfill(body=self.answer("Late"), content_type="application/json")
        page.wait_for_timeout(200)

        assert not is_open(page)

    @pytest.mark.parametrize("status", [None, 404, 500, 200])
    def test_failure_is_silent_and_the_form_works(self, status, page, site):
        """No network, an error, or something else than an answer."""
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def fail(route: Route) -> None:
            if status is None:
                route.abort()
            else:
                route.fulfill(status=status, body="<p>Nothing</p>")

        page.route("**/suggestions/**", fail)
        with page.expect_event(
            "requestfailed" if status is None else "requestfinished",
            lambda request: "/suggestions/" in request.url,
        ):
            page.fill("#q", "tax")
        page.wait_for_timeout(100)

        assert not is_open(page)
        assert page.inner_text(STATUS) == ""
        assert complaints == []
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site}/en/processing/?q=tax")

    def test_text_of_an_answer_stays_text(self, page):
        name = "<img src=x onerror=alert(1)><b>bold</b>"
        page.route(
            "**/suggestions/**",
            lambda route: route.fulfill(
                body=self.answer(name, lang="fr"), content_type="application/json"
            ),
        )

        type_and_see(page, "tax", 1)

        assert page.inner_text(OPTION) == name
        assert page.locator(f"{LIST} img, {LIST} b").count() == 0


def test_composed_words_are_left_alone(visit):
    """Who writes by an input method chooses with the same keys, and nothing else happens."""
    page = visit()
    page.focus("#q")
    keys = page.context.new_cdp_session(page)
    for text in ("t", "ta", "tax"):
        keys.send(
            "Input.imeSetComposition",
            {"text": text, "selectionStart": len(text), "selectionEnd": len(text)},
        )
    expect(page.locator(OPTION)).to_have_count(6)
    press = (
        "(key) => document.querySelector('#q').dispatchEvent(new KeyboardEvent('keydown',"
        " { key, isComposing: true, bubbles: true, cancelable: true }))"
    )

    # Not prevented: they are for the word.
    assert [page.evaluate(press, key) for key in ("ArrowDown", "Enter", "Escape")] == [True] * 3

    assert active(page) is None
    assert page.input_value("#q") == "tax"
    keys.send("Input.insertText", {"text": "tax"})
    assert page.input_value("#q") == "tax"
    page.keyboard.press("ArrowDown")
    assert active(page) == "Tax agency en"
