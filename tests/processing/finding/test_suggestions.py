"""What the search field suggests, as its address tells it."""

import json
from urllib.parse import quote

import pytest
from django.conf import settings as site
from django.test import Client

from organisations.models import Organisation
from processing.finding import index as index_module
from processing.finding.suggestions import LONGEST_TEXT
from processing.models import Publication, Theme
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


def answer(visitor: Client, typed: str, language: str = "en") -> dict:
    response = visitor.get(f"/{language}/suggestions/?q={quote(typed)}", follow=True)
    assert response.status_code == 200
    return json.loads(response.text)


def names(visitor: Client, typed: str, language: str = "en", *, path: str = "") -> list[str]:
    """What is suggested, of all kinds or only of pages below the path."""
    return [
        suggestion["texts"][0]["text"]
        for group in answer(visitor, typed, language)["groups"]
        for suggestion in group["suggestions"]
        if suggestion["address"].startswith(f"/{language}/{path}")
    ]


def entries(visitor: Client, typed: str, language: str = "en") -> list[str]:
    return names(visitor, typed, language, path="processing/body-a/")


@pytest.fixture
def create(body_a, publisher_a):
    def create(**texts: str) -> Publication:
        """An entry with its name in each language given: nl=…, fr=…"""
        activity = factories.create_activity(
            body_a, name="", **{f"name_{code}": text for code, text in texts.items()}
        )
        return activity.publish(by=publisher_a)

    return create


class TestEntries:
    @pytest.mark.parametrize(
        ("title", "typed"),
        [
            ("Belasting op inkomsten", "be"),
            ("Belasting op inkomsten", "belasti"),
            ("Belasting op inkomsten", "inkom"),
            ("Belasting op inkomsten", "inkomsten bel"),
            ("Belasting op inkomsten", "  BELASTING   OP  "),
            ("Belasting op inkomsten", '"belasting op'),
            ("Contrôle de l’impôt", "controle"),
            ("Contrôle de l’impôt", "contrô"),
            ("Contrôle de l’impôt", "impo"),
            ("Contrôle de l’impôt", "l'impo"),
            ("Führerscheine für Öffentliches", "fuhr"),
            ("Führerscheine für Öffentliches", "Führ"),
            ("Führerscheine für Öffentliches", "fuehr"),
            ("Führerscheine für Öffentliches", "oeff"),
            ("Straße", "strass"),
            ("Strasse", "straß"),
            ("Fuehrer", "führ"),
            ("B.T.W. en e-mail", "btw"),
            ("B.T.W. en e-mail", "b.t"),
            ("B.T.W. en e-mail", "e-ma"),
            ("B.T.W. en e-mail", "ema"),
            ("Auto-école", "autoec"),
            ("Autoécole", "auto-éc"),
            ("Vrij\u00adwilligers", "vrijw"),
            ("Cafe\u0301s", "café"),
            ("Begroting 2024", "2024"),
            ("Plan A 7", "plan a"),
        ],
    )
    def test_are_found_by_the_beginnings_of_their_words(self, title, typed, create, visitor):
        create(nl=title)
        create(nl="Gans iets anders")

        assert entries(visitor, typed, "nl") == [title.strip()]

    @pytest.mark.parametrize("typed", ["elasting", "op belg", "belastingen", "bx"])
    def test_are_not_found_by_other_parts(self, typed, create, visitor):
        create(nl="Belasting op inkomsten")

        assert entries(visitor, typed, "nl") == []

    def test_come_in_the_language_of_the_page_whichever_language_was_typed(self, create, visitor):
        create(nl="Rijbewijzen", fr="Permis de conduire", de="Führerscheine", en="Driving licences")

        for typed in ("rijb", "permis", "fuehrer", "driv"):
            assert entries(visitor, typed, "de") == ["Führerscheine"]
            assert entries(visitor, typed, "fr") == ["Permis de conduire"]

    def test_are_found_by_the_words_that_people_use_behind_those_with_the_title(
        self, body_a, publisher_a, create, visitor
    ):
        words = {"keywords_nl": "verlofgeld; zomervakantie", "keywords_fr": "congé"}
        factories.create_publication(body_a, by=publisher_a, name="A", language="nl", **words)
        create(nl="Zomervakantie")

        asked = [("verlofg", "nl"), ("zomer vak", "nl"), ("zomervak", "nl"), ("cong", "de")]
        assert [entries(visitor, typed, language) for typed, language in asked] == [
            ["A"],
            [],
            ["Zomervakantie", "A"],
            ["A"],
        ]

    def test_are_found_in_other_languages_from_three_letters_on(self, create, visitor):
        create(nl="Rijbewijzen", fr="Permis de conduire")

        assert [entries(visitor, typed, "nl") for typed in ("ri", "pe", "per")] == [
            ["Rijbewijzen"],
            [],
            ["Rijbewijzen"],
        ]

    def test_that_begin_so_come_first_then_those_in_the_language_of_the_page(self, create, visitor):
        create(nl="A wordt elders genoemd", fr="Zones de recettes")
        create(nl="Alle zones van het rijk")
        create(nl="Zones van het rijk")
        create(nl="Zonering")

        assert entries(visitor, "zon", "nl") == [
            "Zonering",
            "Zones van het rijk",
            "Alle zones van het rijk",
            "A wordt elders genoemd",
        ]
        assert entries(visitor, "zones van", "nl")[0] == "Zones van het rijk"

    def test_in_another_language_say_so_and_name_their_body(self, create, visitor):
        create(fr="Permis de conduire")

        (group,) = answer(visitor, "permis", "nl")["groups"]

        assert group == {
            "label": "Verwerkingsactiviteiten",
            "suggestions": [
                {
                    "address": "/nl/processing/body-a/1/",
                    "texts": [
                        {"text": "Permis de conduire", "lang": "fr"},
                        {"text": "Dienst body-a"},
                    ],
                }
            ],
        }

    def test_lead_to_a_page(self, create, visitor):
        create(nl="Rijbewijzen")

        for group in answer(visitor, "rijb", "nl")["groups"]:
            for suggestion in group["suggestions"]:
                assert visitor.get(suggestion["address"]).status_code == 200

    def test_are_five_at_most(self, create, visitor):
        for number in range(4):
            create(nl=f"Zonering {number}")
            create(nl=f"Over zonering {number}")

        assert entries(visitor, "zon", "nl") == [
            *(f"Zonering {number}" for number in range(4)),
            "Over zonering 0",
        ]


