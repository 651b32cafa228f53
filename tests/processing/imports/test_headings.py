"""What the headings of columns mean."""

import pytest

from processing.imports.tables.headings import meant_by, vocabulary


@pytest.mark.parametrize(
    ("heading", "field", "language"),
    [
        ("Naam", "name", ""),
        ("  NAAM\xa0VAN DE VERWERKING * ", "name", ""),
        ("1. Purpose(s)", "purposes.description", ""),
        ("Rechtsgrond (art. 6 AVG)", "legal_grounds.ground", ""),
        ("Bewaartermjin", "retention.period", ""),
        ("Durée de conservation (années)", "retention.period", ""),
        ("Naam (NL)", "name", "nl"),
        ("Naam (nl)", "name", "nl"),
        ("Doel(en)", "purposes.description", ""),
        ("Finalité en", "purposes.description", ""),
        ("name_fr", "name", "fr"),
        ("Zweck - DE", "purposes.description", "de"),
        ("Dénomination du traitement en français", "name", "fr"),
        ("Naam van de verwerker", "processors.party", ""),
        ("Sous-finalité 3", "purposes.description", ""),
        ("Datalek ooit?", "breach", ""),
        ("Aantal inbreuken in 2024", "breach", ""),
        ("Violation de données ?", "breach", ""),
    ],
)
def test_heading_means_a_field(heading, field, language):
    target = vocabulary().meant(heading)

    assert (target.field, target.language) == (field, language)


@pytest.mark.parametrize("heading", ["Kleur", "Budget 2024", "", "x" * 300, "Intern nummer kast"])
def test_unknown_heading_means_nothing(heading):
    assert meant_by(vocabulary(), heading, "", "") is None


def test_group_alone_is_a_guess_and_nothing_internal():
    def meant(heading):
        return meant_by(vocabulary(), heading, "Categorieën van persoonsgegevens", "")

    assert meant("Zeekaarten").field == "data.category"
    assert not meant("Zeekaarten").is_sure
    internal = [meant(text) for text in ("Verantwoordelijke (intern)", "Kast, vertrouwelijk")]
    assert {target.field for target in internal if target} <= {"owner", "remarks"}


def test_likeness_is_a_guess():
    assert vocabulary().meant("Bewaartermijn").is_sure
    assert not vocabulary().meant("Bewaartermjin").is_sure


def test_heading_that_says_internal_never_means_a_public_field():
    assert vocabulary().meant("Beschrijving (intern)").field == "remarks"
    assert vocabulary().meant("Korte beschrijving (vertrouwelijk)").field == "remarks"
    assert vocabulary().meant("Samenvatting - vertrouwelijk") is None


@pytest.mark.parametrize(
    ("heading", "group", "part", "field"),
    [
        ("Naam", "Ontvangers", "", "recipients.party"),
        ("Land", "Doorgifte", "", "transfers.country"),
        ("Name", "", "purposes", "purposes.description"),
        ("Catégorie", "", "data", "data.category"),
        ("Oui/non", "Données sensibles ?", "", "special_data"),
        ("Bewaartermijn", "Persoonsgegevens", "", "retention.period"),
    ],
)
def test_place_of_a_heading_tells_its_meaning(heading, group, part, field):
    assert meant_by(vocabulary(), heading, group, part).field == field
