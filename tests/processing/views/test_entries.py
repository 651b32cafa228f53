"""An entry with its versions: compared, withdrawn, written with ill intent."""

import pytest
from django.utils import translation

from tests import factories

pytestmark = pytest.mark.django_db


class TestWithdrawn:
    @pytest.mark.parametrize("path", ["", "history/", "versions/1/", "compare/1/2/"])
    def test_withdrawn_entry_answers_410_with_the_date_only(
        self, path, register, publisher_a, visitor
    ):
        register.withdraw(by=publisher_a, reason="secret reason")

        response = visitor.get(f"/en/processing/body-a/1/{path}")

        assert response.status_code == 410
        assert response.headers["Cache-Control"] == "no-store"
        withdrawn_at = register.publications.first().withdrawn_at
        with translation.override("en"):
            assert f"{withdrawn_at:%B %Y}" in response.text
        assert "text-" not in response.text
        assert "secret reason" not in response.text

    def test_withdrawn_version_stays_gone_after_a_new_publication(
        self, register, publisher_a, visitor
    ):
        register.withdraw(by=publisher_a, reason="")
        register.publish(by=publisher_a)

        assert visitor.get("/nl/processing/body-a/1/").status_code == 200
        assert visitor.get("/nl/processing/body-a/1/versions/3/").status_code == 200
        assert visitor.get("/nl/processing/body-a/1/versions/1/").status_code == 410
        assert visitor.get("/nl/processing/body-a/1/compare/1/3/").status_code == 410

    def test_never_published_answers_exactly_like_never_existing(self, body_a, visitor):
        factories.create_activity(body_a)

        draft = visitor.get("/nl/processing/body-a/1/")
        nothing = visitor.get("/nl/processing/body-a/2/")

        assert draft.status_code == nothing.status_code == 404
        assert draft.text.replace("/1/", "/2/") == nothing.text


class TestComparison:
    def test_shows_the_changed_words_of_both_versions(self, register, visitor):
        page = visitor.get("/nl/processing/body-a/1/compare/1/2/").text

        assert "<del>text-name-nl</del>" in page
        assert "<ins>Een nieuwe naam</ins>" in page
        assert "text-purpose-description-nl" not in page

    def test_says_when_only_another_language_changed(self, register, visitor):
        page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

        assert "both versions say the same" in page

    @pytest.mark.parametrize("pair", ["1/1", "2/1", "1/3", "0/1"])
    def test_odd_pairs_are_not_found(self, pair, register, visitor):
        assert visitor.get(f"/nl/processing/body-a/1/compare/{pair}/").status_code == 404


def test_stored_address_that_is_no_web_address_is_never_a_link(register, publisher_a, visitor):
    register.legal_grounds.update(law_url="javascript:alert(1)")
    register.transfers.update(url="javascript:alert(2)")
    register.recipients.update(authorisation_url="data:text/html,x")
    register.publish(by=publisher_a)

    page = visitor.get("/nl/processing/body-a/1/").text

    assert "text-legalground-lawtitle-nl" in page
    assert "javascript:" not in page
    assert "data:text/html" not in page
