"""The bodies, as their own pages and other pages name them."""

import pytest

from organisations.models import Organisation

pytestmark = pytest.mark.django_db


def test_list_of_bodies_tells_how_much_each_has_published(register, body_b, visitor):
    page = visitor.get("/en/organisations/").text

    assert ">Agency body-a</a> (1)" in page
    assert ">Agency body-b</a> (0)" in page


def test_officer_is_named_with_or_without_a_mailbox(register, body_a, visitor):
    Organisation.objects.filter(pk=body_a.pk).update(
        dpo_name="An Officer", is_dpo_name_public=True, dpo_mailbox=""
    )

    assert "An Officer" in visitor.get("/en/organisations/body-a/").text
    assert "An Officer" in visitor.get("/en/processing/body-a/1/").text


def test_number_of_entries_follows_a_body_that_is_hidden(register, body_a, visitor):
    assert "<strong>1</strong>" in visitor.get("/nl/").text

    Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

    assert "<strong>0</strong>" in visitor.get("/nl/").text


def test_renamed_body_shows_at_once_on_pages_that_name_it(register, body_b, visitor):
    visitor.get("/en/processing/body-a/1/")

    Organisation.objects.filter(pk=body_b.pk).update(name_en="Renamed agency")

    assert "Renamed agency" in visitor.get("/en/processing/body-a/1/").text


class TestExchange:
    def test_entry_is_shown_on_the_page_of_the_body_that_receives(self, register, body_b, visitor):
        page = visitor.get("/nl/organisations/body-b/").text

        assert 'href="/nl/processing/body-a/1/"' in page

    def test_hidden_body_is_not_named_as_a_recipient(self, register, body_b, visitor):
        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        page = visitor.get("/en/processing/body-a/1/").text

        assert "Agency body-b" not in page
        assert "A federal body that is not on this site" in page
