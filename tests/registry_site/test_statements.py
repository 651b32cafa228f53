"""The pages that a government site owes its visitors say what holds, and only that."""

import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.checks import run_checks
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from contact.retention import months_kept
from registry_site import statements
from tests import factories
from tests.conftest import LANGUAGES
from tests.registry_site.explainer.test_explainer import part, words

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def own(body_a, publisher_a, settings):
    """Body A runs the site, and its register has an entry about it."""
    activity = factories.create_activity(body_a, name="Contact form of this site")
    activity.publish(by=publisher_a)
    settings.SITE_BODY, settings.SITE_ENTRIES = body_a.slug, [activity.number]
    return activity


class TestPrivacy:
    def test_it_is_made_from_the_sites_own_entries(self, own, publisher_a, visitor):
        before = words(visitor.get("/en/privacy/").text)
        own.purposes.update(description_en="To answer citizens.")
        own.publish(by=publisher_a)

        after = visitor.get("/en/privacy/").text

        assert "Purpose of Contact form of this site." in before
        assert "10 years" in before
        assert "To answer citizens." in after
        assert f'href="/en/processing/body-a/{own.number}/"' in after
        assert "Agency body-a" in part(after, "responsible")
        assert "dpo@body-a.example" in part(after, "responsible")

    def test_what_is_not_published_is_not_told(self, own, publisher_a, visitor):
        own.withdraw(by=publisher_a, reason="Over")

        page = visitor.get("/en/privacy/").text

        assert "Contact form of this site" not in page
        assert "Its legal basis is its task under the GDPR" in page

    def test_site_that_names_no_body_says_nothing_of_one(self, body_a, visitor):
        for path in ("privacy", "about", "accessibility"):
            page = visitor.get(f"/en/{path}/").text
            assert "Agency" not in page
            assert "None" not in page

    def test_entries_cost_one_query_however_many_they_are(
        self, own, body_a, publisher_a, settings, visitor, django_assert_num_queries
    ):
        for number in range(3):
            activity = factories.create_activity(body_a, name=f"Entry {number}")
            activity.publish(by=publisher_a)
            settings.SITE_ENTRIES.append(activity.number)
        visitor.get("/en/about/")

        with django_assert_num_queries(2):
            page = visitor.get("/en/privacy/").text

        assert page.count("Entry ") >= 3

    @pytest.mark.parametrize(
        ("setting", "value", "path"),
        [
            ("SITE_BODY", "body-b", "about"),
            ("SITE_ENTRIES", [], "privacy"),
            ("SESSION_MINUTES", 7, "privacy"),
            ("QUESTION_MONTHS", 7, "privacy"),
            ("DEMONSTRATION", True, "disclaimer"),
        ],
    )
    def test_other_settings_make_other_pages(self, setting, value, path, own, visitor, settings):
        """What a cache holds is not valid for them."""
        before = visitor.get(f"/en/{path}/")
        setattr(settings, setting, value)

        after = visitor.get(f"/en/{path}/", headers={"If-None-Match": before.headers["ETag"]})

        assert after.status_code == 200
        assert after.text != before.text

    @pytest.mark.parametrize("kind", ["question", "access"])
    def test_entry_of_the_demonstration_promises_what_the_site_does(self, kind):
        register = tomllib.loads((ROOT / "fixtures/register/fps-bosa.toml").read_text())
        (entry,) = (a for a in register["activity"] if a["number"] == 5)

        assert {kept["period"] for kept in entry["retention"]} == {months_kept(kind)}
        assert {kept["unit"] for kept in entry["retention"]} == {"month"}


class TestAccessibility:
    # What the model of Implementing Decision (EU) 2018/1523 demands, and how it begins in English.
    PARTS = {
        "commitment": "Act of 19 July 2018",
        "status": "partially compliant",
        "not-accessible": "Not compliant",
        "preparation": "It was last reviewed on",
        "feedback": "Tell us what does not work",
        "enforcement": "Federal Ombudsman",
    }

    def test_all_parts_of_the_model_statement_are_there(self, own, visitor):
        page = visitor.get("/en/accessibility/").text

        for anchor, told in self.PARTS.items():
            assert told in words(part(page, anchor))
        for told in ("Disproportionate burden", "Outside the scope of the law"):
            assert told in words(part(page, "not-accessible"))
        assert "We assessed the site ourselves" in words(part(page, "preparation"))
        assert "/en/organisations/body-a/contact/?kind=error" in part(page, "feedback")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_days_stand_in_the_language_of_the_page(self, language, visitor):
        page = words(part(visitor.get(f"/{language}/accessibility/").text, "preparation"))

        with override(language):
            for day in (
                statements.ACCESSIBILITY_PREPARED_ON,
                statements.ACCESSIBILITY_REVIEWED_ON,
            ):
                assert date_format(day, "DATE_FORMAT") in page

    def test_statement_is_not_older_than_a_year(self):
        """When this fails: assess the site again, mend the statement, and change the day."""
        assert statements.ACCESSIBILITY_PREPARED_ON <= statements.ACCESSIBILITY_REVIEWED_ON
        age = timezone.localdate() - statements.ACCESSIBILITY_REVIEWED_ON
        assert timedelta(0) <= age <= timedelta(days=366)


