"""What somebody typed, taken apart; test_search.py searches as a visitor does."""

import pytest

from organisations.models import Organisation
from organisations.revision import current_revision
from processing.finding.filters import facet_index_at
from processing.finding.lexicon import everyday_words
from processing.finding.matching import Wording
from processing.finding.search import Search
from processing.models import DataItem, SearchWord, Synonym
from tests import factories

pytestmark = pytest.mark.django_db


def search(text: str, language: str = "nl") -> Search:
    revision = current_revision()
    return Search(text, language, facet_index_at(revision), revision)


def clauses(text: str, language: str = "nl") -> list[tuple[str, ...]]:
    """What each clause asks, with its wordings; with a minus in front where it is left out."""
    return [
        ("-" * clause.is_excluded + clause.asked, *(wording.text for wording in clause.wordings))
        for clause in search(text, language).clauses
    ]


def write(language: str, *words: str, stem: str = "") -> None:
    """Let entries hold these words."""
    SearchWord.objects.bulk_create(
        SearchWord(language=language, word=word, lexeme=stem or word, entries=1) for word in words
    )


class TestClauses:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("alfa bravo", [("alfa", "alfa"), ("bravo", "bravo")]),
            ("alfa -bravo", [("alfa", "alfa"), ("-bravo", "bravo")]),
            ("Alfa?! (bravo)", [("Alfa", "alfa"), ("bravo", "bravo")]),
            ("XalfaX", [("XalfaX", "xalfax")]),
            ('"alfa bravo" "charlie"', [('"alfa bravo"', "alfa bravo"), ('"charlie"', "charlie")]),
            ('-"alfa bravo"', [('-"alfa bravo"', "alfa bravo")]),
            ("alfa-bravo", [("alfa-bravo", "alfa bravo")]),
        ],
    )
    def test_text_is_taken_apart(self, text, expected):
        assert clauses(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("OR alfa OR", [("alfa", "alfa")]),
            (
                "alfa OR bravo charlie OR delta OR echo",
                [
                    ("alfa OR bravo", "alfa", "bravo"),
                    ("charlie OR delta OR echo", "charlie", "delta", "echo"),
                ],
            ),
            ("alfa OR -bravo", [("alfa", "alfa"), ("-bravo", "bravo")]),
            ("-alfa OR bravo", [("-alfa OR bravo", "alfa", "bravo")]),
            ("alfa OR ! bravo", [("alfa", "alfa"), ("bravo", "bravo")]),
        ],
    )
    def test_alternatives_are_one_clause(self, text, expected):
        assert clauses(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("de alfa OR het bravo", [("alfa", "alfa"), ("bravo", "bravo")]),
            ("de het", []),
            ('"de het" alfa', [("alfa", "alfa")]),
            ('"de alfa"', [('"de alfa"', "de alfa")]),
        ],
    )
    def test_words_that_are_too_common_are_not_looked_for(self, text, expected):
        assert clauses(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("waar vind ik alfa", [("alfa", "alfa")]),
            ("waar vind ik", [("waar", "waar"), ("vind", "vind")]),
            ("vind -alfa", [("vind", "vind"), ("-alfa", "alfa")]),
            ("vind alfa -bravo", [("alfa", "alfa"), ("-bravo", "bravo")]),
            ('"vind" alfa', [('"vind"', "vind"), ("alfa", "alfa")]),
            ("vind-alfa bravo", [("vind-alfa", "vind alfa"), ("bravo", "bravo")]),
        ],
    )
    def test_words_that_make_a_question_count_where_nothing_else_is_asked(self, text, expected):
        assert clauses(text) == expected

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            (
                "BE 0308.357.159 567",
                [("0308357159", "0308357159", "0308 357 159", "be0308357159"), ("567", "567")],
            ),
            (
                '"0308 357 159" -0308357159',
                [
                    ('"0308357159"', "0308357159", "0308 357 159", "be0308357159"),
                    ("-0308357159", "0308357159", "0308 357 159", "be0308357159"),
                ],
            ),
            (
                '"een 0308 357 159"',
                [('"een 0308 357 159"', "een 0308 357 159")],
            ),
        ],
    )
    def test_enterprise_numbers_are_looked_for_as_they_are_written(self, text, expected):
        assert clauses(text) == expected

    def test_only_phrases_are_looked_for_as_they_stand(self):
        kinds = {
            clause.asked: [(wording.lexemes, wording.is_phrase) for wording in clause.wordings]
            for clause in search('alfa "de bravo\'s" "charlie" delta-echo 0308357159').clauses
        }

        assert kinds == {
            "alfa": [(("alfa",), False)],
            '"de bravo\'s"': [(("bravo",), True)],
            '"charlie"': [(("charlie",), False)],
            "delta-echo": [(("delta", "echo"), True)],
            "0308357159": [
                (("0308357159",), False),
                (("0308", "357", "159"), True),
                (("be0308357159",), False),
            ],
        }

    def test_twelve_clauses_are_looked_for(self):
        words = "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike"

        assert [asked for asked, *_wordings in clauses(words)] == words.split()[:12]

    def test_longer_words_and_other_forms_are_looked_for_as_well(self):
        write("nl", "alfabet", "rijalfa")

        assert clauses("alfa") == [("alfa", "alfa", "alfabet", "rijalfa")]
        assert clauses("alfa OR bravo") == [
            ("alfa OR bravo", "alfa", "alfabet", "rijalfa", "bravo")
        ]


