"""The ways in: the choice of language, home, the sitemap."""

import re
from urllib.parse import unquote

import pytest

from processing.models import DataSubjectCategory, Theme
from registry_site.views import GROUPS, THEMES
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


def test_home_shows_the_newest_first(body_a, publisher_a, visitor):
    for name in ("Oldest", "Middle", "Newest"):
        factories.create_publication(body_a, by=publisher_a, name=name)

    page = visitor.get("/en/").text

    assert page.index(">Newest<") < page.index(">Middle<") < page.index(">Oldest<")


def test_home_asks_what_people_want_to_know(register, visitor):
    page = visitor.get("/en/").text

    tiles = page.split('<ul class="tiles">')[1].split("</ul>")[0]
    assert re.findall(r'href="(.*?)".*<span>(.*?)</span>', tiles) == [
        ("/en/organisations/", "Who wrote to me? Choose from 2 bodies"),
        ("/en/exchanges/", "Who receives my data?"),
        ("/en/data/M/", "Who has my health data?"),
        ("/en/processing/?automated=yes", "Where does a computer decide? (1)"),
        ("/en/processing/?transfer=yes", "What leaves the European Economic Area? (1)"),
        ("/en/contact/", "See, correct or erase my data"),
    ]


def test_home_names_groups_and_themes_that_have_entries(register, visitor):
    page = visitor.get("/en/").text

    words = re.findall(r'<ul class="words">(.*?)</ul>', page, re.DOTALL)
    assert [re.findall(r'href="(.*?)"', part) for part in words] == [
        ["/en/guide/12/", "/en/people/"],
        ["/en/processing/?theme=TAXE", "/en/terms/themes/"],
    ]
    assert "all 36 groups" in words[0]
    assert "all 23 themes" in words[1]


@pytest.mark.parametrize("codes", [GROUPS, THEMES])
def test_groups_and_themes_of_home_are_in_the_code_lists(codes):
    model = DataSubjectCategory if codes is GROUPS else Theme

    assert set(model.objects.filter(code__in=codes).values_list("code", flat=True)) == set(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_home_are_searches(language, visitor):
    page = visitor.get(f"/{language}/").text

    examples = page.split('<p class="examples">')[1].split("</p>")[0]
    searches = re.findall(rf'href="/{language}/processing/\?q=(.*?)">(.*?)</a>', examples)
    assert len(searches) == 4
    assert [unquote(query) for query, _word in searches] == [word for _query, word in searches]


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
        assert response.text.count("<h1") == 1
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
