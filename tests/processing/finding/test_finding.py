"""Searching, narrowing and looking along subjects, as a visitor does."""

import re
from html import unescape
from urllib.parse import urlencode

import pytest

from organisations.models import Organisation
from processing.finding import index as index_module
from processing.finding.index import ORDERS, index_at
from processing.models import DataItem, Publication, Recipient, SearchWord, Synonym
from tests import factories

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


def find(visitor, page_language: str = "nl", /, **parameters) -> str:
    query = urlencode(parameters, doseq=True)
    response = visitor.get(f"/{page_language}/processing/?{query}".rstrip("?"), follow=True)
    assert response.status_code == 200
    return response.text


def found(page: str) -> list[str]:
    """The titles of the entries on a page, without their marks."""
    titles = re.findall(r"<h2 [^>]*data-size=\"2xs\"><a [^>]*>(.*?)</a></h2>", page)
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in titles]


def number_found(page: str) -> int:
    return int(re.search(r'<p class="count" role="status">\D*(\d+)', page)[1])


def options(page: str, name: str) -> dict[str, int]:
    """Value -> number next to it, of the options of a filter."""
    pattern = rf'name="{name}" value="([^"]*)"[^>]*>.*?<span class="number">(\d+)</span>'
    return {value: int(number) for value, number in re.findall(pattern, page)}


@pytest.fixture
def publish(body_a, publisher_a):
    def publish(name: str, *, language: str = "nl", **fields) -> Publication:
        return factories.create_publication(
            body_a, by=publisher_a, name=name, language=language, **fields
        )

    return publish


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
            ("nl", "rijbewijs", ["Register van rijbewijzen", "Bewaking met camera’s"]),
            ("nl", "RIJBEWIJZEN", ["Register van rijbewijzen", "Bewaking met camera’s"]),
            ("nl", "camera rijbewijs", ["Bewaking met camera’s"]),
            ("nl", "rijbewijs -camera", ["Register van rijbewijzen"]),
            ("nl", '"mag een auto"', ["Register van rijbewijzen"]),
            ("nl", '"auto mag een"', []),
            ("nl", "klanten OR auto", ["Persoonsgegevens van klanten", "Register van rijbewijzen"]),
            ("nl", "gegevens", ["Persoonsgegevens van klanten"]),
            ("nl", "rijbewjis", ["Register van rijbewijzen", "Bewaking met camera’s"]),
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
        page = find(visitor, q="camera klanten", theme="TAXE")

        wider = re.findall(r'<li><a class="ds-link" href="([^"]*)">(.*?)</a> \((\d+)\)', page)
        assert len(wider) == 2
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

    def test_entries_with_most_words_stand_in_where_none_has_all(self, visitor):
        page = find(visitor, q="register rijbewijzen xylofoonles")

        assert found(page) == ["Register van rijbewijzen"]
        assert "Geen enkele verwerkingsactiviteit bevat al uw woorden." in page

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

        assert "<script" not in page
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
        assert 'id="offered"' in page
        Organisation.objects.filter(pk=body_a.pk).update(name_nl="Ander huis")
        assert number_found(find(visitor, q="dienst body-a")) == 0
        assert number_found(find(visitor, q="ander huis")) == 6

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_enterprise_number_finds_the_body_and_its_entries(
        self, language, body_a, publisher_b, visitor
    ):
        Organisation.objects.filter(pk=body_a.pk).update(enterprise_number="0308357159")
        factories.create_publication(publisher_b.memberships.get().organisation, by=publisher_b)
        offered = r'<li><a class="ds-link" href="/../organisations/([^/]*)/">'

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
        assert number_found(page) == 2

        response = visitor.get("/nl/processing/?q=" + "a" * 100_000)
        assert response.status_code == 400