class TestSynonyms:
    @pytest.fixture(autouse=True)
    def synonyms(self):
        Synonym.objects.all().delete()
        for everyday, means in {
            "alfa": "eerste, de",
            "alfa bravo": "tweede van mij",
            "charlie": "derde",
        }.items():
            Synonym.objects.create(language="nl", everyday=everyday, means=means)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("alfa", [("alfa", "alfa", "eerste")]),
            ("-alfa", [("-alfa", "alfa", "eerste")]),
            ("delta alfa", [("delta", "delta"), ("alfa", "alfa", "eerste")]),
            ("bravo alfa", [("bravo", "bravo"), ("alfa", "alfa", "eerste")]),
            (
                "delta alfa bravo charlie echo",
                [
                    ("delta", "delta"),
                    ("alfa bravo", "alfa bravo", "tweede van mij"),
                    ("charlie", "charlie", "derde"),
                    ("echo", "echo"),
                ],
            ),
            ("-alfa -bravo", [("-alfa bravo", "alfa bravo", "tweede van mij")]),
            ("alfa -bravo", [("alfa", "alfa", "eerste"), ("-bravo", "bravo")]),
            ("-alfa bravo", [("-alfa", "alfa", "eerste"), ("bravo", "bravo")]),
            ("alfa OR delta", [("alfa OR delta", "alfa", "delta", "eerste")]),
            ("delta echo", [("delta", "delta"), ("echo", "echo")]),
        ],
    )
    def test_everyday_words_stand_for_others(self, text, expected):
        assert clauses(text) == expected

    def test_words_that_mean_something_together_are_looked_for_together(self):
        (clause,) = search("alfa bravo").clauses

        assert clause.wordings == [
            Wording("alfa bravo", ("alfa", "bravo")),
            Wording("tweede van mij", ("twed",)),
        ]

    def test_words_are_merged_as_they_were_typed(self):
        write("nl", "alfabet", "bravostuk")

        (clause,) = search("alfa bravo").clauses

        assert clause.wordings[0] == Wording("alfa bravo", ("alfa", "bravo"))
        assert [wording.text for wording in clause.wordings] == ["alfa bravo", "tweede van mij"]

    def test_word_stands_for_itself_without_any(self):
        Synonym.objects.all().delete()

        assert clauses("alfa bravo") == [("alfa", "alfa"), ("bravo", "bravo")]


