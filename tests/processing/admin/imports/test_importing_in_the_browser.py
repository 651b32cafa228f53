"""From a file to drafts in a browser, by keyboard, with the strict policy."""

import pytest

from processing.imports import work
from processing.models import ProcessingActivity
from tests.browser import needs_browser
from tests.processing.admin.imports.sending import REGISTER
from tests.processing.admin.test_admin_in_the_browser import ACTIVITIES, findings, is_stock
from tests.processing.admin.test_form_in_the_browser import opened, person

__all__ = ["opened", "person"]

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

SUBMIT = ".submit-row input.default"


def press(page, selector: str) -> None:
    """As by keyboard: where the focus is, Enter."""
    page.focus(selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_file_becomes_drafts_by_keyboard(opened):
    page, wrong, complaints = opened(ACTIVITIES, 320), [], []
    press(page, "a[href$='/import/']")
    page.set_input_files(
        "[name=file]",
        {"name": "register.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()},
    )
    # The file, its columns, the preview, the result.
    for step in range(4):
        # Before axe, which brings complaints of its own.
        complaints += page.complaints
        wrong += [found for found in findings(page) if not is_stock(*found)]
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), step
        page.complaints.clear()
        if step < 3:
            press(page, SUBMIT)
            wrong += [found for found in findings(page) if not is_stock(*found)]
            # A worker does it, and the page sees by itself that it is done.
            work.work_waiting()
            page.wait_for_selector("[data-waiting]", state="detached")

    assert "The import is done." in page.inner_text("#content")
    press(page, "text=Go to the activities")
    assert page.locator("#result_list tbody tr").count() == 2
    assert set(ProcessingActivity.objects.values_list("status", flat=True)) == {"draft"}
    assert (wrong, complaints) == ([], [])
