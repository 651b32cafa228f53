"""What others show of a link to the site: title, description and a picture."""

import io
import re
from html import unescape

import pytest
from PIL import Image

from organisations.models import Organisation
from registry_site.sharing.drawing import share_picture
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

ENTRY = "/{lang}/processing/body-a/1/"
PICTURES = {
    ENTRY: "/{lang}/processing/body-a/1/share.png",
    "/{lang}/organisations/body-a/": "/{lang}/organisations/body-a/share.png",
    "/{lang}/": "/{lang}/share.png",
    "/{lang}/gdpr/erasure/": "/{lang}/share.png",
    "/{lang}/processing/body-a/1/history/": "/{lang}/share.png",
}


@pytest.fixture
def entry(body_a, publisher_a):
    activity = factories.create_activity(
        body_a, name="Parking “A & B”", name_nl="Parkeren", summary_nl="Wij parkeren."
    )
    activity.publish(by=publisher_a)
    return activity


def tags(page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    pattern = r'<meta (?:property|name)="((?:og|twitter):[\w:]+)" content="([^"]*)">'
    for name, content in re.findall(pattern, page):
        found.setdefault(name, []).append(unescape(content))
    return found


def words(picture: bytes) -> list[str]:
    return Image.open(io.BytesIO(picture)).text["Description"].split("\n")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PICTURES)
def test_page_tells_what_stands_beside_a_link_to_it(address, language, entry, visitor, settings):
    settings.SITE_URL = "https://register.example"

    page = visitor.get(address.format(lang=language)).text

    told = tags(page)
    title = unescape(re.search(r"<title>(.+) – .+</title>", page)[1])
    assert told["og:title"] == told["og:image:alt"] == [title]
    assert len(told["og:description"][0]) > 10
    assert told["og:url"] == [f"https://register.example{address.format(lang=language)}"]
    picture = PICTURES[address].format(lang=language)
    assert told["og:image"] == [f"https://register.example{picture}"]
    locales = {"nl": "nl_BE", "fr": "fr_BE", "de": "de_BE", "en": "en_GB"}
    assert told["og:locale"] == [locales.pop(language)]
    assert told["og:locale:alternate"] == list(locales.values())
    assert told["twitter:card"] == ["summary_large_image"]


def test_description_of_a_page_is_told_as_it_is(entry, visitor):
    page = visitor.get("/nl/processing/body-a/1/").text

    assert tags(page)["og:title"] == ["Parkeren – Dienst body-a"]
    assert tags(page)["og:description"] == ["Wij parkeren."]
    assert tags(visitor.get("/en/processing/body-a/1/").text)["og:title"][0].startswith(
        "Parking “A & B”"
    )


@pytest.mark.parametrize(
    ("summary", "described"),
    [
        ("a" * 300, "a" * 300),
        ("a" * 301, "a" * 299 + "…"),
        # As one sign, of which 300 are none too many.
        ("e\u0301" * 300, "é" * 300),
        ("“A” & <B>", "“A” & <B>"),
    ],
)
def test_long_text_describes_a_page_by_its_beginning(
    summary, described, body_a, publisher_a, visitor
):
    factories.create_activity(body_a, summary_en=summary).publish(by=publisher_a)

    page = visitor.get("/en/processing/body-a/1/").text

    assert tags(page)["og:description"] == [described]
    (written,) = re.findall('<meta name="description" content="([^"]*)">', page)
    assert unescape(written) == described


@pytest.mark.parametrize("address", ["/nl/none/", "/nl/processing/body-a/9/", "/nl/?x=%00"])
def test_page_of_an_error_offers_nothing_to_share(address, body_a, visitor):
    assert tags(visitor.get(address).text) == {}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", list(PICTURES)[:3])
def test_picture_has_the_right_size_and_is_cached_like_a_page(address, language, entry, visitor):
    response = visitor.get(PICTURES[address].format(lang=language))

    picture = Image.open(io.BytesIO(response.content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=60"
    assert response.headers["ETag"]
    assert "Set-Cookie" not in response.headers
    assert len(response.content) < 60_000


def test_picture_shows_names_in_the_language_of_the_page(entry, visitor):
    dutch = words(visitor.get("/nl/processing/body-a/1/share.png").content)
    body = words(visitor.get("/de/organisations/body-a/share.png").content)

    assert dutch[1:3] == ["Parkeren", "Dienst body-a"]
    assert "Dienststelle body-a" in body


@pytest.mark.parametrize("is_demonstration", [True, False])
def test_picture_of_a_demonstration_says_so(is_demonstration, entry, visitor, settings):
    settings.DEMONSTRATION = is_demonstration

    shown = words(visitor.get("/en/processing/body-a/1/share.png").content)

    assert any("Demonstration" in line for line in shown) is is_demonstration


def test_unchanged_picture_answers_304_until_something_is_published(
    entry, publisher_a, visitor, django_assert_num_queries
):
    address = "/nl/processing/body-a/1/share.png"
    tag = visitor.get(address).headers["ETag"]

    with django_assert_num_queries(1):
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    entry.name_nl = "Fietsen"
    entry.save()
    assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
    entry.publish(by=publisher_a)

    assert words(visitor.get(address, headers={"If-None-Match": tag}).content)[1] == "Fietsen"


def test_picture_of_an_entry_takes_two_queries(entry, visitor, django_assert_num_queries):
    # Under this host, no other test asked for it.
    host = {"Host": "127.0.0.1"}
    visitor.get("/nl/organisations/body-a/share.png", headers=host)

    with django_assert_num_queries(2):
        visitor.get("/nl/processing/body-a/1/share.png", headers=host)


def test_picture_of_what_is_not_public_is_answered_as_its_page(entry, body_a, publisher_a, visitor):
    factories.create_activity(body_a, name="Draft")
    entry.withdraw(by=publisher_a, reason="")
    Organisation.objects.create(slug="secret", kind="agency", name_en="Secret", is_public=False)

    withdrawn = visitor.get("/nl/processing/body-a/1/share.png")
    never = [
        visitor.get(f"/nl/{path}/share.png").status_code
        for path in ("processing/body-a/2", "processing/body-a/9", "organisations/secret")
    ]

    assert (withdrawn.status_code, never) == (410, [404, 404, 404])
    assert withdrawn.headers["Cache-Control"] == "no-store"
    assert "Parkeren" not in withdrawn.text


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "W" * 100_000, "i" * 5_000, "word " * 5_000, "a\n\tb", "中文" * 200),
        *("e\N{COMBINING ACUTE ACCENT}" * 999, "\N{ZERO WIDTH SPACE}" * 400),
        "\N{RIGHT-TO-LEFT OVERRIDE}abc",
    ],
)
def test_any_text_becomes_a_picture_with_few_lines(text):
    drawn = share_picture(text, below=text, site="The register", warning="")

    assert len(words(drawn)) <= 8
    assert len(drawn) < 60_000


def test_long_name_is_cut_with_a_mark():
    lines = words(share_picture("Verwerking " * 60, below="", site="Register", warning=""))

    assert lines[4].endswith("…")
    assert len(lines) == 6
