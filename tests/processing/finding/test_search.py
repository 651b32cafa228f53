"""Searching by words, as a visitor does."""

import re
from html import unescape

import pytest

from organisations.models import Organisation
from processing.models import DataItem, SearchWord, Synonym
from tests import factories
from tests.processing.finding.pages import find, found, number_found

pytestmark = pytest.mark.django_db

# The same number, as people write it.
ENTERPRISE_NUMBERS = (
    *("0308.357.159", "0308357159", "BE0308357159", "BE 0308.357.159", "be 0308 357 159"),
    *('"0308.357.159"', "(0308.357.159)", "BE-0308.357.159?"),
)
# Parts of it, and others.
NO_ENTERPRISE_NUMBERS = (
    *("0308.357", "0308", "357.159", "03083571", "308357159", "0308.357.158", "BE0308"),
    *("00308357159", "0308357159x", "03083571590"),
)
# Those that hold the words for it, in whatever language.
LICENCES = ("Register van rijbewijzen", "Bewaking met camera’s", "Driving licences")


class TestWords:
    @pytest.fixture(autouse=True)
    def register(self, publish):
        publish("Register van rijbewijzen", summary_nl="Wie mag een auto besturen.")
        publish("Bewaking met camera’s", summary_nl="Beelden van de ingang; geen rijbewijs nodig.")
        publish("Persoonsgegevens van klanten")
        publish("Élections européennes", language="fr", summary_fr="Les électeurs inscrits.")
        publish("Ärzte und Tierärzte", language="de", summary_de="Verzeichnis der Ärzte.")
        publish("Driving licences", language="en", summary_en="Who may drive.")

    @pytest.mark.parametrize(
        ("language", "text", "expected"),
        [
            ("nl", "rijbewijs", LICENCES),
            ("nl", "RIJBEWIJZEN", LICENCES),
            ("nl", "camera rijbewijs", ["Bewaking met camera’s"]),
            ("nl", "rijbewijs -camera", ["Register van rijbewijzen", "Driving licences"]),
            ("nl", '"mag een auto"', ["Register van rijbewijzen"]),
            ("nl", '"auto mag een"', []),
            ("nl", "klanten OR auto", ["Persoonsgegevens van klanten", "Register van rijbewijzen"]),
            ("nl", "gegevens", ["Persoonsgegevens van klanten"]),
            ("nl", "rijbewjis", LICENCES),
            ("fr", "elections", ["Élections européennes"]),
            ("fr", "ÉLECTEUR", ["Élections européennes"]),
            ("fr", "europ", ["Élections européennes"]),
            ("de", "arzte", ["Ärzte und Tierärzte"]),
            ("de", "Tierarzt", ["Ärzte und Tierärzte"]),
            ("en", "licence", ["Driving licences"]),
            # The text that stands in for a missing one is found as well.
            ("de", "Élections", ["Élections européennes"]),
        ],
    )
    def test_search_finds(self, language, text, expected, visitor):
        page = find(visitor, language, q=text)

        assert sorted(found(page)) == sorted(expected)
        assert number_found(page) == len(expected)

    def test_title_weighs_more_than_the_rest(self, visitor):
        assert found(find(visitor, q="rijbewijs"))[0] == "Register van rijbewijzen"

    def test_purpose_weighs_more_than_the_rest(self, body_a, publisher_a, publish, visitor):
        activity = factories.create_activity(body_a, name="Eerste", language="nl")
        activity.purposes.update(description_nl="Paarden tellen")
        activity.publish(by=publisher_a)
        publish("Tweede", summary_nl="Over paarden.")

        assert found(find(visitor, q="paarden")) == ["Eerste", "Tweede"]

    def test_words_are_marked_where_they_stand(self, visitor):
        page = find(visitor, q="rijbewijs")

        assert "Register van <mark>rijbewijzen</mark>" in page
        assert "geen <mark>rijbewijs</mark> nodig" in page

    def test_found_elsewhere_shows_the_place(self, visitor):
        page = find(visitor, "en", q="purpose")

        assert "<mark>Purpose</mark> of Driving licences." in page

    def test_other_word_that_was_taken_is_told(self, visitor):
        page = find(visitor, q="rijbewjis")

        assert "Niets bevat “rijbewjis”" in page
        assert "rijbewijs" in page

    def test_word_far_from_all_others_finds_nothing_and_says_so(self, visitor):
        page = find(visitor, q="xylofoonqqq")

        assert number_found(page) == 0
        assert "Niets gevonden" in page

    def test_no_result_offers_wider_searches_that_find_something(self, visitor):
        page = find(visitor, q="camera klanten", theme="HEAL")

        wider = re.findall(r'<li><a href="([^"]*)">(.*?)</a> \((\d+)\)', page)
        assert len(wider) == 4
        for address, _label, number in wider:
            assert number_found(visitor.get(unescape(address)).text) == int(number)

    @pytest.mark.parametrize("text", ["de het een", "-", '""', "'", "!!!", "OR", "a & b | !c:*"])
    def test_search_of_nothing_but_common_words_and_signs_answers(self, text, visitor):
        assert find(visitor, q=text)

    @pytest.mark.parametrize("text", ["-rijbewijs", "-rijbewijs -paarden", '-"van rijbewijzen"'])
    def test_words_left_out_and_none_asked_for_leaves_the_rest(self, text, visitor):
        page = find(visitor, q=text)

        assert 0 < number_found(page) < number_found(find(visitor))
        assert "Register van rijbewijzen" not in found(page)

    @pytest.mark.parametrize("word", ["rijbewijs", "attest", "ander huis", "rijbewijzen"])
    def test_minus_leaves_out_what_the_word_finds(self, word, visitor):
        words = " ".join(f"-{part}" for part in word.split())

        assert number_found(find(visitor, q=f"{word} {words}")) == 0

    @pytest.mark.parametrize(
        ("language", "question"),
        [
            ("nl", "Wat weet de overheid over mijn rijbewijs?"),
            ("fr", "Que sait-on sur mon rijbewijs ?"),
            ("de", "Was wissen die über mein rijbewijs?"),
            ("en", "What does the government know about my rijbewijs?"),
        ],
    )
    def test_question_in_plain_words_asks_for_its_subject(self, language, question, visitor):
        page = find(visitor, language, q=question)

        assert found(page) == found(find(visitor, language, q="rijbewijs"))

    def test_entries_with_the_telling_words_stand_in_where_none_has_all(self, visitor):
        page = find(visitor, "en", q="register rijbewijzen xylofoonles")

        assert found(page) == ["Register van rijbewijzen"]
        assert "No processing activity has all your words." in page

    def test_word_that_may_be_meant_is_offered(self, visitor):
        page = find(visitor, "en", q="RIJBEWJIZEN")

        assert number_found(page) == 0
        assert 'href="/en/processing/?q=rijbewijzen">Search for “rijbewijzen”</a>' in page

    @pytest.mark.parametrize("text", ["%", '"', "😀", "de het een"])
    def test_search_without_a_word_says_so(self, text, visitor):
        assert "bevat geen woord waarop wij kunnen zoeken" in find(visitor, q=text)

    @pytest.mark.parametrize(("language", "word"), [("fr", "à"), ("fr", "être"), ("de", "für")])
    def test_common_word_with_an_accent_is_not_looked_for(self, language, word, visitor):
        assert f"{word} Ärzte" in find(visitor, language, q=f"{word} Ärzte")
        assert found(find(visitor, language, q=f"{word} Ärzte")) == ["Ärzte und Tierärzte"]
        assert number_found(find(visitor, language, q=word)) == 6

    def test_signs_that_turn_a_line_around_are_left_out(self, visitor):
        response = visitor.get("/nl/processing/", {"q": "rij\u202e\u00adbewijs"})

        assert response.status_code == 302
        assert response.headers["Location"] == "/nl/processing/?q=rijbewijs"

    def test_part_of_another_word_is_not_found_in_it(self, publish, visitor):
        publish("Entscheidungen vorbereiten", language="de")
        publish("Die Wohnungsscheidung", language="de")

        assert found(find(visitor, "de", q="Scheidung")) == ["Die Wohnungsscheidung"]

    def test_subjects_with_the_name_are_offered(self, publish, visitor):
        activity = publish("Iets heel anders").working_copy
        DataItem.objects.create(activity=activity, category_id="M1")
        activity.publish(by=factories.create_administrator("other@people.example"))

        page = find(visitor, "en", q="health data")

        assert 'href="/en/data/M/">' in page

    def test_hostile_text_is_shown_and_searched_as_text(self, publish, visitor):
        publish("<script>alert(1)</script> test")

        page = find(visitor, q='<script>alert("1")')

        assert "<script>" not in page
        assert "&lt;<mark>script</mark>&gt;<mark>alert</mark>" in page

    def test_synonym_of_everyday_life_finds_the_words_of_the_register(self, publish, visitor):
        publish("Werkloosheidsuitkering berekenen")
        publish("Unemployment benefit", language="en")
        assert found(find(visitor, q="frietjes")) == []
        Synonym.objects.create(
            language="nl", everyday="frietjes", means="werkloosheidsuitkering, x"
        )
        Synonym.objects.create(
            language="en", everyday="chips for all", means="unemployment benefit"
        )

        assert found(find(visitor, q="frietjes")) == ["Werkloosheidsuitkering berekenen"]
        assert found(find(visitor, "en", q="chips for all")) == ["Unemployment benefit"]
        assert found(find(visitor, q="frietjes berekenen")) == ["Werkloosheidsuitkering berekenen"]

    def test_several_everyday_words_mean_something_together(self, publish, visitor):
        publish("Permit register", language="en")
        Synonym.objects.create(language="en", everyday="driving card", means="permit")

        assert found(find(visitor, "en", q="driving card")) == ["Permit register"]

    def test_names_of_terms_find_what_is_filed_under_them(self, publish, visitor):
        activity = publish("Iets heel anders").working_copy
        DataItem.objects.create(activity=activity, category_id="M1")
        activity.publish(by=factories.create_administrator("other@people.example"))

        page = find(visitor, q="gezondheid")

        assert found(page) == ["Iets heel anders"]
        assert "Gevonden bij:" in page

    def test_name_of_a_body_finds_its_entries_and_offers_the_body(self, body_a, visitor):
        page = find(visitor, q="dienst body-a")

        assert number_found(page) == 6
        assert 'class="direct no-print"' in page
        Organisation.objects.filter(pk=body_a.pk).update(name_nl="Ander huis")
        assert number_found(find(visitor, q="dienst body-a")) == 0
        assert number_found(find(visitor, q="ander huis")) == 6

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_enterprise_number_finds_the_body_and_its_entries(
        self, language, body_a, publisher_b, visitor
    ):
        Organisation.objects.filter(pk=body_a.pk).update(enterprise_number="0308357159")
        factories.create_publication(publisher_b.memberships.get().organisation, by=publisher_b)
        offered = r'<li><a href="/../organisations/([^/]*)/">'

        for text in ENTERPRISE_NUMBERS:
            page = find(visitor, language, q=text)

            assert (text, number_found(page)) == (text, 6)
            assert re.findall(offered, page) == ["body-a"]

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_part_of_an_enterprise_number_finds_nothing(self, language, body_a, visitor):
        Organisation.objects.filter(pk=body_a.pk).update(enterprise_number="0308357159")

        for text in NO_ENTERPRISE_NUMBERS:
            page = find(visitor, language, q=text)

            assert (text, number_found(page)) == (text, 0)
            assert "body-a/" not in page

    def test_enterprise_number_in_a_text_is_found_however_it_is_written(self, publish, visitor):
        names = []
        for number in ("0314.595.348", "0314595348", "BE0314595348", "BE 0314 595 348"):
            names.append(f"Firma {len(names)}")
            publish(names[-1], summary_nl=f"Door de firma {number}, onder contract.")

        for asked in ("0314.595.348", "0314595348", "BE 0314 595 348"):
            assert sorted(found(find(visitor, q=asked))) == names
            assert found(find(visitor, q=f"contract -{asked}")) == []

    def test_digits_that_are_no_enterprise_number_stay_words_apart(self, publish, visitor):
        publish("Telefoon", summary_nl="Bel 567 of 1234 of 890.")

        assert found(find(visitor, q="1234 567 890")) == ["Telefoon"]

    def test_search_follows_what_is_published(self, publish, publisher_a, visitor):
        activity = publish("Zeldzaam onderwerp").working_copy
        assert number_found(find(visitor, q="zeldzaam")) == 1

        activity.name_nl, activity.summary_nl = "Gewoon onderwerp", ""
        activity.purposes.update(description_nl="")
        activity.save()
        assert number_found(find(visitor, q="zeldzaam")) == 1
        activity.publish(by=publisher_a)
        assert number_found(find(visitor, q="zeldzaam")) == 0
        assert number_found(find(visitor, q="gewoon")) == 1
        activity.withdraw(by=publisher_a, reason="")
        assert number_found(find(visitor, q="gewoon")) == 0
        assert not SearchWord.objects.filter(word="gewoon").exists()

    def test_long_text_is_cut_and_very_long_text_refused(self, visitor):
        page = find(visitor, q="rijbewijs " * 100)
        assert number_found(page) == len(LICENCES)

        response = visitor.get("/nl/processing/?q=" + "a" * 100_000)
        assert response.status_code == 400
