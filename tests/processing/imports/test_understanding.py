"""What the cells of one activity become."""

import pytest

from tests.processing.imports.importing import table, understood


def one(**columns: str) -> dict:
    """The content of an activity, by headings."""
    headings = {"Naam": "Loon"} | {name.replace("_", " "): text for name, text in columns.items()}
    (content,) = understood(table(list(headings), list(headings.values()))).contents
    return content


def account(heading: str, text: str, **kwargs) -> tuple[str, str, str]:
    found = understood(table(["Naam", "Doel", heading], ["Loon", "Betalen", text]), **kwargs)
    return found.account_of(text)


def test_recipients_are_bodies_categories_and_names():
    content = one(Ontvangers="FOD Financiën; Banken; Voorbeeld NV")

    assert content["recipients"] == [
        {"organisation": "fps-finance", "key": 1},
        {"category": "J", "name_nl": "Banken", "key": 2},
        {"name_nl": "Voorbeeld NV", "key": 3},
    ]


def test_body_is_no_recipient_of_its_own_data():
    found = account("Ontvangers", "FOD Justitie", own_body="fps-justice")

    assert found == ("remark", "remarks", "own_body")


def test_name_of_the_body_itself_is_understood():
    assert account("Verwerkingsverantwoordelijke", "FOD Justitie", own_body="fps-justice") == (
        "understood",
        "organisation",
        "",
    )
    assert account("Verwerkingsverantwoordelijke", "FOD Financiën", own_body="fps-justice") == (
        "remark",
        "remarks",
        "other_body",
    )


def test_none_is_a_declaration_and_blank_is_not():
    assert one(Ontvangers="Geen", Doorgifte="Neen") == {
        "name_nl": "Loon",
        "has_no_recipients": True,
        "has_no_transfers": True,
    }
    assert one(Ontvangers="n.v.t.", Doorgifte="-") == {"name_nl": "Loon"}


def test_commas_split_only_between_known_values():
    content = one(Betrokkenen="Personeel, bezoekers", Ontvangers="Jansen, Peeters en Zonen")

    assert content["data_subjects"] == ["01_09", "02"]
    assert [row["name_nl"] for row in content["recipients"]] == ["Jansen, Peeters en Zonen"]


def test_label_with_a_comma_is_one_value():
    content = one(Betrokkenen="Familie, voogden en partners van de betrokkene")

    assert content["data_subjects"] == ["10"]


def test_data_of_one_category_are_one_row():
    content = one(Persoonsgegevens="naam, adres, telefoonnummer, IBAN")

    assert content["data"] == [
        {"category": "A1", "detail_nl": "naam, adres, telefoonnummer", "key": 1},
        {"category": "B01", "detail_nl": "IBAN", "key": 2},
    ]


def test_unknown_data_are_kept_under_another_category():
    content = one(Persoonsgegevens="Logboek van het schip")

    assert content["data"] == [{"category": "Z", "detail_nl": "Logboek van het schip", "key": 1}]
    assert account("Persoonsgegevens", "Logboek van het schip") == (
        "kept",
        "data.detail",
        "unknown_term",
    )


def test_guessed_term_is_told_and_kept_whole():
    text = "Statutaire personeelsleden"

    assert account("Betrokkenen", text) == ("remark", "remarks", "guessed_term")
    assert one(Betrokkenen=text) == {
        "name_nl": "Loon",
        "data_subjects": ["02"],
        "remarks": f"Betrokkenen: {text}",
    }


def test_transfer_has_country_mechanism_and_safeguards():
    content = one(Landen="Verenigde Staten; Zwitserland", Mechanisme="Adequaatheidsbesluit")

    assert content["transfers"] == [
        {"country": "US", "mechanism": "01"},
        {"country": "CH", "mechanism": "01"},
    ]


def test_mechanism_within_safeguards_is_found():
    content = one(Land="India", Waarborgen="Standaardcontractbepalingen")

    assert content["transfers"] == [
        {"country": "IN", "mechanism": "02", "safeguards_nl": "Standaardcontractbepalingen"}
    ]


def test_transfer_within_the_eea_is_none():
    assert account("Land", "Frankrijk") == ("remark", "remarks", "in_the_eea")


