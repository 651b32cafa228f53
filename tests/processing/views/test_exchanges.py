"""Who passes data to whom, as a visitor sees it."""

import pytest

from organisations.models import Organisation
from processing.models import Recipient
from tests import factories
from tests.processing.finding.pages import number_found

pytestmark = pytest.mark.django_db


class TestExchanges:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        self.third = factories.create_organisation("body-c")
        activity = factories.create_full_activity(body_a, body_b, "rich")
        Recipient.objects.create(activity=activity, organisation=self.third, what_en="Copies")
        activity.publish(by=publisher_a)
        other = factories.create_full_activity(body_b, body_a, "second")
        other.publish(by=publisher_b)

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("", 3),
            ("?from=body-a", 2),
            ("?to=body-a", 1),
            ("?from=body-a&to=body-c", 1),
            ("?data=M", 3),
            ("?data=B", 0),
        ],
    )
    def test_table_is_narrowed(self, query, number, visitor):
        page = visitor.get(f"/en/exchanges/{query}").text

        assert number_found(page) == number
        assert page.count("<tr>") == number + (1 if number else 0)

    def test_row_leads_to_the_entry_and_tells_what_is_passed_on(self, visitor):
        page = visitor.get("/en/exchanges/?to=body-c").text

        assert 'href="/en/processing/body-a/1/">rich-name-en</a>' in page
        assert "Copies" in page

    def test_hidden_body_is_in_no_exchange(self, visitor):
        Organisation.objects.filter(pk=self.third.pk).update(is_public=False)

        assert number_found(visitor.get("/en/exchanges/").text) == 2
        assert visitor.get("/en/exchanges/?to=body-c").status_code == 404

    @pytest.mark.parametrize("query", ["from=nobody", "to=nobody", "data=XX", "page=9", "page=x"])
    def test_what_the_table_does_not_have_is_not_found(self, query, visitor):
        assert visitor.get(f"/en/exchanges/?{query}").status_code == 404

    def test_page_of_a_body_tells_what_it_sends_and_receives(self, visitor):
        page = visitor.get("/en/organisations/body-a/").text

        assert 'href="/en/exchanges/?from=body-a&amp;to=body-b">Agency body-b</a> (1)' in page
        assert 'href="/en/processing/body-b/1/"' in page