class TestFilters:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        full = factories.create_full_activity(body_a, body_b, "rich")
        full.publish(by=publisher_a)
        plain = factories.create_activity(body_a, name="Plain")
        plain.themes.set(["HEAL"])
        plain.publish(by=publisher_a)
        other = factories.create_activity(body_b, name="Zebra")
        DataItem.objects.create(activity=other, category_id="B01")
        other.publish(by=publisher_b)

    @pytest.mark.parametrize(
        ("parameters", "expected"),
        [
            ({"theme": "TAXE"}, {"rich-name-en", "Zebra"}),
            ({"theme": ["TAXE", "HEAL"]}, {"rich-name-en", "Plain", "Zebra"}),
            ({"theme": "TAXE", "body": "body-b"}, {"Zebra"}),
            ({"body": "body-a"}, {"rich-name-en", "Plain"}),
            ({"kind": "agency"}, {"rich-name-en", "Plain", "Zebra"}),
            ({"kind": "fps"}, set()),
            ({"data": "M"}, {"rich-name-en"}),
            ({"data": "M1"}, {"rich-name-en"}),
            ({"data": "A"}, {"Plain", "Zebra"}),
            ({"data": "B"}, {"Zebra"}),
            ({"people": "12"}, {"rich-name-en"}),
            ({"purpose": "A1_01"}, {"rich-name-en"}),
            ({"basis": "e"}, {"Plain", "Zebra"}),
            ({"recipient": "H"}, {"rich-name-en"}),
            ({"to": "body-b"}, {"rich-name-en"}),
            ({"sensitive": "special"}, {"rich-name-en"}),
            ({"sensitive": "criminal"}, set()),
            ({"transfer": "yes"}, {"rich-name-en"}),
            ({"transfer": "no"}, {"Plain", "Zebra"}),
            ({"automated": "yes"}, {"rich-name-en"}),
            ({"language": "fr"}, {"rich-name-en"}),
            ({"since": "2000-01-01"}, {"rich-name-en", "Plain", "Zebra"}),
            ({"since": "2999-01-01"}, set()),
            ({"theme": "TAXE", "q": "zebra"}, {"Zebra"}),
        ],
    )
    def test_filter_narrows_the_list(self, parameters, expected, visitor):
        page = find(visitor, "en", **parameters)

        assert set(found(page)) == expected
        assert number_found(page) == len(expected)

    def test_number_next_to_an_option_leaves_its_own_filter_aside(self, visitor):
        page = find(visitor, "en", theme="HEAL", body="body-a")

        assert options(page, "theme") == {"TAXE": 1, "HEAL": 1}
        assert options(page, "body") == {"body-a": 1}

    def test_each_choice_can_be_taken_away(self, visitor):
        page = find(visitor, "en", q="name", theme=["TAXE", "HEAL"], transfer="yes")

        chips = [unescape(href) for href in re.findall(r'<a class="chip" href="([^"]*)"', page)]

        assert chips == [
            "/en/processing/?theme=HEAL&theme=TAXE&transfer=yes",
            "/en/processing/?q=name&theme=TAXE&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&transfer=yes",
            "/en/processing/?q=name&theme=HEAL&theme=TAXE",
        ]

    @pytest.mark.parametrize(
        "query",
        [
            *("theme=XXXX", "body=nobody", "sort=password", "more=working_copy", "page=x"),
            *("since=soon", "since=2026-13-01", "transfer=maybe"),
        ],
    )
    def test_what_the_list_does_not_have_is_not_found(self, query, visitor):
        response = visitor.get(f"/en/processing/?{query}")

        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"

    def test_address_stays_when_switching_language(self, visitor):
        page = find(visitor, "en", q="rich", theme="TAXE")

        assert 'href="/fr/processing/?q=rich&amp;theme=TAXE"' in page

    @pytest.mark.parametrize(
        ("sort", "expected"),
        [
            ("name", ["Plain", "rich-name-en", "Zebra"]),
            ("body", ["Plain", "rich-name-en", "Zebra"]),
            ("newest", ["Zebra", "Plain", "rich-name-en"]),
        ],
    )
    def test_list_is_in_the_order_that_was_asked_for(self, sort, expected, visitor):
        assert found(find(visitor, "en", sort=sort)) == expected


