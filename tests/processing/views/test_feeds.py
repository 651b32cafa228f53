"""What changed, as feed readers read it: by feedparser, and by the rules of RFC 4287."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from django.test import Client

from organisations.models import Organisation
from processing.models import ProcessingActivity, Publication, Recipient
from processing.views import feeds
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
FEED = "/en/changes/feed/"
# RFC 3339, without fractions.
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")


def day(month: int, day: int = 10, hour: int = 12) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


@pytest.fixture
def register(body_a, body_b, publisher_a, publisher_b) -> dict[str, ProcessingActivity]:
    """In March three are published; in April one is changed, in May one is withdrawn."""
    visitors = factories.create_activity(body_a, name="Visitors", name_nl="Bezoekers")
    visitors.publish(by=publisher_a, at=day(3, 1))
    permits = factories.create_full_activity(body_b, body_a, "permits")
    permits.publish(by=publisher_b, at=day(3, 2))
    secret = factories.create_activity(body_b, name="Canary")
    secret.publish(by=publisher_b, at=day(3, 20))
    visitors.name_en = "All visitors & <guests>"
    visitors.save()
    Recipient.objects.create(activity=visitors, organisation=body_b)
    visitors.publish(by=publisher_a, at=day(4))
    secret.withdraw(by=publisher_b, reason="Canary reason", at=day(5, 4))
    return {"visitors": visitors, "permits": permits, "secret": secret}


def entries(visitor: Client, address: str) -> list[tuple[str, str, str]]:
    """(kind, title, author) of each entry, as a feed reader has it."""
    read = feedparser.parse(visitor.get(address).content)
    assert not read.bozo, read
    return [(entry.tags[0].term, entry.title, entry.author) for entry in read.entries]


def tree(visitor: Client, address: str) -> ElementTree.Element:
    return ElementTree.fromstring(visitor.get(address).content)  # noqa: S314 (of ours)


class TestWhatIsTold:
    def test_all_changes_the_newest_first(self, register, visitor):
        assert entries(visitor, FEED) == [
            ("withdrawn", "Processing activity 2 of this body", "Agency body-b"),
            ("changed", "All visitors & <guests>", "Agency body-a"),
            ("published", "permits-name-en", "Agency body-b"),
            ("published", "Visitors", "Agency body-a"),
        ]

    def test_of_a_body_with_what_it_withdrew(self, register, visitor):
        told = entries(visitor, f"{FEED}?body=body-b")

        assert [kind for kind, *_rest in told] == ["withdrawn", "published"]
        assert len(entries(visitor, f"{FEED}?body=body-a&body=body-b")) == 4

    @pytest.mark.parametrize(
        "choices", ["people=12", "data=M1", "q=permits", "data=M1&body=body-b", "since=2025-03-02"]
    )
    def test_of_a_list_how_its_entries_became_what_they_are(self, choices, register, visitor):
        told = entries(visitor, f"{FEED}?{choices}")

        assert ("published", "permits-name-en", "Agency body-b") in told
        # Which choices something met that was withdrawn would be a part of what it said.
        assert {kind for kind, *_rest in told} <= {"published", "changed"}
        assert len(told) == (2 if "since" in choices else 1)

    def test_change_says_what_and_leads_to_it(self, register, visitor):
        changed = feedparser.parse(visitor.get(FEED).content).entries[1]

        assert changed.summary == (
            "Changed on 10 April 2025. What changed: Name and summary · Who receives the data?"
        )
        page, comparison = changed.links
        assert (page.rel, page.href) == ("alternate", "http://testserver/en/processing/body-a/1/")
        assert comparison.rel == "related"
        for link in (page, comparison):
            assert visitor.get(link.href.removeprefix("http://testserver")).status_code == 200

    def test_withdrawal_tells_that_and_when_alone(self, register, visitor):
        content = visitor.get(FEED).text
        withdrawn = feedparser.parse(content).entries[0]

        assert "anary" not in content
        assert withdrawn.summary == "Withdrawn on 4 May 2025."
        assert withdrawn.updated == "2025-05-04T14:00:00+02:00"
        assert visitor.get(withdrawn.link.removeprefix("http://testserver")).status_code == 410
        assert "/versions/" not in withdrawn.id

    def test_hidden_body_leaves_no_trace(self, register, body_b, visitor):
        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        assert [author for *_rest, author in entries(visitor, FEED)] == ["Agency body-a"] * 2
        assert visitor.get(f"{FEED}?body=body-b").status_code == 404

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_in_its_language_or_says_in_which(self, language, register, visitor):
        root = tree(visitor, f"/{language}/changes/feed/")

        assert root.get(XML_LANG) == language
        last = root.findall(f"{ATOM}entry")[-1].find(f"{ATOM}title")
        expected = {"nl": ("Bezoekers", None), "fr": ("Bezoekers", "nl")}
        expected |= {"de": ("Bezoekers", "nl"), "en": ("Visitors", None)}
        assert (last.text, last.get(XML_LANG)) == expected[language]

    def test_sign_that_xml_cannot_hold_is_left_out(self, body_a, publisher_a, visitor):
        made = factories.create_publication(body_a, by=publisher_a, name="Any")
        Publication.objects.filter(pk=made.pk).update(title={"en": "A\x0b\x1bB\ufffe & C"})

        assert entries(visitor, FEED)[0][1] == "AB & C"


class TestRules:
    """What RFC 4287 demands of a feed and its entries."""

    @pytest.mark.parametrize("choices", ["", "?body=body-a", "?people=01", "?theme=HEAL"])
    def test_feed_and_entries_have_what_they_must(self, choices, register, visitor):
        address = f"{FEED}{choices}"
        root = tree(visitor, address)

        for element in (root, *root.findall(f"{ATOM}entry")):
            for name in ("id", "title", "updated"):
                (found,) = element.findall(f"{ATOM}{name}")
                assert found.text
            assert MOMENT.fullmatch(element.find(f"{ATOM}updated").text)
            assert element.find(f"{ATOM}author/{ATOM}name").text
            assert element.find(f"{ATOM}id").text.startswith("http://testserver/en/")
            rels = [link.get("rel") for link in element.findall(f"{ATOM}link")]
            assert rels.count("alternate") == 1
        itself = root.find(f"{ATOM}link[@rel='self']").get("href")
        assert itself == root.find(f"{ATOM}id").text == f"http://testserver{address}"

    def test_entries_are_sorted_and_the_feed_is_as_new_as_the_first(self, register, visitor):
        read = feedparser.parse(visitor.get(FEED).content)

        moments = [entry.updated_parsed for entry in read.entries]
        assert moments == sorted(moments, reverse=True)
        assert read.feed.updated == read.entries[0].updated

    def test_identifiers_stay_and_are_the_same_in_every_feed(
        self, register, publisher_a, visitor, settings
    ):
        settings.SITE_URL = "https://register.example"

        def identifiers(choices: str = "") -> list[str]:
            return [e.id for e in feedparser.parse(visitor.get(FEED + choices).content).entries]

        before, of_body = identifiers(), identifiers("?body=body-a")
        register["visitors"].name_en = "A third name"
        register["visitors"].save()
        register["visitors"].publish(by=publisher_a, at=day(6))
        after = identifiers()

        entry = "https://register.example/en/processing/body-a/1/versions"
        assert of_body == [f"{entry}/2/", f"{entry}/1/"]
        assert set(of_body) < set(before)
        assert len({*before}) == len(before)
        assert after == [f"{entry}/3/", *before]
        assert identifiers("?since=2025-06-01") == [f"{entry}/3/"]

    def test_two_withdrawals_of_one_entry_are_two(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a)
        for month in (3, 5):
            activity.publish(by=publisher_a, at=day(month))
            activity.withdraw(by=publisher_a, reason="", at=day(month + 1))

        read = feedparser.parse(visitor.get(FEED).content)

        assert len({entry.id for entry in read.entries}) == 2


class TestAnswer:
    def test_is_kept_like_a_page(self, register, publisher_b, visitor, django_assert_num_queries):
        response = visitor.get(FEED)
        tag = {"If-None-Match": response.headers["ETag"]}

        assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
        assert response.headers["Cache-Control"] == "public, max-age=60"
        with django_assert_num_queries(1):
            assert visitor.get(FEED, headers=tag).status_code == 304
        register["permits"].withdraw(by=publisher_b, reason="")
        assert visitor.get(FEED, headers=tag).status_code == 200

    @pytest.mark.parametrize("choices", ["", "?body=body-a", "?people=01"])
    def test_is_bounded_and_costs_one_query(
        self, choices, register, body_a, publisher_a, visitor, assert_sql, settings, monkeypatch
    ):
        monkeypatch.setattr(feeds, "MOST", 5)
        for number in range(9):
            activity = factories.create_full_activity(body_a, body_a, f"Entry{number}")
            activity.publish(by=publisher_a, at=day(5, 1 + number))
        visitor.get(f"{FEED}{choices}")
        settings.RELEASE = "one whose pages no process keeps yet"

        with assert_sql(f"a feed {choices}"):
            told = entries(visitor, f"{FEED}{choices}")

        assert [title for _kind, title, _author in told] == [
            f"Entry{number}-name-en" for number in (8, 7, 6, 5, 4)
        ]

    @pytest.mark.parametrize(
        ("choices", "status"),
        [
            *(("?body=nobody", 404), ("?theme=NONE", 404), ("?since=x", 404)),
            *(("?page=2", 302), ("?sort=newest", 302), ("?body=", 302), ("?x=1", 302)),
        ],
    )
    def test_takes_the_choices_of_the_list_and_no_others(self, choices, status, register, visitor):
        assert visitor.get(f"{FEED}{choices}").status_code == status


@pytest.mark.parametrize(
    ("shown", "choices"),
    [
        ("/fr/changes/", ""),
        ("/fr/changes/?body=body-a", "?body=body-a"),
        ("/fr/processing/", ""),
        ("/fr/processing/?theme=TAXE&people=01&sort=newest", "?theme=TAXE&amp;people=01"),
        ("/fr/organisations/body-a/", "?body=body-a"),
        ("/fr/people/01/", "?people=01"),
        ("/fr/data/M1/", "?data=M1"),
    ],
)
def test_page_leads_to_its_feed(shown, choices, register, visitor):
    head, body = visitor.get(shown).text.split("</head>")

    link = f'href="/fr/changes/feed/{choices}"'
    assert re.search(
        rf'<link rel="alternate" type="application/atom\+xml"[^>]*{re.escape(link)}', head
    )
    assert f"<a {link}" in body
