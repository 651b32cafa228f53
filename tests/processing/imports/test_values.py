"""What people write in cells."""

from datetime import date

import pytest

from processing.imports import values
from processing.imports.drafts import grounds, periods
from processing.imports.files.cells import Cell
from processing.imports.tables.languages import language_of
from tests.processing.imports.vocabularies import of_fixtures


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("\xa0Naam \u202f van\xa0de  verwerking ", "Naam van de verwerking"),
        ("R&amp;D &eacute;t&eacute; &#39;x&#39;", "R&D été 'x'"),
        ("AT&T & co", "AT&T & co"),
        ("'=1+1", "=1+1"),
        ("'-5", "-5"),
        ("'t Gasthuis", "'t Gasthuis"),
        ("a_x000D_\r\nb\r\n\r\n\r\n\r\nc", "a\nb\n\nc"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("a<br/>b", "a\nb"),
        ("\x07", ""),
    ],
)
def test_cell_is_cleaned(text, cleaned):
    assert values.cleaned(text) == cleaned


@pytest.mark.parametrize(
    "text",
    [
        *("n.v.t.", "N/A", "n/a", "sans objet", "s.o.", "entfällt", "-", "—", "/", "nvt", "k.A."),
        *("À déterminer", "niet van toepassing", "(n.v.t.)", "Onbekend", "..."),
        "Sélectionnez un élément dans cette liste déroulante ►",
    ],
)
def test_cell_that_says_nothing_is_blank(text):
    assert values.is_blank(text)
    assert not values.is_none(text)


@pytest.mark.parametrize("text", ["néant", "Geen", "keine", "Aucun", "None", "Nihil", "rien"])
def test_cell_that_says_none_is_no_blank(text):
    assert values.is_none(text)
    assert not values.is_blank(text)


@pytest.mark.parametrize("text", ["Paris", "nieuwsbrief", "No Name", "Sofort", "niet nodig", "A"])
def test_words_are_neither(text):
    assert not values.is_blank(text)
    assert not values.is_none(text)
    assert values.yes_or_no(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, True) for text in ("Ja", "oui", "YES", "x", "X", "TRUE", "✓", "Vrai", "ja.")),
        *((text, False) for text in ("Nee", "Neen", "NON", "nein", "no", "FALSE", "Faux")),
    ],
)
def test_yes_and_no_are_understood(text, said):
    assert values.yes_or_no(text) is said


@pytest.mark.parametrize(
    ("text", "is_denied"),
    [
        *((text, True) for text in ("Er vindt geen doorgifte plaats", "findet nicht statt")),
        *(
            (text, True)
            for text in ("Pas de transfert hors UE", "No transfer", "Il n’y a pas de transfert")
        ),
        *((text, False) for text in ("Geen, behalve Noorwegen", "Notre-Dame", "Nokia", "SCC")),
    ],
)
def test_denial_in_a_few_words_is_understood(text, is_denied):
    assert values.denies(text) is is_denied


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell("2019-05-01", "date"), date(2019, 5, 1)),
        (Cell("2019-05-01 10:30:00", "date"), date(2019, 5, 1)),
        (Cell("43586", "number"), date(2019, 5, 1)),
        (Cell("01/05/2019"), date(2019, 5, 1)),
        (Cell("1.5.2019"), date(2019, 5, 1)),
        (Cell("1-5-19"), date(2019, 5, 1)),
        (Cell("05/25/2018"), date(2018, 5, 25)),
        (Cell("1 mei 2019"), date(2019, 5, 1)),
        (Cell("1er août 2020"), date(2020, 8, 1)),
        (Cell("3. März 2020"), date(2020, 3, 3)),
        (Cell("25 May 2018"), date(2018, 5, 25)),
        (Cell("31/02/2020"), None),
        (Cell("2018"), None),
        (Cell("12", "number"), None),
        (Cell("mei 2019"), None),
    ],
)
def test_day_is_read(cell, day):
    assert values.as_date(cell) == day


@pytest.mark.parametrize(
    ("text", "code"),
    [
        *(("Verenigde Staten", "US"), ("USA", "US"), ("États-Unis", "US"), ("U.S.A.", "US")),
        *(
            ("Zwitserland", "CH"),
            ("Suisse", "CH"),
            ("VK", "GB"),
            ("Royaume-Uni", "GB"),
            ("NO", "NO"),
        ),
        *(("no", None), ("is", None), ("Mars", None), ("Europese Unie", None)),
    ],
)
def test_country_is_read(text, code):
    assert values.country_of(text) == code


