"""A text that a body did not write in the language of the page."""

import re

import pytest
from django.utils import translation
from django.utils.html import strip_tags

from organisations.models import Organisation, User
from tests import factories

pytestmark = pytest.mark.django_db


def publish_for(receiver: Organisation, giver: Organisation, *, by: User) -> None:
    """Publish an entry in Dutch that passes data on to another body."""
    activity = factories.create_activity(giver, name="Bezoekers", language="nl")
    activity.recipients.create(organisation=receiver, what_nl="Om te weten wie komt")
    activity.publish(by=by)


class TestFallback:
    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ({"nl", "fr", "de", "en"}, {"nl": "nl", "fr": "fr", "de": "de", "en": "en"}),
            ({"nl", "fr", "en"}, {"nl": "nl", "fr": "fr", "de": "fr", "en": "en"}),
            ({"nl", "de"}, {"nl": "nl", "fr": "nl", "de": "de", "en": "nl"}),
            ({"en", "de"}, {"nl": "en", "fr": "en", "de": "de", "en": "en"}),
            ({"de"}, {"nl": "de", "fr": "de", "de": "de", "en": "de"}),
        ],
    )
    def test_missing_language_is_replaced_in_the_order_of_settings(
        self, written, expected, body_a, publisher_a, visitor
    ):
        texts = {f"name_{code}": f"Name in {code}" for code in written}
        activity = factories.create_activity(body_a, **{"name_en": "", "summary_en": ""} | texts)
        activity.publish(by=publisher_a)

        for language, shown in expected.items():
            page = visitor.get(f"/{language}/processing/body-a/1/").text
            if shown == language:
                assert f">Name in {shown}</h1>" in page
            else:
                assert f'><span lang="{shown}">Name in {shown}</span></h1>' in page

    def test_page_with_fallback_says_so(self, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a, name="Bezoekers", language="nl")

        for language, notice in {
            "en": "Where English is missing",
            "fr": "français",
            "de": "Deutsch",
        }.items():
            page = visitor.get(f"/{language}/processing/body-a/1/").text
            alert = page.split('class="notice"')[1].split("</p>")[0]
            assert notice in alert
        assert 'class="notice"' not in visitor.get("/nl/processing/body-a/1/").text

    @pytest.mark.parametrize(
        "address", ["/fr/processing/", "/fr/organisations/body-a/", "/fr/organisations/"]
    )
    def test_list_with_fallback_says_so_once(self, address, body_a, publisher_a, visitor):
        assert 'class="notice"' not in visitor.get(address).text
        factories.create_publication(body_a, by=publisher_a, name="Bezoekers", language="nl")
        Organisation.objects.update(name_fr="")

        assert visitor.get(address).text.count('class="notice"') >= 1

    @pytest.mark.parametrize(
        "address",
        [
            "/{}/",
            "/{}/processing/",
            "/{}/processing/?q=Bezoekers",
            "/{}/organisations/body-a/",
            "/{}/organisations/body-b/",
        ],
    )
    def test_row_of_a_list_names_its_language(self, address, body_a, body_b, publisher_a, visitor):
        publish_for(body_b, body_a, by=publisher_a)

        for language in ("fr", "de", "en"):
            with translation.override(language):
                named = translation.gettext("in Dutch")
            row = self.row(visitor.get(address.format(language)).text)
            assert row.count(f'<span class="tag">{named}</span>') == 1
            # In words, it is apart from what stands before it.
            assert re.search(rf"\S, {named}", " ".join(strip_tags(row).split()))
        assert '<span class="tag">' not in self.row(visitor.get(address.format("nl")).text)

    def row(self, page: str) -> str:
        """The first entry of the first list, behind its title."""
        return page.split('/processing/body-a/1/">', 1)[1].split("</li>")[0]

    def test_exchange_names_its_language_once(self, body_a, body_b, publisher_a, visitor):
        publish_for(body_b, body_a, by=publisher_a)

        row = visitor.get("/en/exchanges/?show=list").text.split("<tbody>")[1]

        assert row.count('<span class="tag">in Dutch</span>') == 1
        assert '<span class="tag">' not in visitor.get("/nl/exchanges/?show=list").text

    def test_row_names_every_language_once(self, body_a, publisher_a, visitor):
        texts = {"name_en": "", "name_fr": "Visiteurs", "summary_en": "", "summary_nl": "Lijst"}
        activity = factories.create_activity(body_a, **texts)
        activity.publish(by=publisher_a)

        page = visitor.get("/en/processing/").text

        assert [part.split("<")[0] for part in page.split('<span class="tag">')[1:]] == [
            "in French",
            "in Dutch",
        ]

    def test_page_whose_only_fallback_is_a_row_says_so(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a)
        activity.purposes.update(description_en="", description_nl="Alleen hier")
        activity.publish(by=publisher_a)

        assert 'class="notice"' in visitor.get("/en/processing/body-a/1/").text

    def test_title_of_the_page_holds_no_element(self, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a, name="Bezoekers", language="nl")

        for path in ("", "history/", "versions/1/"):
            page = visitor.get(f"/fr/processing/body-a/1/{path}").text
            title = page.split("<title>")[1].split("</title>")[0]
            assert "Bezoekers" in title
            assert "span" not in title

    def test_hostile_text_is_escaped(self, body_a, publisher_a, visitor):
        factories.create_publication(
            body_a, by=publisher_a, name='<script>alert("x")</script>', language="nl"
        )

        for page in ("/fr/processing/body-a/1/", "/nl/processing/body-a/1/", "/nl/", "/fr/"):
            assert "<script>" not in visitor.get(page).text