class TestOpenDataAndDisclaimer:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_licence_is_named_in_the_language_of_the_page(self, language, visitor):
        page = visitor.get(f"/{language}/open-data/").text

        address = f"https://creativecommons.org/publicdomain/zero/1.0/deed.{language}"
        assert f'<a href="{address}">CC0 1.0</a>' in page

    def test_errors_are_reported_with_the_form(self, visitor):
        assert 'href="/en/contact/?kind=error"' in visitor.get("/en/disclaimer/").text

    @pytest.mark.parametrize("path", ["privacy", "about", "open-data", "disclaimer"])
    def test_demonstration_says_so(self, path, visitor, settings):
        settings.DEMONSTRATION = True

        main = part(visitor.get(f"/en/{path}/").text, "content")

        assert "This is a demonstration." in main

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_page_leads_to_the_statements_and_to_the_government(self, language, visitor):
        page = visitor.get(f"/{language}/processing/").text

        assert f'href="https://www.belgium.be/{language}"' in page
        for path in ("about", "privacy", "accessibility", "open-data", "disclaimer", "gdpr"):
            assert f'href="/{language}/{path}/"' in page


class TestSecurityTxt:
    @pytest.fixture(autouse=True)
    def told(self, settings):
        settings.SECURITY_CONTACT = ["mailto:security@register.example"]
        settings.SECURITY_EXPIRES = date(2027, 6, 30)

    def answer(self, visitor):
        with time_machine.travel(NOW):
            return visitor.get("/.well-known/security.txt")

    def problems(self) -> list[str]:
        with time_machine.travel(NOW):
            found = run_checks(tags=["security"], include_deployment_checks=True)
        return [message.id for message in found if message.id.startswith("registry_site")]

    def test_it_says_what_the_standard_demands(self, visitor, settings):
        settings.SITE_URL = "https://register.example"

        response = self.answer(visitor)

        assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert response.text == (
            "Contact: mailto:security@register.example\n"
            "Expires: 2027-06-30T23:59:59Z\n"
            "Preferred-Languages: nl, fr, de, en\n"
            "Canonical: https://register.example/.well-known/security.txt\n"
        )
        assert self.problems() == []

    @pytest.mark.parametrize(
        ("contact", "expires", "status", "problem"),
        [
            ([], None, 404, []),
            ([], date(2027, 6, 30), 404, ["registry_site.E001"]),
            (["mailto:a@register.example"], None, 404, ["registry_site.E001"]),
            (["a@register.example"], date(2027, 6, 30), 200, ["registry_site.E002"]),
            (["mailto:a@register.example"], date(2026, 11, 23), 404, ["registry_site.E003"]),
            (["mailto:a@register.example"], date(2026, 11, 24), 200, ["registry_site.W001"]),
            (["mailto:a@register.example"], date(2028, 1, 1), 200, ["registry_site.W002"]),
        ],
    )
    def test_what_does_not_hold_is_noticed(
        self, contact, expires, status, problem, visitor, settings
    ):
        settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES = contact, expires

        assert self.answer(visitor).status_code == status
        assert self.problems() == problem


@pytest.mark.parametrize(
    ("slug", "is_public", "problems"),
    [
        ("body-a", True, []),
        ("body-a", False, ["registry_site.W003"]),
        ("nonsense", True, ["registry_site.W003"]),
        ("", True, []),
    ],
)
def test_body_that_runs_the_site_must_be_there(slug, is_public, problems, body_a, settings):
    settings.SITE_BODY = slug
    body_a.is_public = is_public
    body_a.save()

    found = run_checks(tags=["database"], databases=["default"])

    assert [problem.id for problem in found] == problems
