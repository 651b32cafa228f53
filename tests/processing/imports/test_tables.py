"""Where the tables are, what their columns mean, and which rows are one activity."""

from processing.imports.fields import Target
from processing.imports.files.cells import Cell, Merged, Sheet, Workbook
from processing.imports.tables import mapping
from processing.imports.tables.finding import find_tables
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.layout import letters_of
from tests.processing.imports.importing import table, understood


def sheet(name: str, *rows: list[str], merged: tuple[Merged, ...] = ()) -> Sheet:
    (found,) = table(*rows).sheets
    return Sheet(name, found.rows, list(merged))


def workbook(*sheets: Sheet) -> Workbook:
    return Workbook("xlsx", list(sheets))


def test_rows_without_a_name_go_on_with_the_activity_above():
    found = understood(
        table(
            ["Naam", "Categorieën van persoonsgegevens", "Bewaartermijn"],
            ["Loon", "Contactgegevens", "10 jaar"],
            ["", "Bankgegevens", "5 jaar"],
            ["Badges", "Foto", "1 jaar"],
        )
    )

    loon, badges = found.contents
    assert [(row["period"], row["data"]) for row in loon["retention"]] == [(10, [1]), (5, [2])]
    assert [row["category"] for row in badges["data"]] == ["V1"]
    assert "data" not in badges["retention"][0]


def test_rows_with_the_same_name_are_one_activity():
    found = understood(
        table(
            ["Naam", "Doel", "Dienst"],
            ["Loon", "Berekenen", "P&O"],
            ["Loon", "Uitbetalen", "P&O"],
            ["Badges", "Beveiligen", "Logistiek"],
        )
    )

    assert [len(content["purposes"]) for content in found.contents] == [2, 1]
    assert found.contents[0]["owner"] == "P&O"


def test_same_name_with_another_reference_is_another_activity():
    found = understood(
        table(["Nr.", "Naam", "Doel"], ["1.1", "Camera's", "a"], ["1.10", "Camera's", "b"])
    )

    assert [content["reference"] for content in found.contents] == ["1.1", "1.10"]


def test_merged_cell_counts_for_all_its_rows():
    """The department is merged over two activities, and a name over two rows."""
    found = understood(
        workbook(
            sheet(
                "Register",
                ["Dienst", "Naam", "Doel"],
                ["P&O", "Loon", "Berekenen"],
                ["", "Verlof", "Plannen"],
                ["", "", "Vervangen"],
                merged=(Merged(1, 0, 3, 0), Merged(2, 1, 3, 1)),
            )
        )
    )

    assert [content["owner"] for content in found.contents] == ["P&O", "P&O"]
    assert [len(content["purposes"]) for content in found.contents] == [1, 2]


def test_sheets_about_parts_are_joined_by_reference():
    found = understood(
        workbook(
            sheet("Verwerkingen", ["Nr.", "Naam"], ["V1", "Loon"], ["V2", "Badges"]),
            sheet(
                "Ontvangers",
                ["Verwerking", "Naam", "Categorie"],
                ["V1", "FOD Financiën", ""],
                ["V2", "Bewaking NV", ""],
                ["V1", "Bank Voorbeeld", "Banken"],
                ["V9", "Niemand weet", ""],
            ),
        )
    )

    loon, badges = found.contents
    assert [row.get("organisation") or row["name_nl"] for row in loon["recipients"]] == [
        "fps-finance",
        "Bank Voorbeeld",
    ]
    assert [row["name_nl"] for row in badges["recipients"]] == ["Bewaking NV"]
    assert found.account_of("Niemand weet") == ("left_out", "", "not_joined")


def test_sheets_about_parts_are_joined_by_name():
    found = understood(
        workbook(
            sheet("Processing", ["Name", "Description"], ["Payroll", "a"], ["Badges", "b"]),
            sheet("Purposes", ["Processing", "Name"], ["Badges", "Secure"], ["Payroll", "Pay"]),
        )
    )

    purposes = [content["purposes"][0]["description_en"] for content in found.contents]
    assert purposes == ["Pay", "Secure"]


def test_a_sheet_for_each_department_is_one_register():
    rows = [["Naam", "Doel"], ["Loon", "Betalen"]]

    found = understood(workbook(sheet("P&O", *rows), sheet("Logistiek", *rows)))

    assert len(found.contents) == 2
    assert len(found.proposal.targets) == 2


def test_form_that_lies_on_its_side_is_an_activity_a_column():
    found = understood(
        workbook(
            sheet(
                "Register",
                ["Naam", "Loon", "Badges"],
                ["Doel", "Betalen", "Beveiligen"],
                ["Bewaartermijn", "10 jaar", "1 jaar"],
                ["Rechtsgrond", "Wettelijke verplichting", "6.1.e"],
            )
        )
    )

    assert [content["name_nl"] for content in found.contents] == ["Loon", "Badges"]
    assert [content["legal_grounds"] for content in found.contents] == [
        [{"ground": "6-c"}],
        [{"ground": "6-e"}],
    ]


def test_small_table_in_a_section_of_a_form_is_read_by_its_headings():
    found = understood(
        workbook(
            sheet(
                "Fiche",
                ["Naam van de verwerking:", "", "Klachten"],
                ["Doel(en)", "Klachten behandelen"],
                ["Rechtsgrond", "Art. 6.1.e"],
                [],
                ["4. Ontvangers"],
                ["Naam", "Land", "Reden"],
                ["FOD Financiën", "België", "Controle"],
                ["Voorbeeld NV", "België", "Archief"],
                [],
                ["Opmerkingen", "Nakijken"],
            )
        )
    )

    assert found.contents[0]["recipients"] == [
        {"organisation": "fps-finance", "what_nl": "Controle", "key": 1},
        {"name_nl": "Voorbeeld NV", "what_nl": "Archief", "key": 2},
    ]


