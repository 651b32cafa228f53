"""The page of an entry on a phone, on a wide screen and on paper."""

from collections.abc import Iterator

import pytest

from processing.models import Recipient, Transfer
from tests import factories
from tests.browser import needs_browser

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

PHONE, WIDE = {"width": 320, "height": 700}, {"width": 1280, "height": 900}
# What stands in the picture: its left and upper edges.
PLACES = """() => Object.fromEntries([".from", ".at-body", ".to", ".abroad"].map(part => {
    const box = document.querySelector(`.journey ${part}`).getBoundingClientRect();
    return [part, [Math.round(box.left), Math.round(box.top + scrollY)]];
}))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def address(live_site) -> str:
    """An entry with thirty recipients, one of them outside the EEA."""
    body = factories.create_organisation("body-a")
    publisher = factories.create_member(body, "publisher")
    activity = factories.create_activity(body, sources=["person", "other"])
    for number in range(30):
        Recipient.objects.create(
            activity=activity, name_en=f"Interdepartmentalcoordinationplatform {number}"
        )
    Transfer.objects.create(activity=activity, mechanism_id="02", country="US", recipient=30)
    activity.publish(by=publisher)
    return f"{live_site}/en/processing/body-a/1/"


@pytest.fixture
def window(browser) -> Iterator:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def test_journey_runs_down_a_phone_and_across_a_wide_screen(window, address):
    window.set_viewport_size(PHONE)
    window.goto(address)
    down = window.evaluate(PLACES)
    too_wide = window.evaluate(TOO_WIDE)
    window.set_viewport_size(WIDE)
    across = window.evaluate(PLACES)

    parts = (".from", ".at-body", ".to")
    assert too_wide == 0
    assert sorted(parts, key=lambda part: down[part][1]) == list(parts)
    assert sorted(parts, key=lambda part: across[part][0]) == list(parts)
    # Who is outside the EEA stands below its border.
    assert all(places[".abroad"][1] > places[".to"][1] for places in (down, across))


def test_lines_meet_the_middles_of_the_boxes(window, address):
    window.set_viewport_size(WIDE)
    window.goto(address)

    boxes = window.evaluate(
        "() => [...document.querySelectorAll('.to .stops > li')].map(box => {"
        " const r = box.getBoundingClientRect(); return r.top + r.height / 2; })"
    )
    drawn = window.locator(".flow.out.beside").bounding_box()

    ends = [drawn["y"] + drawn["height"] * (n + 0.5) / len(boxes) for n in range(len(boxes))]
    assert len(boxes) == 8
    assert max(abs(end - box) for end, box in zip(ends, boxes, strict=True)) < 6


def test_link_of_a_fact_opens_what_is_folded(window, address):
    window.goto(address)
    folded = window.locator("#transfers-told")
    before = folded.is_visible()

    window.goto(f"{address}#transfers-told")

    assert (before, folded.is_visible()) == (False, True)


def test_paper_shows_all_answers_and_says_on_each_sheet_where_they_are_from(window, address):
    window.goto(address)
    sheet, action = window.locator(".sheet"), window.locator(".facts .button")
    on_screen = (sheet.is_visible(), action.is_visible())

    window.emulate_media(media="print")

    assert on_screen == (False, True)
    assert (sheet.is_visible(), action.is_visible()) == (True, False)
    assert f"{address} · Version 1, published on" in sheet.inner_text()
    # What is fixed stands on every sheet, in the room that each leaves for it.
    assert sheet.evaluate("s => getComputedStyle(s).position") == "fixed"
    assert window.locator("main").evaluate("m => getComputedStyle(m).boxDecorationBreak") == "clone"
    folded = window.locator(".folded:not(.explained) [id$=-told]").all()
    assert len(folded) > 3
    assert all(one.is_visible() for one in folded)
    assert not window.locator(".explained").is_visible()
    assert not window.locator(".menu nav").is_visible()
    rows = window.locator(".answers tr").first
    assert rows.evaluate("row => getComputedStyle(row).breakInside") == "avoid"
    assert (
        window.locator(".answers thead").first.evaluate("head => getComputedStyle(head).display")
        == "table-header-group"
    )
