"""How much one sees, and how soon: measured on a phone of 390 by 844 pixels, in each language."""

import re
from collections.abc import Iterator

import pytest

from tests.browser import needs_browser
from tests.conftest import LANGUAGES

pytestmark = needs_browser

PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 700}
# The entry of the demonstration register that says most; an average one.
LONGEST, AVERAGE = "processing/fps-finance/1/", "processing/fps-mobility/1/"


@pytest.fixture(scope="module")
def window_of_all(browser) -> Iterator:
    """One for all: a new one costs more than the pages in it."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.fixture
def phone(window_of_all) -> Iterator:
    yield window_of_all
    window_of_all.set_viewport_size(PHONE)
    window_of_all.emulate_media(media="null")


def top_of(window, selector: str) -> float:
    box = window.locator(selector).first.bounding_box()
    return box["y"] + window.evaluate("scrollY")


def screens(window) -> float:
    return window.evaluate("document.documentElement.scrollHeight") / PHONE["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_home_is_three_screens(language, site, phone):
    phone.goto(f"{site.url}/{language}/")

    assert screens(phone) <= 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_longest_entry_is_eight_screens(language, site, phone):
    phone.goto(f"{site.url}/{language}/{LONGEST}")

    assert screens(phone) <= 8


# Page -> how many screens; before they were folded, some had thirty.
LONG_PAGES = {
    "gdpr/glossary/": 7,
    "exchanges/?show=list": 7.5,
    "exchanges/?from=fps-finance": 7.5,
    "open-data/": 7,
    "open-data/api/": 4.5,
    "organisations/": 8.5,
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_long_pages_unfold_only_what_somebody_asks_for(language, site, phone):
    heights = {}
    for path in LONG_PAGES:
        phone.goto(f"{site.url}/{language}/{path}")
        heights[path] = screens(phone)

    assert {path: height for path, height in heights.items() if height > LONG_PAGES[path]} == {}


# What a link leads to -> the page; another page, a term of the same glossary, and a program's.
FOLDED = {
    "dpia": "gdpr/glossary/",
    "special_categories": "gdpr/glossary/",
    "problems": "open-data/api/",
    "again": "open-data/",
}


@pytest.mark.parametrize("place", FOLDED)
def test_link_opens_what_is_folded(place, site, browser):
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    window = context.new_page()
    window.goto(f"{site.url}/nl/{FOLDED[place]}")
    was_open = window.locator(f"#{place}").is_visible()

    window.goto(f"{site.url}/nl/{FOLDED[place]}#{place}")

    told = window.locator(f"#{place}").bounding_box()
    title = window.locator("details", has=window.locator(f"#{place}")).locator("summary")
    above = title.bounding_box()
    context.close()
    assert not was_open
    # With the words of the row that is open now.
    assert 0 <= above["y"] < told["y"] < PHONE["height"]


def test_links_between_terms_open_them(site, phone):
    phone.goto(f"{site.url}/fr/gdpr/glossary/#adequacy_decision")

    phone.locator("#adequacy_decision [href='#appropriate_safeguards']").click()

    assert phone.locator("#appropriate_safeguards").is_visible()
    assert phone.locator("#adequacy_decision").is_visible()


@pytest.mark.parametrize("path", LONG_PAGES)
def test_paper_has_what_is_folded_on_a_screen(path, site, phone):
    phone.goto(f"{site.url}/de/{path}")
    folded = phone.locator("main details:not(.no-print) > :not(summary)")
    on_screen = [part.is_visible() for part in folded.all()]

    phone.emulate_media(media="print")

    assert on_screen
    assert not any(on_screen)
    assert all(part.is_visible() for part in folded.all())


@pytest.mark.parametrize("language", LANGUAGES)
def test_facts_and_what_to_do_stand_on_top_of_an_entry(language, site, phone):
    phone.set_viewport_size(SMALL)
    phone.goto(f"{site.url}/{language}/{LONGEST}")

    action = phone.locator("main .button").first.bounding_box()

    assert action["y"] + action["height"] <= 900


@pytest.mark.parametrize("language", LANGUAGES)
def test_first_result_is_on_the_first_screen(language, site, phone):
    phone.goto(f"{site.url}/{language}/processing/?q=politie")

    assert top_of(phone, ".entries a") < PHONE["height"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_entry_is_printed_on_few_sheets_without_menus(language, site, browser):
    window = browser.new_page()
    window.goto(f"{site.url}/{language}/{AVERAGE}")

    sheets = len(re.findall(rb"/Type\s*/Page\b", window.pdf(format="A4")))
    window.emulate_media(media="print")
    navs = window.locator("nav").all()

    assert sheets <= 4
    assert [nav.get_attribute("aria-label") for nav in navs if nav.is_visible()] == []
    window.close()


@pytest.mark.parametrize("path", ["", "processing/", LONGEST])
def test_first_visit_is_light_and_nothing_moves(path, site, browser):
    context = browser.new_context(viewport=PHONE)
    window = context.new_page()
    session = context.new_cdp_session(window)
    session.send("Network.enable")
    received = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    window.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries()"
        ".forEach(entry => { window.moved += entry.value; }))"
        ".observe({type: 'layout-shift', buffered: true});"
    )

    window.goto(f"{site.url}/nl/{path}", wait_until="networkidle")

    moved = window.evaluate("window.moved")
    context.close()
    assert len(received) <= 6
    assert sum(received) <= 60_000
    # Where the browser shows half a header while it reads the other half, the menu moves: some
    # thousandths, on a busy machine. People notice a tenth; an image without its size is more.
    assert moved < 0.01