@pytest.mark.parametrize(
    ("cells", "text", "parts"),
    [
        (["a; b"], "a; b", ["a", "b"]),
        (["a\nb"], "a\nb", ["a", "b"]),
        (["1: a; c\n2: b"], "1: a; c\n2: b", ["a; c", "b"]),
        (["1. a\n2. b"], "1. a\n2. b", ["a", "b"]),
        (["1) a"], "1) a", ["a"]),
        (["- a\n- b"], "- a\n- b", ["a", "b"]),
        (["• a\n• b; c"], "• a\n• b; c", ["a", "b; c"]),
        (["politie / justitie"], "politie / justitie", ["politie", "justitie"]),
        (["en/of"], "en/of", ["en/of"]),
        (["a - b - c", "d - e"], "d - e", ["d", "e"]),
        (["a - b"], "a - b", ["a - b"]),
        (["naam, adres"], "naam, adres", ["naam, adres"]),
        (["1.10"], "1.10", ["1.10"]),
        (["3 jaar"], "3 jaar", ["3 jaar"]),
    ],
)
def test_values_are_split_where_the_column_splits(cells, text, parts):
    assert values.Separators(cells).split(text) == parts


def test_semicolon_within_a_sentence_splits_no_prose():
    text = (
        "Nous contrôlons l'accès aux locaux chaque jour; ensuite nous effaçons toutes les données."
    )

    assert values.Separators([text]).split(text, is_prose=True) == [text]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("10 jaar", (10, "year", "")),
        ("10 ans après la fin du contrat", (10, "year", "après la fin du contrat")),
        ("30 Tage", (30, "day", "")),
        ("6m", (6, "month", "")),
        ("6 Monate", (6, "month", "")),
        ("P1Y", (1, "year", "")),
        ("tien jaar", (10, "year", "")),
        ("zwei Jahre nach Abschluss", (2, "year", "nach Abschluss")),
        ("5 (cinq) ans", (5, "year", "")),
        ("1 semaine", (1, "week", "")),
        ("max. 10 jaar", (10, "year", "max. 10 jaar")),
        ("Dossier: 10 jaar na afsluiting", (10, "year", "Dossier: 10 jaar na afsluiting")),
        ("Tot de uitschrijving", (None, "", "Tot de uitschrijving")),
        ("2 à 5 ans", (None, "", "2 à 5 ans")),
        ("10 jaar (dossier), 5 jaar (logs)", (None, "", "10 jaar (dossier), 5 jaar (logs)")),
        ("72 uur", (None, "", "72 uur")),
        ("0 jaar", (None, "", "0 jaar")),
        ("99999 jaar", (None, "", "99999 jaar")),
        ("1,5 jaar", (None, "", "1,5 jaar")),
        ("10", (None, "", "10")),
        ("artikel 5 d van de wet", (None, "", "artikel 5 d van de wet")),
        ("in 2025 jaarlijks", (None, "", "in 2025 jaarlijks")),
    ],
)
def test_period_is_read(text, period):
    assert periods.read(text) == period


def test_unit_of_a_number_stands_in_the_heading():
    unit = periods.unit_in("Retention period for the processed data, in Days")

    assert periods.read("3650", unit_of_column=unit) == (3650, "day", "")
    assert periods.unit_in("Bewaartermijn") == ""


