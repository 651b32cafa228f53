"""The sample files, each with a trap."""

from pathlib import Path

import pytest

from tests.processing.imports.importing import Imported, imported
from tests.processing.imports.keeping import not_where_it_should_be, words_lost

FOLDER = Path(__file__).parent / "samples"
FILES = sorted(path.name for path in FOLDER.iterdir())


def sample(name: str, **kwargs) -> Imported:
    return imported((FOLDER / name).read_bytes(), name, **kwargs)


@pytest.mark.parametrize("name", FILES)
def test_sample_loses_nothing(name):
    found = sample(name)

    assert found.lost == set()
    assert words_lost(found) == {}
    assert not_where_it_should_be(found) == []


@pytest.mark.parametrize(
    ("name", "share"),
    [
        ("de-title-and-trailer.csv", 1.0),
        # A transfer without a mechanism.
        ("en-header-row-9.xlsx", 0.95),
        ("en-sheet-per-part.xlsx", 1.0),
        ("fr-cp1252.csv", 1.0),
        # "Oui" tells neither to which countries nor which special data.
        ("fr-numbered-cells-bom.csv", 0.9),
        ("fr-vertical-fiches.ods", 1.0),
        # Subscribers and representatives are in no code list.
        ("nl-two-header-lines.xlsx", 0.83),
    ],
)
def test_sample_is_understood(name, share):
    found = sample(name)

    assert found.share_understood >= share
    assert found.proposal.questions == []


# Part and title of a column -> the fields that it is meant for.
FIELDS = {
    "Verarbeitungstätigkeit": "name",
    "Kategorien betroffener Personen": "data_subjects",
    "Drittlandübermittlung": "transfers",
    "Zwecke": "purposes.description",
    "Löschfristen": "retention.period",
    "Business function": "owner",
    "Categories of individuals": "data_subjects",
    "Has a personal data breach occurred?": "breach",
    "Purpose of processing": "purposes.description",
    "Article 6 lawful basis for processing personal data": "legal_grounds.ground",
    "Categories of personal data": "data.category",
    "Retention schedule (if possible)": "retention.period",
    "Categories of recipients": "recipients.party has_no_recipients",
    "Name": "name",
    "Description": "summary",
    "Status": "ignore",
    "DPIA required": "dpia",
    "purposes Name": "purposes.description",
    "purposes Legal basis": "legal_grounds.ground",
    "data Category": "data.category",
    "data Name": "data.detail",
    "data Retention": "retention.period",
    "recipients Name": "recipients.party",
    "recipients Category": "recipients.category",
    "Traitement": "name",
    "Commentaire": "remarks",
    "Finalité": "purposes.description",
    "Licéité du traitement": "legal_grounds.ground",
    "Référence": "reference",
    "Nom du traitement": "name",
    "Finalités": "purposes.description",
    "Base légale": "legal_grounds.ground",
    "Durées de conservation": "retention.period",
    "Transferts hors UE": "transfers",
    "Nom": "name",
    "Nom / sigle": "name",
    "N° / REF": "reference",
    "Finalité principale": "purposes.description",
    "Catégories de données": "data.category",
    "Catégories de données – Description": "data.detail",
    "Catégories de données – Délai d’effacement": "retention.period",
    "Verwerking – Naam van de verwerking": "name",
    "Verwerking – Begindatum": "starts_on",
    "Verwerking – Doel": "purposes.description",
    "Persoonsgegevens – Categorie van betrokkenen": "data_subjects",
    "Persoonsgegevens – Bewaartermijn": "retention.period",
    "Doorgifte – Buiten de EER?": "transfers",
}


@pytest.mark.parametrize("name", FILES)
def test_sample_has_nothing_in_a_wrong_field(name):
    """What is not certain is in the internal remarks, or in no field."""
    found = sample(name)

    wrong = [
        (title, account.field, account.text)
        for account in found.understanding.accounts.all
        if account.column and account.field not in ("", "remarks")
        for column in [found.found.columns[account.column]]
        if account.field
        not in FIELDS.get(title := f"{column.part} {column.title}".strip(), "").split()
    ]

    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_sample_tells_its_language(name):
    language = sample(name).proposal.language

    assert (language.code, language.is_sure) == (name[:2], True)


