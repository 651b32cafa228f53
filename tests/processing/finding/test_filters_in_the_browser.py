"""The filters of the list on a phone and beside the list, with and without a script."""

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from organisations.models import Membership
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.conftest import LANGUAGES

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}
SUMMARY, FIRST = ".filters > details > summary", ".filters input[name='theme']"


@pytest.fixture
def site(live_site) -> str:
    names = {f"name_{code}": f"Agency {code}" for code in LANGUAGES}
    body = factories.create_organisation("agency", **names)
    publisher = factories.create_member(body, Membership.Role.PUBLISHER)
    for number in range(3):
        name = f"Register of visitors {number}"
        factories.create_publication(body, by=publisher, name=name, summary_en="Visitors.")
    return live_site


@pytest.fixture
def visit(browser, site) -> Iterator:
    """Opens a page in a browser of its own, with these options of the browser."""
    contexts = []

    def open_page(path: str = "/en/processing/", **options) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.goto(site + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_filters_are_closed_above_the_list_on_a_phone(visit):
    page = visit(viewport=PHONE, java_script_enabled=False)
    expect(page.locator(SUMMARY)).to_be_visible()
    expect(page.locator(FIRST)).to_be_hidden()

    page.click(SUMMARY)

    expect(page.locator(FIRST)).to_be_visible()


def test_filters_are_open_beside_the_list_where_there_is_room(visit):
    page = visit(viewport=DESK, java_script_enabled=False)

    expect(page.locator(FIRST)).to_be_visible()
    expect(page.locator(SUMMARY)).to_be_hidden()
    expect(page.get_by_role("heading", name="Filter", exact=True)).to_be_visible()
    filters, results = (page.locator(name).bounding_box() for name in (".filters", ".results"))
    assert filters["x"] + filters["width"] < results["x"]


@pytest.mark.parametrize("has_script", [True, False])
def test_who_comes_back_finds_the_choices_of_the_list(has_script, visit):
    page = visit(viewport=DESK, java_script_enabled=has_script)
    page.check(FIRST)
    page.fill("#q", "visitors")
    page.get_by_role("button", name="Show the results").click()
    expect(page.locator(FIRST)).to_be_checked()

    page.go_back()

    expect(page.locator(FIRST)).not_to_be_checked()
    expect(page.locator("#q")).to_have_value("")


def test_page_that_a_browser_kept_as_it_was_left_forgets_its_choices(visit):
    page = visit(viewport=DESK)
    page.check(FIRST)
    page.fill("#q", "visitors")

    # Tests run without the cache of pages that does this.
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")

    expect(page.locator(FIRST)).not_to_be_checked()
    expect(page.locator("#q")).to_have_value("")


def test_first_entry_is_seen_at_once_on_a_phone(visit, site):
    page = visit(viewport=PHONE)
    for language, path in product(LANGUAGES, ("", "?theme=TAXE", "?q=visitors")):
        page.goto(f"{site}/{language}/processing/{path}")

        entry = page.locator(".entries li").first.bounding_box()

        assert entry["y"] + entry["height"] < PHONE["height"], (language, path)


@pytest.mark.parametrize(
    "path", ["?q=visitors&theme=TAXE", "?theme=TAXE&more=theme", "?q=xqzt&theme=TAXE"]
)
def test_list_has_no_fault_that_a_machine_finds(path, visit):
    page = visit(f"/en/processing/{path}")
    if "q=visitors" in path:
        assert page.locator("mark").count()

    for viewport, scheme in product((PHONE, DESK), ("light", "dark")):
        page.set_viewport_size(viewport)
        page.emulate_media(color_scheme=scheme)
        assert violations(page, rules={"target-size": {"enabled": True}}) == []
