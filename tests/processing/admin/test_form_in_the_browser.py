"""The form of an activity as people meet it: folded, by keyboard, on a phone, without script."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from organisations.models import User
from processing.models import DataItem, ProcessingActivity, Purpose, Recipient
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.processing.admin.test_admin_in_the_browser import ACTIVITIES, is_stock

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

WIDE, NARROW = 1280, 390
# So long may the folded form of an entry of average size be, in pixels.
LONGEST = 2500


@pytest.fixture
def person(live_site, body_a) -> User:
    return factories.create_member(body_a, "publisher", "dpo@people.example")


@pytest.fixture
def activity(person, body_a) -> ProcessingActivity:
    """Of average size: 2 purposes, 5 data rows, 4 recipients, in two languages."""
    activity = factories.create_activity(body_a, name="Bezoekers van het gebouw", language="nl")
    activity.name_fr = "Visiteurs du bâtiment"
    activity.owner = "Facility"
    activity.save()
    Purpose.objects.create(
        activity=activity, description_nl="Het gebouw beveiligen.", description_fr="Sécuriser."
    )
    for category in ("A2", "B01", "C1", "M1"):
        DataItem.objects.create(
            activity=activity, category_id=category, detail_nl="Welke gegevens", detail_fr="Quelles"
        )
    for number in range(4):
        Recipient.objects.create(
            activity=activity, name_nl=f"Ontvanger {number}", name_fr=f"Destinataire {number}"
        )
    activity.remember(by=person)
    return activity


@pytest.fixture
def opened(browser, live_site, person) -> Callable:
    """Opens a page of the admin in a window of its own; closes all of them in the end."""
    contexts = []

    def somebody(
        address: str,
        width: int = WIDE,
        language: str = "en",
        *,
        has_script: bool = True,
        scheme: str = "light",
    ):
        User.objects.filter(pk=person.pk).update(language=language)
        client = Client()
        client.force_login(User.objects.get(pk=person.pk))
        context = browser.new_context(
            locale=language,
            viewport={"width": width, "height": 900},
            java_script_enabled=has_script,
            color_scheme=scheme,
        )
        contexts.append(context)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
        context.add_cookies(
            [{"name": name, "value": value, "url": live_site} for name, value in cookies.items()]
        )
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda m: page.complaints.append(m.text) if m.type == "error" else 0)
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.goto(live_site + address)
        return page

    yield somebody
    for context in contexts:
        context.close()


def form_address(activity: ProcessingActivity) -> str:
    return f"{ACTIVITIES}{activity.pk}/change/"


def unfold(page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def focused(page) -> str:
    return page.evaluate("document.activeElement.id")


def test_folded_form_is_short(opened, activity):
    page = opened(form_address(activity))

    assert page.locator("details.register-section").count() == 10
    assert page.locator("details.register-section[open]").count() == 0
    assert page.evaluate("document.documentElement.scrollHeight") <= LONGEST
    assert page.complaints == []


# Of each word that a label, heading or line shows, on how many lines it stands.
BROKEN_WORDS = """() => {
  const broken = [];
  const places = "label, h2, h3, summary, legend, .help, .button, #content a";
  for (const place of document.querySelectorAll(places)) {
    const walk = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
    for (let text = walk.nextNode(); text; text = walk.nextNode()) {
      if (!text.parentElement.checkVisibility()) continue;
      for (const word of text.data.matchAll(/[\\p{L}\\p{N}]+/gu)) {
        const range = document.createRange();
        range.setStart(text, word.index);
        range.setEnd(text, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((box) => Math.round(box.top)));
        if (lines.size > 1) broken.push(word[0]);
      }
    }
  }
  return broken;
}"""


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_nothing_is_wider_than_the_window_nor_breaks_in_a_word(width, language, opened, activity):
    page = opened(form_address(activity), width, language)
    assert page.get_attribute("html", "lang").startswith(language)

    for is_unfolded in (False, True):
        if is_unfolded:
            unfold(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(BROKEN_WORDS) == []
    assert page.complaints == []


@pytest.mark.parametrize("has_script", [True, False])
def test_error_leads_to_a_field_in_a_folded_row(has_script, opened, activity):
    page = opened(form_address(activity), has_script=has_script)
    if has_script:
        page.click("#section-recipients > summary")
        page.click("#recipients-2 summary")
    page.fill("[name=recipients-2-authorisation_url]", "no address")
    page.click("[name=_save]")
    if has_script:
        page.wait_for_selector(".register-errors")
        # Folded by hand: the link opens them all the same.
        page.click("#section-recipients > summary")
        assert not page.is_visible("[name=recipients-2-authorisation_url]")

    page.click(".register-errors a")

    assert page.is_visible("[name=recipients-2-authorisation_url]")
    if has_script:
        assert focused(page) == "id_recipients-2-authorisation_url"
        assert not page.is_visible("[name=recipients-1-authorisation_url]")
    box = page.locator("[name=recipients-2-authorisation_url]").bounding_box()
    assert 0 <= box["y"] <= 900


def test_form_with_an_error_opens_that_section_and_row_alone(opened, activity):
    page = opened(form_address(activity))
    page.click("#section-recipients > summary")
    page.click("#recipients-2 summary")
    page.fill("[name=recipients-2-authorisation_url]", "no address")

    page.click("[name=_save]")

    page.wait_for_selector(".register-errors")
    assert page.locator(".register-section[open]").evaluate_all(
        "(all) => all.map((one) => one.id)"
    ) == ["section-recipients"]
    assert page.locator(".register-row[open]").count() == 1


def test_form_without_script_saves_a_new_row(opened, activity):
    page = opened(form_address(activity), has_script=False)
    assert page.locator(".register-section[open]").count() == 10
    page.click("noscript a")
    page.click("#data-5 summary")
    page.select_option("[name=data-5-category]", "D1")
    page.fill("[name=data-5-detail_nl]", "Nieuwe rij")

    page.click("[name=_save]")

    assert "was changed successfully" in page.inner_text(".messagelist")
    assert activity.data.count() == 6
    assert activity.data.last().detail_nl == "Nieuwe rij"


def test_section_in_which_one_worked_stays_open(opened, activity):
    page = opened(form_address(activity))
    page.click("#section-rest > summary")
    page.fill("[name=remarks]", "Ask again.")

    page.click("[name=_continue]")

    page.wait_for_selector(".messagelist")
    assert page.locator(".register-section[open]").evaluate_all(
        "(all) => all.map((one) => one.id)"
    ) == ["section-rest"]
    assert page.input_value("[name=remarks]") == "Ask again."


def press_until(page, identifier: str, key: str = "Tab") -> None:
    """Press a key until something has the focus."""
    for _press in range(150):
        if page.evaluate("(sought) => document.activeElement.closest(sought) !== null", identifier):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{key} does not lead to {identifier}")


def test_keyboard_alone_is_enough(opened, activity):
    page = opened(form_address(activity), language="nl")
    press_until(page, "#section-purposes > summary")
    page.keyboard.press("Enter")
    press_until(page, "#purposes-group .add-row a")
    page.keyboard.press("Enter")
    assert page.is_visible("[name=purposes-2-description_nl]")
    press_until(page, "[name=purposes-2-description_nl]")
    page.keyboard.type("Bezoekers ontvangen.")
    press_until(page, "[name=_continue]")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert activity.purposes.last().description_nl == "Bezoekers ontvangen."
    assert "Bezoekers ontvangen." in page.inner_text("#purposes-2 .register-line")


def test_new_row_has_the_numbers_of_a_row_and_can_be_removed(opened, activity):
    page = opened(form_address(activity))
    page.click("#section-data > summary")

    page.click("#data-group .add-row a")

    assert page.input_value("[name=data-TOTAL_FORMS]") == "6"
    assert "data-__prefix__" not in page.locator("#data-5").evaluate("(row) => row.outerHTML")
    page.click("#data-5 .inline-deletelink")
    assert page.input_value("[name=data-TOTAL_FORMS]") == "5"


def test_new_row_can_be_named_by_others_and_not_by_itself(opened, activity):
    page = opened(form_address(activity))
    unfold(page)
    for _time in range(2):
        page.click("#processors-group .add-row a")

    offered = [
        page.locator(f"[name=processors-{number}-works_for] option").all_inner_texts()
        for number in range(2)
    ]

    assert offered == [["---------", "Processor 2"], ["---------", "Processor 1"]]


def test_rows_are_named_where_they_stand_after_one_is_gone(opened, activity):
    page = opened(form_address(activity))
    unfold(page)
    for kind in ("legal_grounds", "legal_grounds", "purposes"):
        page.click(f"#{kind}-group .add-row a")
    page.click("#legal_grounds-1 .inline-deletelink")
    page.click("#purposes-group .add-row a")
    boxes = page.locator("#legal_grounds-1 [data-rows=purposes] input")
    sent = "(boxes) => boxes.map((box) => `${box.name}=${box.value}`)"

    before = boxes.evaluate_all(sent)
    page.click("#purposes-2 .inline-deletelink")

    assert before == [f"legal_grounds-1-purposes={key}" for key in (1, 2, 3, 4)]
    assert boxes.evaluate_all(sent) == [f"legal_grounds-1-purposes={key}" for key in (1, 2, 4)]


def test_what_tells_how_typing_is_kept_is_known_before_it_speaks(opened, activity):
    """A screen reader tells nothing of what appears together with its words."""
    page = opened(form_address(activity))

    line = page.locator("#register-draft")

    assert line.evaluate("(line) => getComputedStyle(line).display") != "none"
    assert line.bounding_box()["height"] == 0


def test_two_languages_stand_side_by_side(opened, activity):
    page = opened(form_address(activity))
    page.click("#section-what > summary")
    assert "no translation yet" in page.inner_text("label[for=id_name_en]")
    page.click(".register-offer >> text=Side by side")

    boxes = {code: page.locator(f"[name=name_{code}]").bounding_box() for code in ("nl", "en")}

    assert boxes["nl"]["x"] + boxes["nl"]["width"] < boxes["en"]["x"]
    assert abs(boxes["nl"]["y"] - boxes["en"]["y"]) < 30
    assert not page.is_visible("[name=name_fr]")
    page.fill("[name=name_en]", "Visitors")
    assert "no translation yet" not in page.inner_text("label[for=id_name_en]")
    page.select_option(".register-pair select >> nth=0", "fr")
    assert page.is_visible("[name=name_fr]")
    assert not page.is_visible("[name=name_nl]")


def test_language_of_the_entry_is_offered_where_it_is_not_the_persons(opened, activity):
    german, dutch = (opened(form_address(activity), language=code) for code in ("de", "nl"))

    assert not dutch.is_visible(".register-offer")
    german.click(".register-offer button[lang=nl]")

    german.click("#section-what > summary")
    assert german.is_visible("[name=name_nl]")
    assert not german.is_visible("[name=name_de]")


def test_links_to_sections_tell_the_languages_in_which_they_are_written(opened, activity):
    page = opened(form_address(activity))

    written = page.locator(".register-sections [data-section=section-recipients]")

    assert written.inner_text() == "nl · fr"
    page.click("#section-recipients > summary")
    page.click("#recipients-0 summary")
    page.click(".register-languages button[lang=fr]")
    page.fill("[name=recipients-0-name_fr]", "")
    assert written.inner_text() == "nl · fr 3/4"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_form_is_accessible_folded_unfolded_and_with_errors(width, scheme, opened, activity):
    page = opened(form_address(activity), width, scheme=scheme)
    found = []

    def look(state: str) -> None:
        assert page.complaints == [], state
        wrong = violations(page)
        # The checker itself applies styles, which the policy refuses.
        page.complaints.clear()
        for violation in wrong:
            if violation["impact"] in ("critical", "serious"):
                found.extend(
                    (state, violation["id"], node["html"][:200])
                    for node in violation["nodes"]
                    if not is_stock(violation["id"], node["html"])
                )

    look("folded")
    unfold(page)
    look("unfolded")
    page.click(".register-languages button >> text=Side by side")
    look("side by side")
    page.fill("[name=recipients-2-authorisation_url]", "no address")
    page.click("[name=_save]")
    # Which has the focus once the page is all there.
    page.wait_for_selector(".register-errors:focus")
    look("with errors")

    assert found == []


def test_buttons_stay_in_reach_and_hide_no_focus(opened, activity):
    page = opened(form_address(activity))
    unfold(page)

    for name in ("name_en", "data-0-detail_en", "security_en", "remarks"):
        page.focus(f"[name={name}]")
        buttons = page.locator(".submit-row").bounding_box()
        field = page.locator(f"[name={name}]").bounding_box()
        assert buttons["y"] + buttons["height"] <= 901
        assert field["y"] + field["height"] <= buttons["y"] + 1