def test_yes_and_a_country_agree():
    found = understood(
        table(
            ["Naam", "Doel", "Doorgifte buiten de EER", "Land", "Mechanisme"],
            ["a", "b", "Ja", "India", "SCC"],
            ["c", "d", "Nee", "", ""],
            ["e", "f", "Nee", "Japan", "Adequaatheidsbesluit"],
        )
    )

    assert "has_no_transfers" not in found.contents[0]
    assert found.contents[1]["has_no_transfers"] is True
    assert "has_no_transfers" not in found.contents[2]
    assert "contradiction" in {a.reason for a in found.understanding.accounts.all if a.draft == 2}


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("Ja", {"dpia": "done"}),
        ("Nee", {"dpia": "not_done"}),
        ("Uitgevoerd op 12/05/2020", {"dpia": "done", "dpia_done_on": "2020-05-12"}),
        ("Niet uitgevoerd", {"dpia": "not_done"}),
        ("Lopend", {"dpia": "under_way"}),
        ("Niet nodig", {"dpia": "not_needed"}),
        ("Nog niet", {"dpia": "not_done"}),
    ],
)
def test_state_of_the_impact_assessment_is_read(text, content):
    assert one(DPIA=text) == {"name_nl": "Loon", **content}


def test_impact_assessment_that_is_not_needed():
    assert one(DPIA_vereist="Nee")["dpia"] == "not_needed"
    assert one(DPIA_vereist="Nee", DPIA="Ja")["dpia"] == "done"
    assert "dpia" not in one(DPIA_vereist="Ja")


def test_legitimate_interest_needs_its_basis():
    assert account("Gerechtvaardigd belang", "Veiligheid van het gebouw") == (
        "remark",
        "remarks",
        "needs_legitimate_interests",
    )
    content = one(Rechtsgrond="6.1.f", Gerechtvaardigd_belang="Veiligheid van het gebouw")
    assert content["legal_grounds"] == [
        {"ground": "6-f", "legitimate_interest_nl": "Veiligheid van het gebouw"}
    ]


def test_law_stands_with_its_ground():
    content = one(Rechtsgrond="Wettelijke verplichting", Wetgeving="Wet van 3 juli 1978")

    assert content["legal_grounds"] == [{"ground": "6-c", "law_title_nl": "Wet van 3 juli 1978"}]


def test_further_laws_are_further_rows():
    content = one(Rechtsgrond="6.1.c", Wetgeving="Wet van 1978\nWet van 2007")

    assert content["legal_grounds"] == [
        {"ground": "6-c", "law_title_nl": "Wet van 1978"},
        {"ground": "6-c", "law_title_nl": "Wet van 2007"},
    ]


def test_hint_about_special_data_is_no_declaration():
    assert "has_no_special_data" not in one(Gevoelige_gegevens="Nee")
    assert account("Gevoelige gegevens", "Ja") == ("remark", "remarks", "which_special_data")


def test_end_before_the_start_is_kept_in_the_remarks():
    content = one(Begindatum="01/05/2020", Einddatum="01/05/2019")

    assert content["starts_on"] == "2020-05-01"
    assert "ends_on" not in content
    assert content["remarks"] == "Einddatum: 01/05/2019"


def test_long_text_is_cut_and_whole_in_the_remarks():
    text = "lang " * 150

    content = one(Doel="Betalen", Ontvangers=text)

    assert len(content["recipients"][0]["name_nl"]) <= 600
    assert text.strip() in content["remarks"]


def test_text_that_fits_nowhere_is_listed():
    text = "lang " * 5_000

    assert account("Opmerkingen", text.strip()) == ("left_out", "remarks", "too_long_for_all")


def test_reference_stays_text():
    assert one(Nr="1.10")["reference"] == "1.10"


def test_measures_in_words_are_for_the_body_alone():
    content = one(Categorieën_van_beveiligingsmaatregelen="Versleuteling; Kluis in lokaal 3")

    assert content["security_measures"] == ["08"]
    assert content["detailed_measures"] == "Kluis in lokaal 3"
    assert "security_nl" not in content


def test_processor_is_told_from_controller():
    assert one(Rol="Verwerker")["acts_as"] == "processor"
    assert one(Rol="Verwerkingsverantwoordelijke")["acts_as"] == "controller"
    assert one(Rol="Sous-traitant")["acts_as"] == "processor"
    assert "acts_as" not in one(Rol="Verwerkingsverantwoordelijke en verwerker")


def test_sources_are_told_beside_the_text():
    content = one(Bron="De betrokkene en het Rijksregister")

    assert content["sources"] == ["authentic_source", "person"]
    assert content["source_detail_nl"] == "De betrokkene en het Rijksregister"


def test_review_date_is_no_content():
    found = understood(
        table(["Naam", "Doel", "Volgende herziening"], ["Loon", "Betalen", "01/05/2027"])
    )

    assert found.understanding.drafts[0].review_due_on == "2027-05-01"
    assert "review_due_on" not in found.contents[0]