def test_title_above_and_remarks_below_are_no_activities():
    found = sample("de-title-and-trailer.csv")

    assert [content["name_de"] for content in found.contents] == ["Zeiterfassung", "Bibliothek"]
    assert found.account_of("Datenschutzbeauftragte: M. Muster") == ("left_out", "", "below")
    assert found.contents[1]["data_subjects"] == ["01_09", "12"]
    assert found.contents[1]["has_no_transfers"] is True
    assert "has_no_transfers" not in found.contents[0]


def test_headings_under_a_contact_block_are_found():
    found = sample("en-header-row-9.xlsx")

    payroll, recruitment = found.contents
    assert found.understanding.drafts[0].is_named_by_purpose
    assert payroll["name_en"] == "Payroll"
    assert payroll["data"] == [
        {"category": "A1", "detail_en": "Contact details", "key": 1},
        {"category": "B01", "detail_en": "Bank details", "key": 2},
    ]
    assert payroll["retention"] == [
        {"data": [1], "period": 6, "unit": "year", "criterion_en": "after leaving"},
        {"data": [2], "period": 3, "unit": "year", "criterion_en": "after leaving"},
    ]
    assert payroll["owner"] == "Finance"
    assert recruitment["has_no_recipients"] is True
    assert found.account_of("Switzerland") == ("remark", "remarks", "no_mechanism")


def test_breaches_are_not_taken():
    found = sample("en-header-row-9.xlsx")

    assert found.account_of("Yes") == ("not_taken", "breach", "breach")
    assert "breach" not in str(found.contents).casefold()


def test_chosen_mechanism_completes_transfers():
    _payroll, recruitment = sample("en-header-row-9.xlsx", mechanism="01").contents

    assert recruitment["transfers"] == [{"country": "CH", "mechanism": "01"}]


def test_workbook_with_a_sheet_for_each_part_is_one_activity():
    (content,) = sample("en-sheet-per-part.xlsx").contents

    assert content["purposes"] == [
        {"description_en": "Manage loans", "key": 1},
        {"description_en": "Send reminders", "key": 2},
    ]
    assert content["legal_grounds"] == [
        {"ground": "6-e", "purposes": [1]},
        {"ground": "6-f", "purposes": [2]},
    ]
    assert content["data"] == [{"category": "A1", "detail_en": "Name, email", "key": 1}]
    assert content["recipients"] == [{"name_en": "=Printer", "category": "F", "key": 1}]


def test_numbered_lines_are_values():
    first, _second, third = sample("fr-numbered-cells-bom.csv").contents

    assert [row["description_fr"] for row in first["purposes"]] == [
        "Planifier les absences",
        "Payer le pécule",
    ]
    assert [(row["period"], row["unit"]) for row in first["retention"]] == [
        (5, "year"),
        (10, "year"),
    ]
    assert third["purposes"][0]["description_fr"] == 'Contrôle "ponctuel"; par sondage'
    assert third["name_fr"] == "=1+1"


def test_windows_encoding_is_read():
    first, second = sample("fr-cp1252.csv").contents

    assert first["purposes"][0]["description_fr"] == "Sûreté de l’accès"
    assert second["name_fr"] == "Prime « énergie » 100 €"
    assert first["remarks"] == "Commentaire: Œuvre sociale"


def test_forms_and_the_list_of_them_are_the_same_activities():
    found = sample("fr-vertical-fiches.ods")

    assert [content["reference"] for content in found.contents] == ["F1", "F2"]
    assert found.contents[1]["data"] == [
        {"category": "A1", "detail_fr": "État civil\nnom, prénom", "key": 1},
        {"category": "B", "detail_fr": "Informations d’ordre économique\nIBAN", "key": 2},
    ]
    assert [row["period"] for row in found.contents[1]["retention"]] == [2, 2]


def test_two_header_lines_and_an_explanation_are_no_activities():
    found = sample("nl-two-header-lines.xlsx")

    assert [content["name_nl"] for content in found.contents] == [
        "Toegangsbadges",
        "Nieuwsbrief",
        "Klachten",
    ]
    assert found.account_of("dd/mm/jjjj") == ("left_out", "", "explanation")
    assert found.contents[0]["starts_on"] == "2019-05-01"
    assert found.contents[0]["data_subjects"] == ["01_09", "02"]
    assert found.contents[1]["retention"] == [{"criterion_nl": "Tot uitschrijving"}]