class TestCorrections:
    def corrected(self, text: str) -> dict[str, str]:
        return {clause.asked: clause.corrected for clause in search(text).clauses}

    def test_word_of_the_register_is_taken_with_what_belongs_to_it(self):
        write("nl", "vergunning", "vergunningen", stem="vergunn")
        write("nl", "vergunninghouder", "jachtvergunning")

        (clause,) = search("-Vergunnimg").clauses

        assert (clause.asked, clause.corrected, clause.is_excluded) == (
            *("Vergunnimg", "vergunning"),
            True,
        )
        assert clause.wordings == [
            Wording("vergunning", ("vergunn",)),
            Wording("jachtvergunning", ("jachtvergunning",)),
            Wording("vergunninghouder", ("vergunninghouder",)),
        ]

    def test_words_that_are_right_or_tell_little_stay(self, body_a):
        Organisation.objects.filter(pk=body_a.pk).update(name_nl="Dienst Waterbouw")
        Synonym.objects.create(language="nl", everyday="frieten 1234", means="uitkering")
        Synonym.objects.create(language="nl", everyday="frietjes", means="uitkering")
        write("nl", "vergunnen", "frietjen", "waterbout", "vloo", "alfabet")

        for word in ("vergunnen", "frietjes", "waterbouw", "vlo", "1235", "alfa", "qqqqqqqqq"):
            assert self.corrected(word) == {word: ""}
        assert self.corrected("1234x") == {"1234x": "1234"}

    def test_word_that_nobody_looks_for_may_have_been_meant(self):
        Synonym.objects.create(language="nl", everyday="zonder werk", means="werkloos")

        (clause,) = search("zondre").clauses

        assert (clause.corrected, clause.wordings) == ("zonder", [Wording("zondre", ("zondr",))])

    @pytest.mark.parametrize("typed", ["VERGUNNIMG", "V.E.R.G.U.N.N.I.M.G.", "wett"])
    def test_word_that_is_short_or_in_capitals_is_offered_and_not_taken(self, typed):
        write("nl", "vergunning", "wets")

        (clause,) = search(typed).clauses

        assert clause.corrected == ""
        assert clause.offered in ("vergunning", "wets")

    def test_word_that_is_far_is_offered_with_the_whole_text(self, publish):
        publish("Vergunning verlenen")

        found = search("jacht vergunnxxxg")

        assert found.corrections == []
        assert [(guess.typed, guess.meant, guess.query) for guess in found.offers] == [
            ("vergunnxxxg", "vergunning", "q=jacht+vergunning")
        ]

    def test_correction_is_told_as_it_is_spelled(self, publish):
        publish("Die Genehmigungsprüfung", language="de")

        (guess,) = search("Genehmigungspruffung", "de").corrections

        assert guess.meant == "Genehmigungsprüfung"

    def test_only_what_finds_something_is_told(self, publish):
        publish("Vergunning")
        write("nl", "belofte")

        found = search("vergunnimg belofffe vergunning")

        assert [clause.corrected for clause in found.clauses] == ["vergunning", "belofte", ""]
        assert [guess.typed for guess in found.corrections] == ["vergunnimg"]


class TestNamed:
    @pytest.fixture(autouse=True)
    def names(self, body_a):
        names = {"name_nl": "Waterdienst Noord", "name_en": "Waterboard North"}
        Organisation.objects.filter(pk=body_a.pk).update(**names)

    @pytest.mark.parametrize(
        ("text", "language", "is_named"),
        [
            ("noord", "nl", True),
            ("water", "nl", True),
            ("dienst", "nl", False),
            ("water noord", "nl", True),
            ("water zuid", "nl", False),
            ("water -zuid", "nl", True),
            ("water OR zuid", "nl", True),
            ("zuid OR water", "nl", False),
            ("zuid OR noord", "nl", True),
            ('"water noord"', "nl", False),
            ('"waterdienst noord"', "nl", True),
            ("-water", "nl", False),
            ("north", "en", True),
            ("water", "en", False),
            ("waterboard", "en", True),
        ],
    )
    def test_bodies_are_named_by_words_and_beginnings_of_compounds(self, text, language, is_named):
        named = search(text, language).named

        assert (("body", "body-a") in named) == is_named

    def test_term_is_named_once(self):
        (clause,) = search("noord OR waterdienst").clauses

        assert [term.option for term in clause.terms if term.filter == "body"] == ["body-a"]

    def test_names_tell_why_an_entry_was_found(self, body_b, publisher_b, publish):
        other = factories.create_publication(body_b, by=publisher_b, language="nl", name="Elders")
        publication = publish("Iets")

        found = search("noord -elders")

        assert list(found.entries) == [publication.pk]
        assert found.names_of(publication.pk) == ["Waterdienst Noord"]
        assert found.names_of(other.pk) == []
        assert search("iets -noord").names_of(publication.pk) == []


