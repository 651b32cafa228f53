"""Every template by keyboard alone: Tab reaches what can be operated, and it does what it says."""

import re
from collections.abc import Iterator

from playwright.sync_api import Locator, Page

from contact.tokens import SECONDS_TO_FILL_IN
from tests.browser import needs_browser
from tests.look.pages import every_page
from tests.look.states import problems_of

pytestmark = needs_browser

PHONE = {"width": 390, "height": 844}
MOST_TABS = 8
# What a pointer can use and Tab does not reach; what Tab reaches in another order than it stands.
UNREACHED = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
    .filter(control => control.checkVisibility() && (control.tabIndex !== 0 || control.disabled))
    .map(control => control.outerHTML.slice(0, 100))"""
OPEN_ALL = "document.querySelectorAll('details').forEach(details => { details.open = true; })"
# The first disclosure of each kind.
KINDS_OF_DISCLOSURES = """() => [...new Set(
    [...document.querySelectorAll("details")].map(details => `details.${details.className}`)
)].map(kind => kind.trim().replaceAll(" ", ".").replace(/\\.$/, ""))"""


def test_every_template_works_by_keyboard(site, browser):
    context = browser.new_context(viewport=PHONE)
    window = context.new_page()

    problems = {
        shown.name: found
        for shown in every_page(window, site, "de")
        if (found := [*problems_of_tabs(window), *problems_of_controls(window)])
    }

    context.close()
    assert problems == {}


def problems_of_tabs(window: Page) -> Iterator[str]:
    """The skip link comes first and skips; without it, few tabs lead into the content."""
    if window.evaluate("!!document.activeElement.closest('main')"):
        return  # What is wrong in a form has the focus.
    window.keyboard.press("Tab")
    if window.evaluate("document.activeElement.getAttribute('href')") != "#content":
        yield "the first tab is not the skip link"
    presses = 0
    while presses <= MOST_TABS and not window.evaluate("!!document.activeElement.closest('main')"):
        window.keyboard.press("Tab")
        presses += 1
    # The last one is in the content.
    if presses - 1 > MOST_TABS:
        yield f"more than {MOST_TABS} tabs before the content"
    window.locator(".skip-link").focus()
    window.keyboard.press("Enter")
    window.keyboard.press("Tab")
    if not window.evaluate("!!document.activeElement.closest('main, footer')"):
        yield "the skip link does not lead into the content"


def problems_of_controls(window: Page) -> Iterator[str]:
    """One control of each kind does by keyboard what it is there for."""
    for kind in window.evaluate(KINDS_OF_DISCLOSURES):
        summary = window.locator(f"{kind} > summary").first
        if summary.is_visible() and not opens_and_closes(window, summary):
            yield f"{kind} does not open and close"
    window.evaluate(OPEN_ALL)
    yield from (f"not reached: {control}" for control in window.evaluate(UNREACHED))
    for selector, works in CONTROLS.items():
        control = window.locator(f"main {selector}:visible").first
        if control.count() and not works(window, control):
            yield f"{selector} does not work"
    yield from problems_of_forms(window)


def opens_and_closes(window: Page, summary: Locator) -> bool:
    states = [summary.evaluate("summary => summary.parentElement.open")]
    summary.focus()
    for key in ("Enter", "Space"):
        window.keyboard.press(key)
        states.append(summary.evaluate("summary => summary.parentElement.open"))
    return states[0] == states[2] != states[1]


def is_ticked(window: Page, box: Locator) -> bool:
    before = box.is_checked()
    box.press("Space")
    return box.is_checked() != before


def is_chosen(window: Page, radio: Locator) -> bool:
    """Space chooses it, an arrow the next one."""
    radio.press("Space")
    chosen = radio.is_checked()
    window.keyboard.press("ArrowDown")
    return chosen and not radio.is_checked()


def is_changed(window: Page, choice: Locator) -> bool:
    before = choice.input_value()
    choice.press("ArrowDown")
    return choice.input_value() != before


def is_typed(window: Page, field: Locator) -> bool:
    field.focus()
    window.keyboard.press("ControlOrMeta+A")
    window.keyboard.type("pension")
    return field.input_value() == "pension"


CONTROLS = {
    "input[type=checkbox]": is_ticked,
    "input[type=radio]": is_chosen,
    "select": is_changed,
    "input[type=search]": is_typed,
    "input[type=email]": is_typed,
    "textarea": is_typed,
}


def problems_of_forms(window: Page) -> Iterator[str]:
    """Enter on its button sends each form to a page that is there."""
    address = window.url
    for number in range(window.locator("main form[method=get], main form:not([method])").count()):
        if number:
            window.goto(address)
            window.evaluate(OPEN_ALL)
        form = window.locator("main form[method=get], main form:not([method])").nth(number)
        with window.expect_navigation() as sent:
            form.locator("button").press("Enter")
        if sent.value.status != 200:
            yield f"form {number} answers {sent.value.status}"


def test_message_is_sent_by_keyboard_to_a_page_that_is_accessible(site, browser):
    context = browser.new_context(viewport=PHONE)
    window = context.new_page()
    window.goto(f"{site.url}/de/organisations/fps-justice/contact/")

    window.locator("[name=kind]").first.focus()
    window.keyboard.press("Space")
    for typed in ("Robin", "robin@citizens.example", "Was wissen Sie über mich?"):
        window.keyboard.press("Tab")
        window.keyboard.type(typed)
    window.wait_for_timeout(1000 * (SECONDS_TO_FILL_IN + 1))
    window.keyboard.press("Tab")
    with window.expect_navigation():
        window.keyboard.press("Enter")

    assert re.search(r"/fps-justice/contact/[\w-]+/$", window.url)
    assert list(problems_of(window)) == []
    context.close()


def test_language_is_chosen_by_keyboard_on_a_page_that_is_accessible(site, browser):
    context = browser.new_context(viewport=PHONE, locale="it")
    window = context.new_page()
    window.goto(f"{site.url}/")

    problems = list(problems_of(window))
    for _language in range(3):
        window.keyboard.press("Tab")
    with window.expect_navigation():
        window.keyboard.press("Enter")

    assert window.url == f"{site.url}/de/"
    assert problems == []
    context.close()
