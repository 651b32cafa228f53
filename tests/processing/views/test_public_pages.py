import re
from html import escape, unescape

import pytest
from babel.messages.pofile import read_po
from django.db.models import F
from django.test import Client
from django.utils import translation

from organisations.models import Organisation
from processing.models import CODE_LISTS, ProcessingActivity, Publication, Theme
from registry_site.local.catalogues import catalogue_path
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

PAGES = {
    "home": "/{lang}/",
    "bodies": "/{lang}/organisations/",
    "body": "/{lang}/organisations/body-a/",
    "list": "/{lang}/processing/",
    "filtered": "/{lang}/processing/?theme=TAXE&people=01&sort=newest",
    "search": "/{lang}/processing/?q=text",
    "data": "/{lang}/data/",
    "data category": "/{lang}/data/M1/",
    "people": "/{lang}/people/",
    "group of people": "/{lang}/people/01/",
    "exchanges": "/{lang}/exchanges/",
    "topics": "/{lang}/gdpr/",
    "topic": "/{lang}/gdpr/access/",
    "glossary": "/{lang}/gdpr/glossary/",
    "meanings": "/{lang}/terms/purposes/",
    "whom to ask": "/{lang}/contact/?kind=access",
    "about": "/{lang}/about/",
    "privacy": "/{lang}/privacy/",
    "accessibility": "/{lang}/accessibility/",
    "open data": "/{lang}/open-data/",
    "disclaimer": "/{lang}/disclaimer/",
    "themes of a group": "/{lang}/guide/01/",
    "wishes": "/{lang}/guide/01/TAXE/",
    "entry": "/{lang}/processing/body-a/1/",
    "history": "/{lang}/processing/body-a/1/history/",
    "version": "/{lang}/processing/body-a/1/versions/1/",
    "comparison": "/{lang}/processing/body-a/1/compare/1/2/",
}
# Page -> queries while nothing changes, and of the first page after a change everywhere.
# The revision, then what the page is made of: a search looks up the words, finds, and ranks.
QUERIES = {
    "home": (2, 8),
    "bodies": (1, 6),
    "body": (2, 8),
    "list": (2, 8),
    "filtered": (2, 8),
    "search": (5, 15),
    "data": (1, 6),
    "data category": (1, 6),
    "people": (1, 6),
    "group of people": (1, 6),
    "exchanges": (2, 8),
    "topics": (1, 1),
    "topic": (1, 1),
    "glossary": (1, 1),
    "meanings": (1, 2),
    "whom to ask": (1, 2),
    "about": (1, 2),
    "privacy": (1, 2),
    "accessibility": (1, 2),
    "open data": (1, 1),
    "disclaimer": (1, 1),
    "themes of a group": (1, 6),
    "wishes": (1, 6),
    "entry": (2, 4),
    "history": (2, 3),
    "version": (2, 4),
    "comparison": (2, 4),
}


@pytest.fixture
def register(body_a, body_b, publisher_a) -> ProcessingActivity:
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    activity.name_nl = "Een nieuwe naam"
    activity.save()
    activity.publish(by=publisher_a)
    return activity


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", PAGES)
def test_page_is_public_cacheable_and_in_its_language(kind, language, register, visitor):
    response = visitor.get(PAGES[kind].format(lang=language))

    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert response.headers["Content-Language"] == language
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["ETag"]
    assert "Set-Cookie" not in response.headers
    assert "Vary" not in response.headers
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("kind", PAGES)
def test_page_links_to_itself_in_every_language(kind, register, visitor):
    response = visitor.get(PAGES[kind].format(lang="fr"))

    for language in LANGUAGES:
        address = escape(PAGES[kind].format(lang=language))
        alternate = f'hreflang="{language}" href="http://testserver{address}"'
        assert f'<link rel="alternate" {alternate}>' in response.text
        if language != "fr":
            assert f'<a class="ds-link" href="{address}" hreflang="{language}"' in response.text
    own = escape(PAGES[kind].format(lang="fr"))
    assert f'<link rel="canonical" href="http://testserver{own}">' in response.text


