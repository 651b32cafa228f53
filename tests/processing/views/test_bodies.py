"""The bodies, as their own pages and other pages name them."""

import re

import pytest

from organisations.models import Organisation
from tests import factories
from tests.processing.test_record_formats import replace

pytestmark = pytest.mark.django_db


def test_list_of_bodies_tells_how_much_each_has_published(register, body_b, visitor):
    page = visitor.get("/en/organisations/").text

    assert page.count('>Agency body-a</a> <span class="meta">(1)</span></li>') == 2
    # By kind and from A to Z: one that has published nothing has no number.
    assert page.count(">Agency body-b</a></li>") == 2


def test_officer_is_named_with_or_without_a_mailbox(register, body_a, visitor):
    Organisation.objects.filter(pk=body_a.pk).update(
        dpo_name="An Officer", is_dpo_name_public=True, dpo_mailbox=""
    )

    assert "An Officer" in visitor.get("/en/organisations/body-a/").text
    assert "An Officer" in visitor.get("/en/processing/body-a/1/").text


def test_numbers_of_home_follow_a_body_that_is_hidden(register, body_a, visitor):
    page = visitor.get("/en/").text
    assert "Choose from 2 bodies" in page
    assert "Where does a computer decide? (1)" in page

    Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

    page = visitor.get("/en/").text
    assert "Choose from 1 body" in page
    assert "Where does a computer decide? (0)" in page


def test_renamed_body_shows_at_once_on_pages_that_name_it(register, body_b, visitor):
    visitor.get("/en/processing/body-a/1/")

    Organisation.objects.filter(pk=body_b.pk).update(name_en="Renamed agency")

    assert "Renamed agency" in visitor.get("/en/processing/body-a/1/").text


class TestSearchByName:
    @pytest.fixture(autouse=True)
    def bodies(self, body_a, body_b):
        body_a.former_names = "Office of Postage\nPostdienst"
        body_a.short_name_fr = "É.C.H.O."
        body_a.save()

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("body-a", ["body-a"]),
            ("AGENCY", ["body-a", "body-b"]),
            ("dienststelle b", ["body-a", "body-b"]),
            ("postage", ["body-a"]),
            ("post body-a", ["body-a"]),
            ("postage body-b", []),
            ("echo", ["body-a"]),
            ("nothing like it", []),
            ("…", []),
        ],
    )
    def test_finds_what_bodies_are_or_were_called_in_any_language(self, text, found, visitor):
        page = visitor.get("/en/organisations/", {"q": text}).text

        listed = page.split('<h2 id="found">')[1]
        assert re.findall(r'<li><a href="([\w-]+)/"', listed) == found

    def test_without_a_name_leads_to_all_bodies(self, visitor):
        response = visitor.get("/en/organisations/?q=+")

        assert (response.status_code, response.headers["Location"]) == (302, "/en/organisations/")

    def test_body_that_is_hidden_is_not_found(self, body_a, visitor):
        Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

        assert (
            "No federal body on this site is called so."
            in visitor.get("/en/organisations/?q=postage").text
        )


class TestRetention:
    @pytest.mark.parametrize(
        ("rows", "told"),
        [
            ([(10, "year")], "10 years"),
            ([(10, "year"), (7, "year"), (8, "year")], "7 to 10 years"),
            ([(2, "year"), (6, "week")], "6 weeks to 2 years"),
            ([(12, "month"), (1, "year")], "1 year"),
            ([(1, "day"), (None, "")], "1 day, partly without a fixed period"),
            ([(None, "")], "no fixed period"),
        ],
    )
    def test_entry_tells_from_the_shortest_period_to_the_longest(
        self, rows, told, body_a, publisher_a, visitor
    ):
        activity = factories.create_activity(body_a)
        activity.retention.all().delete()
        for period, unit in rows:
            text = {} if period else {"criterion_en": "As long as needed"}
            activity.retention.create(period=period, unit=unit, **text)
        activity.publish(by=publisher_a)

        page = visitor.get("/en/organisations/body-a/").text

        assert re.findall(r'<p class="retention">.*</svg> <span>(.*)</span></p>', page) == [told]

    def test_record_of_an_older_format_tells_it_too(self, body_a, publisher_a, visitor):
        publication = factories.create_publication(body_a, by=publisher_a)
        item = {"category": "A1", "retention_period": 3, "retention_unit": "month"}
        record = {"organisation": body_a.pk, "number": 1, "name": {"en": "Old"}, "data": [item]}
        replace(publication, record)

        page = visitor.get("/en/organisations/body-a/").text

        assert "<span>3 months</span>" in page

    def test_body_tells_the_periods_of_all_its_entries(self, body_a, body_b, publisher_a, visitor):
        for period in (10, 2):
            activity = factories.create_activity(body_a)
            activity.recipients.create(organisation=body_b)
            activity.retention.update(period=period)
            activity.publish(by=publisher_a)

        page = visitor.get("/en/organisations/body-a/").text

        assert "keeps data 2 to 10 years" in page
        assert bars(page) == [("100", "100"), ("20", "20")]


def bars(page: str) -> list[tuple[str, str]]:
    """How far the longest and the shortest period of each entry go."""
    return re.findall(r'class="some" width="(\d+)".*class="all" width="(\d+)"', page)


class TestExchange:
    def test_entry_is_shown_on_the_page_of_the_body_that_receives(self, register, body_b, visitor):
        page = visitor.get("/nl/organisations/body-b/").text

        assert 'href="/nl/processing/body-a/1/"' in page

    def test_hidden_body_is_not_named_as_a_recipient(self, register, body_b, visitor):
        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        page = visitor.get("/en/processing/body-a/1/").text

        assert "Agency body-b" not in page
        assert "A federal body that is not on this site" in page