def test_value_may_stand_below_its_label():
    found = understood(
        workbook(
            sheet(
                "Fiche",
                ["Naam", "Loon"],
                ["Bewaartermijn", "10 jaar"],
                ["Rechtsgrond", "6.1.c"],
                ["Doel"],
                ["De wedden betalen"],
            )
        )
    )

    assert found.contents[0]["purposes"][0]["description_nl"] == "De wedden betalen"


def test_crosses_under_the_terms_of_a_group_are_the_terms():
    merged = (Merged(0, 0, 0, 1), Merged(0, 2, 0, 3), Merged(0, 4, 0, 6))
    found = understood(
        workbook(
            sheet(
                "Register",
                ["Verwerking", "", "Betrokkenen", "", "Categorieën van persoonsgegevens"],
                [
                    "Naam",
                    "Doel",
                    "Personeel",
                    "Burgers",
                    "Contactgegevens",
                    "Salaris",
                    "Zeekaarten",
                ],
                ["Loon", "Betalen", "x", "", "x", "x"],
                ["Camera", "Beveiligen", "x", "x", "", "", "x"],
                merged=merged,
            )
        )
    )

    loon, camera = found.contents
    assert loon["data_subjects"] == ["02"]
    assert [row["category"] for row in loon["data"]] == ["A1", "O07"]
    assert camera["data_subjects"] == ["01", "02"]
    assert camera["remarks"] == "Categorieën van persoonsgegevens – Zeekaarten: x"


def test_titles_of_sections_and_examples_are_no_activities():
    found = understood(
        workbook(
            sheet(
                "Register",
                ["Naam", "Doel", "Bewaartermijn"],
                ["(voorbeeld) Loon", "Betalen", "10 jaar"],
                ["Personeelsdienst", "", ""],
                ["Loon", "Betalen", "10 jaar"],
                merged=(Merged(2, 0, 2, 2),),
            )
        )
    )

    assert [content["name_nl"] for content in found.contents] == ["Loon"]
    assert found.account_of("Personeelsdienst") == ("left_out", "", "section")
    assert found.account_of("(voorbeeld) Loon") == ("left_out", "", "example")


def test_hidden_sheets_are_left_out_and_listed():
    hidden = sheet("Lijsten", ["Naam", "Doel"], ["Geheim", "Niets"])
    hidden.is_visible = False

    found = understood(workbook(sheet("Register", ["Naam", "Doel"], ["Loon", "Betalen"]), hidden))

    assert len(found.contents) == 1
    assert found.account_of("Geheim") == ("left_out", "", "hidden")


def test_unknown_headings_are_a_question_and_their_cells_remarks():
    found = understood(table(["Naam", "Kleur"], ["Loon", "Rood"], ["Badges", "Blauw"]))

    assert found.proposal.questions == ["||kleur|"]
    assert found.contents[0]["remarks"] == "Kleur: Rood"
    assert found.account_of("Rood") == ("remark", "remarks", "no_field")


def test_table_without_any_known_heading_is_a_question():
    found = understood(table(["Aap", "Noot"], ["Mies", "Wim"], ["Zus", "Jet"]))

    assert found.proposal.questions == ["||aap|", "||noot|"]
    assert len(found.contents) == 2
    assert found.lost == set()


def test_remembered_mapping_comes_first():
    found = find_tables(table(["Naam", "Kleur"], ["Loon", "Rood"]), vocabulary())

    proposal = mapping.propose(found, {"||kleur|": Target("owner")})

    assert proposal.targets["||kleur|"].field == "owner"
    assert proposal.questions == []
    assert proposal.samples["||kleur|"] == ["Rood"]


def test_second_column_with_names_is_a_question():
    found = understood(
        table(["Naam van de verwerking", "Proces", "Doel"], ["Loon", "Maandelijks loon", "Betalen"])
    )

    assert found.proposal.questions == ["||proces|"]
    assert found.contents[0]["name_nl"] == "Loon"


def test_names_in_two_languages_are_one_name():
    found = understood(table(["Naam NL", "Nom FR", "Doel"], ["Loon", "Paie", "Betalen"]))

    assert found.contents[0]["name_nl"] == "Loon"
    assert found.contents[0]["name_fr"] == "Paie"
    assert found.proposal.questions == []


def test_column_in_another_language_keeps_its_language():
    found = understood(
        table(
            ["Naam", "Doel", "Beschrijving"],
            [
                "Loon",
                "Het beheer van de lonen van het personeel",
                "Nous gérons les dossiers et la paie",
            ],
            [
                "Badges",
                "De toegang tot de gebouwen van de dienst",
                "Nous notons les entrées dans le bâtiment",
            ],
        )
    )

    assert "purposes" in found.contents[0]
    assert "description_nl" in found.contents[0]["purposes"][0]
    assert found.contents[0]["summary_fr"].startswith("Nous gérons")


def test_column_of_dates_without_dates_is_a_question():
    found = understood(
        table(["Naam", "Begindatum"], ["Loon", "sinds altijd"], ["Badges", "al lang"])
    )

    assert found.proposal.questions == ["||begindatum|"]
    assert found.account_of("al lang") == ("remark", "remarks", "no_date")


def test_columns_are_named_as_in_spreadsheets():
    assert [letters_of(number) for number in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_columns_without_a_heading_are_kept():
    found = understood(
        workbook(
            Sheet(
                "Register", [[Cell("Naam"), Cell("Doel")], [Cell("Loon"), Cell("a"), Cell("extra")]]
            )
        )
    )

    assert found.contents[0]["remarks"] == "C: extra"
