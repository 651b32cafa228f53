"""How a word is written, in what entries hold and in what somebody asks."""

import pytest

from processing.finding.spelling import (
    found_in,
    is_in_capitals,
    joined_words_of,
    plain,
    respelled,
    with_plain_quotes,
    words_of,
)


@pytest.mark.parametrize(
    ("text", "words", "joined"),
    [
        ("Loon/wedde, <b>€ 5</b>", ["loon", "wedde", "b", "5", "b"], []),
        ("Élections ŒUVRES groß", ["elections", "oeuvres", "gross"], []),
        ("e\u0301lections rij\u00adbe\u200bwijs\ufeff", ["elections", "rijbewijs"], []),
        ("B.T.W., T.V.A. e.a. en I.G.O", ["btw", "tva", "ea", "en", "igo"], []),
        ("J. Jansen, p. 5. Einde.Nieuw", ["j", "jansen", "p", "5", "einde", "nieuw"], []),
        ("foto's foto’s 's avonds", ["foto", "foto", "s", "avonds"], []),
        (
            "l'identité d’asile aujourd'hui",
            [*["l", "identite", "d", "asile", "aujourd", "hui"]],
            ["aujourdhui"],
        ),
        ("e-mail X-ray e-ID", ["email", "xray", "eid"], ["mail", "ray", "ID".casefold()]),
        ("auto-école noord‑zuid", ["auto", "ecole", "noord", "zuid"], ["autoecole", "noordzuid"]),
        ("2015-2020, 2016/679, 1.10", [*["2015", "2020", "2016", "679", "1", "10"]], []),
        ("10.000 en 10\u00a0000", ["10", "000", "en", "10", "000"], ["10000", "10000"]),
        ("85.07.30-033.28", ["85", "07", "30", "033", "28"], ["85073003328"]),
        ("", [], []),
    ],
)
def test_words_are_the_same_however_they_are_written(text, words, joined):
    assert words_of(text) == words
    assert joined_words_of(text) == joined


def test_text_is_what_is_seen():
    assert plain("re\u0301\u00adsume\u0301\u202e") == "résumé"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Fuehrerschein", {"fuhrerschein"}),
        ("Führerschein", {"fuehrerschein"}),
        ("Äoe", {"aeoe", "ao"}),
        ("Schein", set()),
    ],
)
def test_umlauts_are_written_with_one_letter_or_with_two(written, expected):
    assert respelled(written) == expected


@pytest.mark.parametrize(
    "text",
    ["“a b”", "„a b“", "„a b”", "»a b«", "«a b»", "«\u202fa b»", "‘a b’", "‚a b‘", "‹ a b ›"],
)
def test_quotation_marks_of_every_language_are_those_of_a_typewriter(text):
    assert with_plain_quotes(text).replace('" ', '"').replace("\u202f", "") == '"a b"'


@pytest.mark.parametrize("text", ["foto’s", "‘s avonds foto’s", "l’homme et l’enfant", "O‘Brien"])
def test_apostrophes_are_no_quotation_marks(text):
    assert with_plain_quotes(text) == text


@pytest.mark.parametrize(
    ("written", "expected"),
    [("BTW", True), ("B.T.W.", True), ("b.t.w", True), ("Btw", False), ("A", False), ("12", False)],
)
def test_acronyms_are_in_capitals_or_have_dots(written, expected):
    assert is_in_capitals(written) == expected


@pytest.mark.parametrize(
    ("text", "words", "marked"),
    [
        ("De B.T.W. betalen", {"btw"}, ["B.T.W"]),
        ("Mijn e-mail lezen", {"email"}, ["e-mail"]),
        ("Mijn e-mail lezen", {"mail"}, ["mail"]),
        ("Foto's van foto’s", {"foto"}, ["Foto", "foto"]),
        ("Une auto-école", {"ecole"}, ["école"]),
        ("Une auto-école", {"autoecole"}, ["auto-école"]),
        ("Rij\u00adbewijs e\u0301lan", {"rijbewijs", "elan"}, ["Rij\u00adbewijs", "e\u0301lan"]),
        ("Einde.Nieuw", {"nieuw"}, ["Nieuw"]),
        ("Alles", {"niets"}, []),
    ],
)
def test_words_are_found_where_they_stand(text, words, marked):
    places = found_in(text, frozenset(words))

    assert [text[start:end] for start, end in places] == marked