class TestFollowing:
    """What stands in memory follows the register."""

    def test_new_names_are_found_and_old_ones_no_more(self, create, publisher_a, visitor):
        entry = create(en="Parking").working_copy
        assert entries(visitor, "park") == ["Parking"]

        entry.name_en = "Gardens"
        entry.save()
        assert entries(visitor, "gard") == []
        entry.publish(by=publisher_a)

        assert entries(visitor, "park") == []
        assert entries(visitor, "gard") == ["Gardens"]
        create(en="Gardens of others")
        assert entries(visitor, "gard") == ["Gardens", "Gardens of others"]
        entry.withdraw(by=publisher_a, reason="")
        assert entries(visitor, "gard") == ["Gardens of others"]

    def test_words_are_those_that_a_new_process_would_read(self, create, visitor):
        create(en="Parking")
        entries(visitor, "park")
        create(en="Gardens of Parkinson")
        kept = entries(visitor, "park")

        index_module._recent.clear()

        assert entries(visitor, "park") == kept == ["Parking", "Gardens of Parkinson"]

    def test_entries_and_names_of_a_hidden_body_are_not_suggested(self, create, body_a, visitor):
        create(en="Zebra crossings")
        assert len(entries(visitor, "zebra")) == 1
        assert len(names(visitor, "agency body-a")) == 1

        Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

        assert entries(visitor, "zebra") == []
        assert names(visitor, "agency body-a") == []

    def test_drafts_are_not_suggested(self, body_a, visitor):
        factories.create_activity(body_a, name="Zebra crossings")

        assert entries(visitor, "zebra") == []