@pytest.mark.parametrize("kind", PAGES)
def test_number_of_queries_is_pinned_and_does_not_grow(
    kind,
    register,
    body_a,
    body_b,
    publisher_a,
    visitor,
    django_assert_num_queries,
    django_assert_max_num_queries,
    settings,
):
    address = PAGES[kind].format(lang="de")
    usual, after_changes = QUERIES[kind]
    visitor.get(address)
    settings.RELEASE = "one whose pages no process keeps yet"
    with django_assert_num_queries(usual):
        visitor.get(address)

    for number in range(30):
        factories.create_organisation(f"more-{number}")
        activity = factories.create_full_activity(body_a, body_b, f"text more{number}")
        activity.publish(by=publisher_a)
    change_everything()

    with django_assert_max_num_queries(after_changes):
        visitor.get(address)
    settings.RELEASE = "another"
    with django_assert_num_queries(usual):
        visitor.get(address)
    with django_assert_num_queries(1):
        visitor.get(address)


def test_entry_that_no_process_keeps_yet_takes_one_query(
    register, body_a, publisher_a, visitor, django_assert_num_queries
):
    factories.create_publication(body_a, by=publisher_a)
    # Under this host, no other test asked for the page.
    host = {"Host": "127.0.0.1"}
    visitor.get("/nl/processing/body-a/2/", headers=host)

    with django_assert_num_queries(1):
        visitor.get("/nl/processing/body-a/1/", headers=host)


def change_everything() -> None:
    """A change in each area: nothing that the process kept from earlier pages holds any more."""
    Organisation.objects.update(slug=F("slug"))
    Publication.objects.update(is_current=F("is_current"))
    Theme.objects.update(position=F("position"))


@pytest.mark.parametrize("kind", PAGES)
def test_unchanged_page_answers_304_until_something_is_published(
    kind, register, publisher_a, visitor, django_assert_num_queries
):
    address = PAGES[kind].format(lang="nl")
    tag = visitor.get(address).headers["ETag"]

    with django_assert_num_queries(1):
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304

    register.name_fr = "Autre nom"
    register.save()
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    register.publish(by=publisher_a)
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_page_is_always_made_anew_while_developing(register, visitor, settings):
    tag = visitor.get("/nl/").headers["ETag"]
    settings.DEBUG = True

    response = visitor.get("/nl/", headers={"If-None-Match": tag})

    assert response.status_code == 200


def test_validator_tells_releases_hosts_and_addresses_apart(register, visitor, settings):
    def tag(address: str = "/nl/", **headers) -> str:
        return visitor.get(address, headers=headers).headers["ETag"]

    tags = [tag(), tag("/fr/"), tag("/nl/organisations/body-a/?page=1"), tag(Host="localhost")]
    settings.SITE_URL = "https://register.example"
    tags.append(tag())
    settings.DEMONSTRATION = True
    tags.append(tag())
    settings.RELEASE = "another"

    assert len({*tags, tag()}) == 7


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Match"])
@pytest.mark.parametrize(
    "address", ["/nl/processing/body-a/9/", "/nl/processing/body-a/1/", "/sitemap-none.xml"]
)
def test_page_that_is_not_there_never_answers_unchanged(
    condition, address, register, publisher_a, visitor
):
    register.withdraw(by=publisher_a, reason="")

    response = visitor.get(address, headers={condition: "*"})

    assert response.status_code in (404, 410, 412)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("model", CODE_LISTS.values())
def test_changed_label_makes_every_page_stale(model, register, visitor):
    before = visitor.get("/nl/").headers["ETag"]

    model.objects.update(position=F("position"))

    assert visitor.get("/nl/").headers["ETag"] != before


def test_home_shows_the_newest_first(body_a, publisher_a, visitor):
    for name in ("Oldest", "Middle", "Newest"):
        factories.create_publication(body_a, by=publisher_a, name=name)

    page = visitor.get("/en/").text

    assert page.index(">Newest<") < page.index(">Middle<") < page.index(">Oldest<")


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


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
@pytest.mark.parametrize("kind", PAGES)
def test_public_pages_are_read_only(kind, method, register):
    response = getattr(Client(enforce_csrf_checks=True), method)(PAGES[kind].format(lang="nl"))

    assert response.status_code == 405