class TestEntries:
    def test_entries_with_the_telling_words_stand_in(self, publish):
        rare = publish("alfa")
        for _entry in range(8):
            publish("bravo")

        found = search("alfa bravo")

        assert list(found.entries) == [rare.pk]
        assert found.is_partial
        assert not search("alfa").is_partial

    def test_words_that_tell_as_much_stand_in_side_by_side(self, publish):
        entries = [publish(word).pk for word in ("alfa", "bravo")]

        assert list(search("alfa bravo").entries) == entries
        assert list(search("alfa bravo xylofoon").entries) == entries
        assert list(search("alfa xylofoon").entries) == entries[:1]
        assert not search("xylofoon").is_partial

    def test_entries_with_more_of_the_words_come_first(self, publish, settings):
        # By words alone.
        settings.SEARCH_MEANING = False
        words = ["alfa", "bravo", "charlie", "delta"]
        three = publish("alfa bravo charlie")
        four = publish(" ".join(words))
        one = publish("echo")

        found = search(" ".join([*words, "echo"]))

        assert list(found.entries) == [three.pk, four.pk]
        assert [list(step) for step in found.best_first(found.entries)] == [[four.pk], [three.pk]]
        assert one.pk not in found.entries

    def test_entries_with_a_word_that_is_left_out_never_stand_in(self, publish):
        publish("alfa golf")
        kept = publish("bravo")

        assert list(search("alfa bravo -golf").entries) == [kept.pk]

    def test_more_of_the_entries_meet_what_tells_less(self, publish):
        for number in range(20):
            publish("alfa bravo" if number < 4 else "alfa charlie" if number < 5 else "alfa")

        assert search("alfa bravo charlie").weights == [1, 2, 4]

    def test_word_is_met_by_all_the_words_that_it_is_made_of(self, publish):
        publish("belasting")
        both = publish("aangifte van de belasting")
        compound = publish("aangifteplicht bij personenbelasting")

        found = search("belastingaangifte")

        assert list(found.entries) == [both.pk, compound.pk]
        assert not found.is_partial
        assert list(search("belastingaangifte -plicht").entries) == [both.pk]

    def test_word_of_another_language_is_found_in_texts_of_that(self, publish):
        french = publish("Passeport perdu", language="fr", name_en="Lost papers", summary_en="")

        found = search("passeport", "en")

        assert list(found.entries) == [french.pk]
        assert found.corrections == found.offers == []

    def test_each_clause_is_met_by_texts_or_by_what_an_entry_is_filed_under(self, publish):
        activity = publish("alfa").working_copy
        DataItem.objects.create(activity=activity, category_id="M1")
        by_name = activity.publish(by=factories.create_administrator())
        by_text = publish("gezondheid")

        of_clauses = search("gezondheid alfa -bravo").of_clauses

        assert [list(entries) for entries in of_clauses] == [
            [by_name.pk, by_text.pk],
            [by_name.pk],
            [],
        ]

    def test_titles_that_meet_every_clause_come_first(self, publish):
        both = publish("alfa bravo", summary_nl="charlie")
        publish("alfa", summary_nl="bravo")

        assert list(search("alfa bravo").in_titles()) == [both.pk]
        assert list(search("alfa charlie").in_titles()) == []
        assert list(search("alfa -bravo").in_titles()) == [both.pk, both.pk + 1]
        assert list(search("-alfa").in_titles()) == []


class TestWords:
    def test_words_are_highlighted_in_all_their_forms(self):
        write("nl", "alfa", "alfas", stem="alfa")
        write("nl", "alfabet")

        assert search('alfa "de bravo" -charlie').highlighted_words == {
            *("alfa", "alfas", "alfabet", "bravo"),
        }
        assert search("alfaa").highlighted_words == {"alfa", "alfas", "alfabet"}


class TestQueries:
    @pytest.fixture(autouse=True)
    def register(self, publish):
        publish("Aangifte van de belasting", summary_nl="Een vergunning, een voordracht, een nota.")
        publish("Passeport", language="fr", name_nl="Papieren", summary_nl="")

    @pytest.mark.parametrize(
        ("text", "told", "queries"),
        [
            # What entries hold of the words, and which entries.
            ("nota", 0, 2),
            # May be a compound: which of its parts entries hold.
            ("vergunning", 0, 3),
            # It and its neighbours in their other language.
            ("passeport papieren", 0, 4),
            # Its parts, what may be meant instead, and what entries hold of those.
            ("belastingnota", 0, 5),
            ("vergunnimg", 1, 5),
            ("vergunnimg belastingnota voordrachr", 2, 5),
        ],
    )
    def test_words_that_nothing_knows_cost_a_few_more(
        self, text, told, queries, django_assert_num_queries
    ):
        revision = current_revision()
        facets = facet_index_at(revision)
        everyday_words(revision)
        Search("warm", "nl", facets, revision)

        with django_assert_num_queries(queries):
            found = Search(text, "nl", facets, revision)
            assert found.entries
        # How it is spelled takes two more for each.
        with django_assert_num_queries(2 * told):
            assert len(found.corrections) == told
        with django_assert_num_queries(0):
            assert len(found.corrections) == told