class TestBodies:
    @pytest.fixture(autouse=True)
    def bodies(self):
        factories.create_organisation(
            "finance",
            enterprise_number="0308357159",
            name_nl="Federale Overheidsdienst Financiën",
            name_fr="Service public fédéral Finances",
            name_de="Föderaler Öffentlicher Dienst Finanzen",
            name_en="Federal Public Service Finance",
            short_name_nl="FOD Financiën",
            short_name_fr="SPF Finances",
            short_name_de="FÖD Finanzen",
            short_name_en="FPS Finance",
            former_names="Ministry of Coins",
        )
        for name in ("Fin", "Archives", "Finland watch", "The finances", "Refinery"):
            factories.create_organisation(
                name.lower().replace(" ", "-"),
                **{f"name_{code}": "" for code in LANGUAGES} | {"name_en": name},
            )

    @pytest.mark.parametrize(
        "typed", ["fod fin", "spf fin", "föd", "foed fin", "fps fin", "federal serv", "coins"]
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_are_found_by_every_name_in_every_language(self, typed, language, visitor):
        (found,) = names(visitor, typed, language)

        assert found == Organisation.objects.values_list(f"name_{language}", flat=True).get(
            slug="finance"
        )

    def test_are_not_found_by_their_number(self, visitor):
        assert names(visitor, "0308357159") == []
        assert names(visitor, "0308.357.159") == []

    def test_are_three_at_most_and_first_those_whose_names_begin_so(self, visitor):
        assert names(visitor, "fin") == ["Fin", "Finland watch", "Federal Public Service Finance"]

    def test_lead_to_their_pages(self, visitor):
        (group,) = answer(visitor, "fod fin", "nl")["groups"]

        assert group["label"] == "Federale instellingen"
        assert group["suggestions"] == [
            {
                "address": "/nl/organisations/finance/",
                "texts": [
                    {"text": "Federale Overheidsdienst Financiën"},
                    {"text": "FOD Financiën"},
                ],
            }
        ]


class TestSubjects:
    def test_are_those_with_public_entries(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a, name="Visitors")
        label = Theme.objects.get(pk="TAXE").label_en
        assert names(visitor, label) == []

        activity.publish(by=publisher_a)

        assert names(visitor, label, path="processing/?theme=") == [label]

    def test_have_a_kind_and_lead_to_where_their_entries_are(self, body_a, publisher_a, visitor):
        factories.create_publication(body_a, by=publisher_a)
        found = {}

        for name in ("Taxation", "Citizen", "Identif", "Perf", "Tax"):
            for group in answer(visitor, name)["groups"]:
                for suggestion in group["suggestions"]:
                    if group["label"] == "Subjects":
                        kind = suggestion["texts"][1]["text"]
                        found[kind] = suggestion["address"]

        assert found["Theme"] == "/en/processing/?theme=TAXE"
        for address in found.values():
            assert visitor.get(address).status_code == 200

    def test_are_three_at_most(self, body_a, body_b, publisher_a, visitor):
        for code in ("TAXE", "HEAL", "EDUC", "ENVI"):
            Theme.objects.filter(pk=code).update(label_en=f"Zebras {code}")
        activity = factories.create_activity(body_a)
        activity.themes.set(["TAXE", "HEAL", "EDUC", "ENVI"])
        activity.publish(by=publisher_a)

        assert len(names(visitor, "zebr")) == 3


class TestAnswer:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_is_public_cacheable_and_without_a_cookie(self, language, create, visitor):
        create(nl="Rijbewijzen")

        response = visitor.get(f"/{language}/suggestions/?q=rij")

        assert response.headers["Content-Type"] == "application/json"
        assert response.headers["Content-Language"] == language
        assert response.headers["Cache-Control"] == "public, max-age=60"
        assert response.headers["ETag"]
        assert "Set-Cookie" not in response.headers
        assert "Vary" not in response.headers
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]

    def test_says_how_many_there_are(self, create, visitor):
        assert answer(visitor, "rij")["status"] == "No suggestions"
        create(nl="Rijbewijzen")
        assert answer(visitor, "rij")["status"] == "1 suggestion"
        create(nl="Rijscholen")
        assert answer(visitor, "rij")["status"] == "2 suggestions"

    def test_is_unchanged_until_something_is_published(self, create, visitor):
        create(nl="Rijbewijzen")
        address = "/nl/suggestions/?q=rij"
        tag = visitor.get(address).headers["ETag"]

        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 304
        create(nl="Rijscholen")
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 200

    def test_holds_no_sign_of_html(self, body_a, publisher_a, visitor):
        name = "</script><img src=x onerror=alert(1)> & zebra"
        Organisation.objects.filter(pk=body_a.pk).update(name_en=f"{name} body")
        factories.create_publication(body_a, by=publisher_a, name=name)

        text = visitor.get("/en/suggestions/?q=zebra").text

        assert {*"<>&"}.isdisjoint(text)
        assert names(visitor, "zebra") == [f"{name} body", name]

    def test_takes_few_queries(self, create, visitor, assert_sql, settings):
        for number in range(4):
            create(nl=f"Rijbewijzen {number}", fr=f"Permis {number}")
        names(visitor, "rij", "nl")
        settings.RELEASE = "one whose answers no process keeps yet"

        with assert_sql("suggestions with entries"):
            names(visitor, "rij", "nl")
        with assert_sql("suggestions in another language"):
            names(visitor, "permis", "nl")
        with assert_sql("suggestions without entries"):
            names(visitor, "zzz", "nl")
        with assert_sql("suggestions for too little"):
            names(visitor, "r", "nl")
        with assert_sql("suggestions that the process keeps"):
            names(visitor, "rij", "nl")
        create(nl="Rijscholen")
        with assert_sql("the first suggestions after a publication"):
            names(visitor, "rij", "nl")

    @pytest.mark.parametrize(
        ("asked", "location"),
        [
            ("?q=RIJ", "/nl/suggestions/?q=rij"),
            ("?q=+rij++be+", "/nl/suggestions/?q=rij+be"),
            ("?q=", "/nl/suggestions/"),
            ("?q=a&q=b", "/nl/suggestions/?q=b"),
            ("?q=rij&page=2", "/nl/suggestions/?q=rij"),
            (f"?q={'a' * 300}", f"/nl/suggestions/?q={'a' * LONGEST_TEXT}"),
        ],
    )
    def test_has_one_address_for_all_that_reads_the_same(self, asked, location, visitor):
        response = visitor.get(f"/nl/suggestions/{asked}")

        assert (response.status_code, response.headers["Location"]) == (302, location)
        assert visitor.get(location).status_code == 200

    @pytest.mark.parametrize(
        "typed",
        [
            *("", "r", "é", "'", '"', "-", "--", "***", "%", "_", "\\", "a b c", "' OR 1=1", "OR"),
            *("<script>", "x" * 100, "a-" * 50, "\u200b\u200b", "\u0301\u0301", "😀😀", "J\u030cx"),
            *("a'b'c", "1.2.3.4", "(|&!)", "zq:*", "\U0010ffff", "\u2028x", "İstanbul", "ΑΣΣ ΑΣ"),
            "rij be ni mi lo po ka ta wa",
        ],
    )
    def test_to_junk_is_short_and_quick(self, typed, create, visitor):
        create(nl="Rijbewijzen")

        assert answer(visitor, typed, "nl")["groups"] == []

    def test_to_post_is_refused(self):
        assert Client(enforce_csrf_checks=True).post("/nl/suggestions/").status_code == 405


def test_robots_stay_out_of_suggestions(visitor):
    assert "Disallow: /*/suggestions/" in visitor.get("/robots.txt").text


def test_script_is_small_and_on_the_pages_with_a_search_field(visitor):
    script = site.BASE_DIR / "static" / "js" / "suggestions.js"

    assert script.stat().st_size <= 10 * 1024
    for path in ("/nl/", "/nl/processing/"):
        page = visitor.get(path).text
        assert page.count("<script") == 1
        assert 'data-suggestions="/nl/suggestions/"' in page
    assert "<script" not in visitor.get("/nl/organisations/").text