class TestMoreOptions:
    def test_ten_strongest_options_are_shown_and_the_rest_on_demand(
        self, body_a, publisher_a, visitor
    ):
        codes = ["A1", "A2", "A3", "B01", "B02", "B03", "C1", "D1", "E1", "G1", "H1", "K1", "L1"]
        activity = factories.create_activity(body_a)
        for code in codes[1:]:
            DataItem.objects.create(activity=activity, category_id=code)
        activity.publish(by=publisher_a)

        page = find(visitor)
        assert len(options(page, "data")) == 10
        more = re.search(r'href="([^"]*more=data[^"]*)"', page)[1]
        everything = visitor.get(unescape(more).split("#")[0]).text

        assert set(codes) <= set(options(everything, "data"))


class TestPaging:
    @pytest.fixture(autouse=True)
    def sixty(self, body_a, body_b, publisher_a, publisher_b) -> None:
        for number in range(60):
            body, by = ((body_a, publisher_a), (body_b, publisher_b))[number % 2]
            factories.create_publication(body, by=by, name=f"Entry {number:02} word")

    @pytest.mark.parametrize("parameters", [{}, {"theme": "TAXE"}, {"q": "word"}])
    @pytest.mark.parametrize("sort", ["relevance", "name", "body", "newest"])
    def test_pages_hold_every_entry_once(self, sort, parameters, visitor):
        pages = [find(visitor, "en", sort=sort, page=page, **parameters) for page in (1, 2, 3)]

        titles = [title for page in pages for title in found(page)]
        assert [len(found(page)) for page in pages] == [25, 25, 10]
        assert sorted(titles) == [f"Entry {number:02} word" for number in range(60)]

    def test_links_keep_what_was_asked(self, visitor):
        page = find(visitor, "en", q="word", theme="TAXE", sort="newest")

        assert 'href="/en/processing/?q=word&amp;theme=TAXE&amp;sort=newest&amp;page=3"' in page

    def test_page_past_the_end_is_not_found(self, visitor):
        assert visitor.get("/en/processing/?theme=TAXE&page=4").status_code == 404


class TestIndexFollowsTheRegister:
    def test_changes_bring_it_to_what_a_new_one_would_be(
        self, body_a, body_b, publisher_a, publisher_b, monkeypatch
    ):
        """Names between, before and after the others; new versions; withdrawals."""
        steps = []
        activities = [
            factories.create_activity(body, name=name)
            for body, name in zip([body_a, body_b] * 5, "mdtbzakxce", strict=True)
        ]
        publishers = {body_a: publisher_a, body_b: publisher_b}
        for activity in activities:
            activity.publish(by=publishers[activity.organisation])
            steps.append(state())
        for activity, name in zip(activities[:4], ["0", "zz", "m", "n"], strict=True):
            activity.name_en = name
            activity.save()
            activity.themes.set(["HEAL"])
            activity.publish(by=publishers[activity.organisation])
            steps.append(state())
        activities[5].withdraw(by=publishers[activities[5].organisation], reason="")
        steps.append(state())

        kept = steps[-1]
        index_module._recent.clear()
        assert state() == kept
        assert len(kept["entries"]) == 9
        assert len({str(step) for step in steps}) == len(steps)

    def test_order_with_many_blocks_gives_every_page(self, monkeypatch):
        from processing.finding import sorted_keys

        monkeypatch.setattr(sorted_keys, "BLOCK", 7)
        keys = [(number * 37) % 101 for number in range(101)]
        order = sorted_keys.SortedKeys.of(keys)
        wanted = sorted_keys.BitMap(range(0, 101, 3))
        expected = [key for key in keys if key in wanted]

        for start in range(0, 40, 3):
            assert order.page(wanted, start, start + 5) == expected[start : start + 5]


def state() -> dict:
    """What the index of this process holds now, every order included."""
    from organisations.revision import current_revision

    index = index_at(current_revision())
    return {
        "entries": list(index.entries),
        "groups": {
            group: {option: list(keys) for option, keys in sorted(options.items()) if keys}
            for group, options in index.groups.items()
        },
        "orders": {name: index.sorted_keys(name).page(index.entries, 0, 1000) for name in ORDERS},
    }


