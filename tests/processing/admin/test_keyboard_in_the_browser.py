"""The form of an entry by keyboard alone."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.test import Client

from organisations.models import User
from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.browser import needs_browser
from tests.processing.admin.keyboard import Keyboard

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

# So many keys that do what a click does, and pages that load, may an entry of average size cost:
# 2 purposes, 5 data, 4 recipients, 2 languages.
MOST = 32
DATA = ("persoonlijke ident", "paspoort", "bewakingsbeelden", "nummerplaat", "badges")
RECIPIENTS = ("politie", "verzekering", "private onder", "sociale zekerheid")


@pytest.fixture
def keyboard(browser, live_site, body_a) -> Iterator[Keyboard]:
    """Of somebody who opens the form of a new entry."""
    person = factories.create_member(body_a, "publisher", "dpo@people.example")
    User.objects.filter(pk=person.pk).update(language="nl")
    client = Client()
    client.force_login(person)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    cookies = {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.LANGUAGE_COOKIE_NAME: "nl",
    }
    context.add_cookies([{"name": n, "value": v, "url": live_site} for n, v in cookies.items()])
    keyboard = Keyboard(context.new_page())
    keyboard.page.goto(f"{live_site}{ACTIVITIES}add/")
    yield keyboard
    context.close()


def test_average_entry_costs_few_keys(keyboard):
    keyboard.presses(".register-languages button:last-of-type", moving="Shift+Tab")
    keyboard.presses(".register-sections button", moving="Shift+Tab")
    keyboard.types_in_both("name", "Bezoekers")
    keyboard.types_in_both("summary", "Wie ons gebouw bezoekt.")
    keyboard.picks("themes", "overheid")
    for number, words in enumerate(("beveiliging", "openbare veiligheid")):
        keyboard.has_row("purposes", number)
        keyboard.picks(f"purposes-{number}-category", words)
        keyboard.types_in_both(f"purposes-{number}-description", f"Doeleinde {number}")
    keyboard.chooses("legal_grounds-0-ground", "taak van algemeen belang")
    keyboard.types_in_both("legal_grounds-0-law_title", "Wet op de gebouwen")
    keyboard.picks("data_subjects", "bezoek")
    for number, words in enumerate(DATA):
        keyboard.has_row("data", number)
        keyboard.picks(f"data-{number}-category", words)
        keyboard.types_in_both(f"data-{number}-detail", f"Gegevens {number}")
    keyboard.types("retention-0-period", "10")
    keyboard.chooses("retention-0-unit", "jaar")
    keyboard.chooses("retention-0-after", "vernietigd")
    keyboard.presses("[name=sources][value=person]", "Space")
    for number, words in enumerate(RECIPIENTS):
        keyboard.has_row("recipients", number)
        keyboard.picks(f"recipients-{number}-category", words)
        keyboard.types_in_both(f"recipients-{number}-what", f"Lijst {number}")
    keyboard.chooses("automated_decisions", "Nee")
    keyboard.picks("security_measures", "fysieke")
    keyboard.goes_to("[name=_save]")
    with keyboard.page.expect_navigation():
        keyboard.presses("[name=_save]")

    activity = ProcessingActivity.objects.get()
    assert codes(activity.purposes) == ["A7_01", "C1_01"]
    assert codes(activity.data) == ["A1", "A2", "V2", "X", "O12"]
    assert codes(activity.recipients) == ["H", "J", "F", "I"]
    assert activity.completeness().required == []
    assert activity.recipients.last().what_fr == "Lijst 3 (fr)"
    assert (keyboard.clicks + keyboard.loads) <= MOST


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_key_chooses_what_was_typed_however_late_the_list_comes(key, keyboard):
    page, held = keyboard.page, []
    page.click(".register-sections button")
    keyboard.goes_to("[name=purposes-0-category] + .select2-container")
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-results__option--highlighted")
    page.route("**/autocomplete/**", lambda route: held.append(route))

    with page.expect_request("**/autocomplete/**"):
        page.keyboard.insert_text("beveiliging")
    page.keyboard.press(key)
    if key == "Tab":
        page.keyboard.type("Wie binnenkomt.")
    held[-1].continue_()

    box = page.locator("[name=purposes-0-category] + .select2-container")
    box.get_by_text("Beveiliging").wait_for()
    page.wait_for_selector(".select2-container--open", state="detached")
    assert page.input_value("[name=purposes-0-category]") == "A7_01"
    if key == "Tab":
        assert page.input_value("[name=purposes-0-description_nl]") == "Wie binnenkomt."
        assert page.evaluate("document.activeElement.name") == "purposes-0-description_nl"


def test_saving_waits_for_a_choice_whose_list_is_late(keyboard):
    page, held = keyboard.page, []
    page.click(".register-sections button")
    page.route("**/autocomplete/**", lambda route: held.append(route))
    with page.expect_request("**/autocomplete/**"):
        page.click("[name=purposes-0-category] + .select2-container")
    with page.expect_request("**/autocomplete/*term=beveiliging*"):
        page.keyboard.insert_text("beveiliging")
    page.keyboard.press("Tab")

    page.click("[name=_continue]")
    with page.expect_navigation():
        held[-1].continue_()

    assert codes(ProcessingActivity.objects.get().purposes) == ["A7_01"]


def test_key_that_moves_on_leaves_alone_what_nobody_looked_for(keyboard):
    page = keyboard.page
    page.click(".register-sections button")
    keyboard.goes_to("[name=purposes-0-category] + .select2-container")
    page.keyboard.press("Enter")
    page.wait_for_selector(".select2-results__option--highlighted")

    page.keyboard.press("Tab")

    assert page.input_value("[name=purposes-0-category]") == ""


def test_rows_are_named_by_what_they_say(keyboard):
    page = keyboard.page
    page.click(".register-sections button")
    offered = page.locator("#legal_grounds-0 [data-rows] label")
    assert texts(offered) == ["Doeleinde 1"]

    page.click("#purposes-group .add-row a")
    page.fill("[name=purposes-0-description_nl]", "Beveiligen")
    page.fill("[name=purposes-1-description_nl]", "Ontvangen")
    page.click("#legal_grounds-group .add-row a")

    names = ["Doeleinde 1: Beveiligen", "Doeleinde 2: Ontvangen"]
    assert texts(offered) == names
    assert texts(page.locator("#legal_grounds-1 [data-rows] label")) == names
    page.check("[name=legal_grounds-1-purposes][value='2']")
    page.click("#purposes-0 .inline-deletelink")
    page.click("#legal_grounds-0 .inline-deletelink")
    page.click("#purposes-group .add-row a")
    # The ground that was the second is the first, and what it names is what it named.
    offered = page.locator("#legal_grounds-0 [data-rows] label")
    assert texts(offered) == ["Doeleinde 1: Ontvangen", "Doeleinde 2"]
    boxes = page.locator("#legal_grounds-0 [data-rows] input")
    assert {box.get_attribute("name") for box in boxes.all()} == {"legal_grounds-0-purposes"}
    assert page.is_checked("[name=legal_grounds-0-purposes][value='2']")


def test_row_does_not_name_itself(keyboard):
    page = keyboard.page
    page.click(".register-sections button")
    for number, name in enumerate(("Drukker", "Postbedrijf")):
        page.click("#processors-group .add-row a")
        page.fill(f"[name=processors-{number}-name_nl]", name)
    page.click("#processors-group .add-row a")

    offered = page.locator("[name=processors-0-works_for] option")

    assert texts(offered) == ["---------", "Verwerker 2: Postbedrijf", "Verwerker 3"]


def codes(rows) -> list[str]:
    return list(rows.values_list("category_id", flat=True))


def texts(places) -> list[str]:
    return [text.strip() for text in places.all_text_contents()]
