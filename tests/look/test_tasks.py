"""Ten things that people come for: how many clicks they take on a phone, and how far down each is.

A click is a link, a button, or Enter in the search. Nothing that is clicked, and no answer, stands
lower than on the second screen of its page.
"""

import re
from collections.abc import Iterator

import pytest

from tests.browser import needs_browser
from tests.conftest import LANGUAGES

pytestmark = needs_browser

PHONE = {"width": 390, "height": 844}
MOST_CLICKS, MOST_SCREENS = 3, 2


def search(nl: str, fr: str, de: str, en: str) -> dict[str, str]:
    return {"nl": nl, "fr": fr, "de": de, "en": en}


PENSIONS = search("pensioendienst", "service des pensions", "Pensionsdienst", "pensions service")
POLICE = search("federale politie", "police fédérale", "föderale Polizei", "federal police")
REGISTER = search("rijksregister", "registre national", "Nationalregister", "national register")
USA = search("VS", "États-Unis", "USA", "USA")

# What somebody wants -> what they do: search for words, or follow a link to an address; last, what
# must then be seen.
TASKS = {
    "does the tax office pass my income on": (r"/exchanges/$", r"fps-finance", r"from=fps-finance"),
    "who has my health data": (r"/data/M/$", r"/processing/\?.*data=M"),
    "passport of my child": (r"/processing/\?q=([pP]a|[rR]e)", r"/processing/[a-z-]+/\d+/$"),
    "erase at the pension service": (
        PENSIONS,
        r"/organisations/[a-z-]*pension[a-z-]*/$",
        r"contact/",
    ),
    "what changed last month": (r"/changes/$", r"/changes/\d{4}-\d\d/$"),
    "who receives from the National Register": (REGISTER, r"/data/[A-Z0-9]+/$", r"/processing/"),
    "cameras": (r"/processing/\?q=[cCkK]am", r"/processing/[a-z-]+/\d+/$"),
    "where a computer decides": (r"/processing/\?automated=yes", r"/processing/[a-z-]+/\d+/$"),
    "my data in the USA": (USA, r"/processing/\?country=US", r"/processing/[a-z-]+/\d+/$"),
    "how long does the police keep": (
        POLICE,
        r"/organisations/federal-police/$",
        r"#|/processing/",
    ),
}


@pytest.fixture(scope="module")
def window(browser) -> Iterator:
    """One for all: a new one costs more than the pages in it."""
    context = browser.new_context(viewport=PHONE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("task", TASKS)
def test_task_takes_three_clicks_on_two_screens(task, language, site, window):
    window.goto(f"{site.url}/{language}/")

    steps = TASKS[task]
    clicks, screens = 0, []
    for step in steps[:-1]:
        if isinstance(step, dict):
            field = window.locator("main [name=q]").first
            screens.append(screen_of(field))
            field.fill(step[language])
            with window.expect_navigation():
                field.press("Enter")
        else:
            link = first_link(window, step)
            screens.append(screen_of(link))
            with window.expect_navigation():
                link.click()
        clicks += 1
    screens.append(screen_of(first_link(window, steps[-1])))

    assert clicks <= MOST_CLICKS
    assert max(screens) <= MOST_SCREENS, screens


def first_link(window, address: str):
    """The first visible link in the content whose address fits."""
    links = window.locator("main a[href]")
    addresses = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    for number, found in enumerate(addresses):
        if re.search(address, found) and links.nth(number).is_visible():
            return links.nth(number)
    raise AssertionError(f"{window.url} has no link to {address}")


def screen_of(element) -> float:
    """How many screens below the place where one arrived on the page it stands."""
    top = element.evaluate("element => element.getBoundingClientRect().top")
    return top / PHONE["height"]