class TestSubjects:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a):
        factories.create_full_activity(body_a, body_b, "rich").publish(by=publisher_a)

    def test_list_of_data_counts_broader_categories_with_their_narrower(self, visitor):
        page = visitor.get("/en/data/").text

        assert '<a class="ds-link" href="/en/data/M/">Health data</a> (1)' in page
        assert '<a class="ds-link" href="/en/data/B/">Financial data</a> (0)' in page

    def test_page_of_a_category_tells_who_what_for_and_who_receives(self, visitor):
        page = visitor.get("/en/data/M1/").text

        assert 'href="/en/processing/?data=M1"' in page
        assert "Agency body-a</a> (1)" in page
        assert "Agency body-b</a> (1)" in page
        assert 'href="/en/processing/?data=M1&amp;purpose=A1_01"' in page

    def test_page_of_a_group_of_people_tells_which_data(self, visitor):
        page = visitor.get("/en/people/12/").text

        assert 'href="/en/processing/?people=12&amp;data=M1"' in page

    @pytest.mark.parametrize(
        "path", ["data/XX/", "people/XX/", "guide/XX/", "guide/01/XX/", "data/%00/"]
    )
    def test_unknown_category_is_not_found(self, path, visitor):
        assert visitor.get(f"/en/{path}").status_code in (400, 404)

    def test_guided_way_leads_from_home_to_a_list_in_three_steps(self, visitor):
        first = re.search(r'href="(/en/guide/12/)"', visitor.get("/en/").text)[1]
        second = re.search(r'href="(TAXE/)"', visitor.get(first).text)[1]
        third = visitor.get(first + second).text
        lists = re.findall(r'href="([^"]*)">[^<]*</a> \((\d+)\)', third)

        assert len(lists) >= 4
        for address, number in lists:
            assert number_found(visitor.get(unescape(address)).text) == int(number)


class TestExchanges:
    @pytest.fixture(autouse=True)
    def register(self, body_a, body_b, publisher_a, publisher_b):
        self.third = factories.create_organisation("body-c")
        activity = factories.create_full_activity(body_a, body_b, "rich")
        Recipient.objects.create(activity=activity, organisation=self.third, what_en="Copies")
        activity.publish(by=publisher_a)
        other = factories.create_full_activity(body_b, body_a, "second")
        other.publish(by=publisher_b)

    @pytest.mark.parametrize(
        ("query", "number"),
        [
            ("", 3),
            ("?from=body-a", 2),
            ("?to=body-a", 1),
            ("?from=body-a&to=body-c", 1),
            ("?data=M", 3),
            ("?data=B", 0),
        ],
    )
    def test_table_is_narrowed(self, query, number, visitor):
        page = visitor.get(f"/en/exchanges/{query}").text

        assert number_found(page) == number
        assert page.count("<tr>") == number + (1 if number else 0)

    def test_row_leads_to_the_entry_and_tells_what_is_passed_on(self, visitor):
        page = visitor.get("/en/exchanges/?to=body-c").text

        assert 'href="/en/processing/body-a/1/">rich-name-en</a>' in page
        assert "Copies" in page

    def test_hidden_body_is_in_no_exchange(self, visitor):
        Organisation.objects.filter(pk=self.third.pk).update(is_public=False)

        assert number_found(visitor.get("/en/exchanges/").text) == 2
        assert visitor.get("/en/exchanges/?to=body-c").status_code == 404

    @pytest.mark.parametrize("query", ["from=nobody", "to=nobody", "data=XX", "page=9", "page=x"])
    def test_what_the_table_does_not_have_is_not_found(self, query, visitor):
        assert visitor.get(f"/en/exchanges/?{query}").status_code == 404

    def test_page_of_a_body_tells_what_it_sends_and_receives(self, visitor):
        page = visitor.get("/en/organisations/body-a/").text

        assert 'href="/en/exchanges/?from=body-a&amp;to=body-b">Agency body-b</a> (1)' in page
        assert 'href="/en/processing/body-b/1/"' in page