def test_head_answers_like_get_without_a_body(register, visitor):
    response = visitor.head("/nl/processing/body-a/1/")

    assert (response.status_code, response.content) == (200, b"")


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
            alert = page.split('class="ds-alert"')[1].split("</p>")[0]
            assert notice in alert
        assert "ds-alert" not in visitor.get("/nl/processing/body-a/1/").text

    @pytest.mark.parametrize(
        "address", ["/fr/", "/fr/processing/", "/fr/organisations/body-a/", "/fr/organisations/"]
    )
    def test_list_with_fallback_says_so_once(self, address, body_a, publisher_a, visitor):
        assert "ds-alert" not in visitor.get(address).text
        factories.create_publication(body_a, by=publisher_a, name="Bezoekers", language="nl")
        Organisation.objects.update(name_fr="")

        assert visitor.get(address).text.count('class="ds-alert"') >= 1

    def test_page_whose_only_fallback_is_a_row_says_so(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a)
        activity.purposes.update(description_en="", description_nl="Alleen hier")
        activity.publish(by=publisher_a)

        assert "ds-alert" in visitor.get("/en/processing/body-a/1/").text

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
            assert "<script" not in visitor.get(page).text


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


class TestExchange:
    def test_entry_is_shown_on_the_page_of_the_body_that_receives(self, register, body_b, visitor):
        page = visitor.get("/nl/organisations/body-b/").text

        assert 'href="/nl/processing/body-a/1/"' in page

    def test_hidden_body_is_not_named_as_a_recipient(self, register, body_b, visitor):
        Organisation.objects.filter(pk=body_b.pk).update(is_public=False)

        page = visitor.get("/en/processing/body-a/1/").text

        assert "Agency body-b" not in page
        assert "A federal body that is not on this site" in page


def test_canonical_address_is_that_of_the_site_where_it_is_set(register, visitor, settings):
    settings.SITE_URL = "https://register.example"

    page = visitor.get("/nl/").text

    assert '<link rel="canonical" href="https://register.example/nl/">' in page
    assert 'hreflang="fr" href="https://register.example/fr/"' in page


@pytest.mark.parametrize(
    ("address", "canonical"),
    [
        ("/nl/processing/?utm_source=%22%3E%3Cscript%3E", "/nl/processing/"),
        ("/nl/organisations/body-a/?x=1&received=1", "/nl/organisations/body-a/?received=1"),
        ("/nl/processing/?q=&theme=&since=&sort=name&page=1", "/nl/processing/"),
        ("/nl/processing/?theme=TAXE&q=text&theme=", "/nl/processing/?q=text&theme=TAXE"),
        ("/nl/processing/?sort=relevance&q=++text+", "/nl/processing/?q=text"),
        ("/nl/exchanges/?from=&to=body-b", "/nl/exchanges/?to=body-b"),
        ("/nl/?page=1", "/nl/"),
        ("/sitemap.xml?page=1", "/sitemap.xml"),
    ],
)
def test_unknown_parameters_lead_to_the_address_without_them(address, canonical, register, visitor):
    response = visitor.get(address)

    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert visitor.get(canonical).status_code == 200


def test_unknown_address_stands_nowhere_on_its_page(visitor):
    page = visitor.get("/nl/a%3Fb%23c%22/").text

    assert 'href="/fr/" hreflang="fr"' in page
    assert "a?b" not in page
    assert "a%3Fb" not in page


def test_stored_address_that_is_no_web_address_is_never_a_link(register, publisher_a, visitor):
    register.purposes.update(law_url="javascript:alert(1)")
    register.transfers.update(url="javascript:alert(2)")
    register.recipients.update(authorisation_url="data:text/html,x")
    register.publish(by=publisher_a)

    page = visitor.get("/nl/processing/body-a/1/").text

    assert "text-purpose-lawtitle-nl" in page
    assert "javascript:" not in page
    assert "data:text/html" not in page