@pytest.mark.parametrize(
    ("text", "told", "rest"),
    [
        ("Art. 6(1)(c)", ("6-c",), ""),
        ("6.1.c", ("6-c",), ""),
        ("6, 1, e)", ("6-e",), ""),
        ("Article 6, paragraphe 1er, point e) du RGPD", ("6-e",), ""),
        ("Art. 6 Abs. 1 S. 1 lit. e DSGVO", ("6-e",), ""),
        ("Art. 6, lid 1, c) AVG", ("6-c",), ""),
        ("art. 6.1 e", ("6-e",), ""),
        ("wettelijke verplichting", ("6-c",), ""),
        ("Obligation légale", ("6-c",), ""),
        ("privacy_legal_obligation", ("6-c",), ""),
        ("Gesetzliche Verpflichtung", ("6-c",), ""),
        ("c", ("6-c",), ""),
        ("(e) taak van algemeen belang", ("6-e",), ""),
        ("Art. 6.1.b en art. 9.2.h", ("6-b", "9-h"), ""),
        ("Obligation légale : loi du 8 août 1983", ("6-c",), "loi du 8 août 1983"),
        ("Wettelijke verplichting (wet van 3 juli 1978)", ("6-c",), "wet van 3 juli 1978"),
        ("Wet van 3 juli 1978", (), "Wet van 3 juli 1978"),
        ("Wet van 6 januari 1989", (), "Wet van 6 januari 1989"),
        ("Art. 6.1.e: wet van 2 mei", ("6-e",), "wet van 2 mei"),
        ("Art. 6 Abs. 1 lit. c DSGVO i.V.m. ArbZG-Gesetz", ("6-c",), "ArbZG-Gesetz"),
        ("KB van 16.1.2020", (), "KB van 16.1.2020"),
        ("Art. 61 van de wet", (), "Art. 61 van de wet"),
    ],
)
def test_ground_is_read(text, told, rest):
    lists = of_fixtures().lists

    found = grounds.read(text, lists["legal_grounds"], lists["legal_conditions"])

    assert (found.values, found.rest) == (told, rest)


def test_condition_of_special_data_is_read():
    lists = of_fixtures().lists

    def read(text):
        terms = lists["legal_grounds"], lists["legal_conditions"]
        return grounds.read(text, *terms, is_condition=True).values

    assert read("Uitdrukkelijke toestemming") == ("9-a",)
    assert read("Art. 9, lid 2, g)") == ("9-g",)
    assert read("Article 9(2)(b)") == ("9-b",)
    assert read("santé publique") == ("9-i",)


@pytest.mark.parametrize(
    ("name", "text", "code", "is_sure"),
    [
        ("data", "A1", "A1", True),
        ("data", "a1 - Contactgegevens", "A1", True),
        ("data", "Contactgegevens", "A1", True),
        ("data", "Coordonnées", "A1", True),
        ("data", "Gezondheidsgegevns", "M", False),
        ("data", "Gegevens over gezondheid en ziekte", "M", False),
        ("data", "Rijksregisternummer", "P", True),
        ("data", "A new system", None, False),
        ("data", "Logboek van het schip", None, False),
        ("data_subjects", "Mitarbeiter", "02", True),
        ("data_subjects", "asielzoekers", "14", True),
        ("data_subjects", "Personnes âgées", "15", True),
        ("data_subjects", "Abonnees", None, False),
        ("recipients", "Politie", "H", True),
        ("transfer_mechanisms", "Clauses contractuelles types (CCT)", "02", True),
        ("transfer_mechanisms", "Adequacy decision", "01", True),
        ("security_measures", "Versleuteling", "08", True),
        ("themes", "Work", "WORK", True),
    ],
)
def test_term_is_found(name, text, code, is_sure):
    match = of_fixtures().lists[name].find(text)

    assert (match.code if match else None) == code
    assert bool(match and match.certainty >= 0.9 and match.is_whole) == is_sure


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("FOD Financiën", "fps-finance"),
        ("Service public fédéral Finances", "fps-finance"),
        ("0308.357.159", "fps-finance"),
        ("BE 0308357159 (FOD)", "fps-finance"),
        ("FOD Financiën - AAFisc", "fps-finance"),
        ("0308.357.158", None),
        ("Finances", None),
        ("Een bedrijf", None),
    ],
)
def test_body_is_found_by_names_and_number(text, slug):
    assert of_fixtures().bodies.find(text) == slug


@pytest.mark.parametrize(
    ("texts", "code", "is_sure"),
    [
        (["De gegevens van de burgers worden bewaard voor het beheer"], "nl", True),
        (["Les données des citoyens sont conservées pour la gestion"], "fr", True),
        (["Die Daten der Bürger werden für die Verwaltung aufbewahrt"], "de", True),
        (["The data of citizens are kept for the management"], "en", True),
        (["SAP", "12345"], "", False),
        (["de"], "nl", False),
    ],
)
def test_language_is_told_by_small_words(texts, code, is_sure):
    found = language_of(texts)

    assert found[:2] == (code, is_sure)


def test_two_languages_leave_a_question():
    assert not language_of(["le la les une", "de het een van"]).is_sure
