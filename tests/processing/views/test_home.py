"""The ways in: the choice of language, home, the sitemap."""

import pytest

from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


def test_home_shows_the_newest_first(body_a, publisher_a, visitor):
    for name in ("Oldest", "Middle", "Newest"):
        factories.create_publication(body_a, by=publisher_a, name=name)

    page = visitor.get("/en/").text

    assert page.index(">Newest<") < page.index(">Middle<") < page.index(">Oldest<")


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