class TestPaging:
    @pytest.fixture
    def thirty(self, body_a, publisher_a) -> None:
        for number in range(30):
            factories.create_publication(body_a, by=publisher_a, name=f"Entry {number:02}")

    def test_pages_hold_every_entry_once(self, thirty, visitor):
        pages = [visitor.get(f"/en/processing/{query}").text for query in ("", "?page=2")]

        for number in range(30):
            assert sum(page.count(f">Entry {number:02}<") for page in pages) == 1

    @pytest.mark.parametrize(
        "number",
        ["0", "-1", "3", "9" * 20, "abc", "1.5", "+1", "01", "0_1", "\u0661"],
    )
    def test_page_that_does_not_exist_is_not_found(self, number, thirty, visitor):
        assert visitor.get(f"/en/processing/?page={number}").status_code == 404

    def test_page_number_stays_when_switching_language(self, thirty, visitor):
        assert 'href="/fr/processing/?page=2"' in visitor.get("/en/processing/?page=2").text


class TestLanguageChoice:
    @pytest.mark.parametrize(
        ("accepted", "language"),
        [
            ("nl-BE,nl;q=0.9,en;q=0.8", "nl"),
            ("fr-BE", "fr"),
            ("de-DE,de;q=0.9", "de"),
            ("es-ES,es;q=0.9,en;q=0.5", "en"),
        ],
    )
    def test_root_goes_on_in_the_language_of_the_browser(self, accepted, language, visitor):
        response = visitor.get("/", headers={"Accept-Language": accepted})

        assert (response.status_code, response.headers["Location"]) == (302, f"/{language}/")
        assert response.headers["Vary"] == "Accept-Language"

    @pytest.mark.parametrize("accepted", ["", "*", "es", "x\x01;q=zzz"])
    def test_root_lets_the_visitor_choose_otherwise(self, accepted, visitor):
        response = visitor.get("/", headers={"Accept-Language": accepted})

        assert response.status_code == 200
        assert "Set-Cookie" not in response.headers
        for language in LANGUAGES:
            assert f'href="/{language}/"' in response.text


class TestSitemap:
    def test_lists_every_public_page_in_every_language(self, register, body_b, visitor):
        index = visitor.get("/sitemap.xml").text
        sections = [part.split("</loc>")[0] for part in index.split("<loc>")[1:]]
        pages = "".join(visitor.get(address).text for address in sections)

        for language in LANGUAGES:
            for path in ("", "organisations/", "organisations/body-b/", "processing/body-a/1/"):
                assert f"<loc>http://testserver/{language}/{path}</loc>" in pages

    def test_robots_txt_names_it_and_keeps_robots_out_of_the_admin(self, visitor):
        text = visitor.get("/robots.txt").text

        assert "Sitemap: http://testserver/sitemap.xml" in text
        assert "Disallow: /admin/" in text


@pytest.mark.parametrize("language", ["nl", "fr", "de"])
def test_no_english_text_stands_on_a_page_in_another_language(language, register, visitor):
    with catalogue_path(language).open("rb") as file:
        messages = {
            message.id: message.string
            for message in read_po(file, locale=language)
            # Short words and texts with gaps may be part of something else.
            if isinstance(message.id, str) and len(message.id) > 12 and "%" not in message.id
        }
    foreign = {english for english, text in messages.items() if english not in text}

    for name, page in PAGES.items():
        text = unescape(visitor.get(page.format(lang=language)).text)
        if name == "glossary":
            # It tells what a term is called elsewhere, and says in which language.
            text = re.sub(r'<span lang="en">.*?</span>', "", text)
        assert [english for english in foreign if english in text] == []
    english_page = unescape(visitor.get(PAGES["entry"].format(lang="en")).text)
    assert sum(english in english_page for english in foreign) > 20


@pytest.mark.parametrize("name", PAGES)
def test_names_of_places_on_a_page_are_unique(name, register, visitor):
    page = visitor.get(PAGES[name].format(lang="nl")).text

    places = re.findall(r'\sid="([^"]+)"', page)

    assert "content" in places
    assert len(places) == len(set(places))
