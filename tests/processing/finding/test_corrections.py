"""What was probably meant: which words are taken, which are offered, and how they are written."""

import pytest

from processing.finding.corrections import Meant, as_written, meant_by
from processing.models import SearchWord
from tests import factories
from tests.processing.finding.test_lexicon import write

pytestmark = pytest.mark.django_db


def meant(word: str, language: str = "nl", *others: str) -> Meant | None:
    return meant_by([word], language, {other: other for other in others}).get(word)


class TestMeant:
    def test_word_of_the_register_is_taken_before_another_that_is_as_alike(self):
        write("nl", "vergunning")

        assert meant("vergunnin", "nl", "vergunninx") == Meant("vergunning", 1, is_near=True)
        assert meant("vergunnin", "fr", "vergunninx") == Meant("vergunninx", 1, is_near=True)

    def test_word_with_the_same_first_letter_is_taken_before_another(self):
        assert meant("bakker", "nl", "wakker", "bakken") == Meant("bakken", 1, is_near=True)

    @pytest.mark.parametrize(
        ("typed", "other", "expected"),
        [
            # One error in a short word, two in a long one.
            ("pasport", "paspoort", Meant("paspoort", 1, is_near=True)),
            ("allimentaatie", "alimentatie", Meant("alimentatie", 2, is_near=True)),
            ("passpoorrt", "paspoort", Meant("paspoort", 2, is_near=True)),
            ("pasprt", "paspoort", Meant("paspoort", 2, is_near=False)),
            ("passportts", "paspoort", None),
            # Four letters are too few to be sure.
            ("taxe", "taxi", Meant("taxi", 1, is_near=False)),
            ("taxxxen", "taxaten", None),
            ("vergunning", "paarden", None),
        ],
    )
    def test_word_is_taken_where_it_is_near_and_offered_where_it_is_far(
        self, typed, other, expected
    ):
        assert meant(typed, "nl", other) == expected

    def test_all_words_are_one_query(self, django_assert_num_queries):
        with django_assert_num_queries(1):
            assert meant_by(["vergunning", "paarden"], "nl", {}) == {}
        with django_assert_num_queries(0):
            assert meant_by([], "nl", {"paarden": "paarden"}) == {}


class TestAsWritten:
    def test_word_is_spelled_as_an_entry_spells_it(self, publish):
        publish("Impôt des sociétés", language="fr", summary_fr="Voir l'impôt.")
        publish("Die Prüfung", language="de", summary_de="")

        assert as_written("impot", "fr") == "impôt"
        assert as_written("societes", "fr") == "sociétés"
        assert as_written("prufung", "de") == "Prüfung"
        assert as_written("niemand", "de") == "niemand"

    def test_hidden_entry_spells_nothing(self, publish, publisher_b, administrator):
        hidden = factories.create_organisation("hidden-body", is_public=False)
        factories.create_publication(hidden, by=administrator, name="ÎMPOT", language="fr")
        SearchWord.objects.create(language="fr", word="impot", lexeme="impot", entries=1)

        assert as_written("impot", "fr") == "impot"

        publish("Impôt", language="fr")
        assert as_written("impot", "fr") == "impôt"
