"""What a file holds, in each format and encoding."""

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from processing.imports.files.cells import Cell, Merged
from processing.imports.files.csv_files import separator_of
from processing.imports.files.reading import read
from processing.imports.files.separate_process import read_safely

FILES = Path(__file__).parent / "files"
SAMPLES = Path(__file__).parent / "samples"


def texts(sheet) -> list[list[str]]:
    return [[cell.text if cell else "" for cell in row] for row in sheet.rows]


@pytest.mark.parametrize("path", sorted(SAMPLES.iterdir()), ids=lambda path: path.name)
def test_separate_process_reads_the_same(path):
    data = path.read_bytes()

    assert read_safely(data, path.name) == read(data, path.name)


def test_old_excel_is_read():
    workbook = read((FILES / "register.xls").read_bytes(), "register.xls")

    assert workbook.format == "xls"
    assert workbook.sheets[0].rows[1] == [
        Cell("Parkeerkaarten"),
        Cell("Plaatsen verdelen"),
        Cell("2020-02-29", "date"),
        Cell("2 jaar"),
        Cell("1.10"),
    ]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
    ],
)
def test_csv_is_read_in_its_encoding(encoding, found):
    data = "Naam;Doel\r\nPrime « énergie » 100 €;Œuvre\r\n".encode(encoding)

    workbook = read(data, "register.csv")

    assert workbook.encoding == found
    assert texts(workbook.sheets[0])[1] == ["Prime « énergie » 100 €", "Œuvre"]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_csv_is_read_with_its_separator(separator):
    text = separator.join(("Naam", "Doel", "Wie")) + "\n" + separator.join(("a", "b", "c")) + "\n"

    assert texts(read(text.encode(), "x.csv").sheets[0]) == [
        ["Naam", "Doel", "Wie"],
        ["a", "b", "c"],
    ]


@pytest.mark.parametrize(
    ("text", "separator"),
    [
        # Commas within values, and a title line without any.
        ("Register\n\nNaam;Doel\na, b;c, d, e\nf, g;h\n", ";"),
        ("Naam,Doel\na; b,c; d\n", ","),
        ("sep=|\na|b;c\n", "|"),
        ("one column\nonly\n", ";"),
    ],
)
def test_separator_is_told_by_all_rows(text, separator):
    assert separator_of(text) == separator


def test_lines_within_quotes_are_one_value():
    workbook = read(b'Naam;Doel\n"a";"1: b\n2: ""c"" ; d"\n', "x.csv")

    assert texts(workbook.sheets[0])[1] == ["a", '1: b\n2: "c" ; d']


def test_values_tell_what_they_were():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"default_date_format": "dd/mm/yy"}) as book:
        sheet = book.add_worksheet("Register")
        sheet.write_row(0, 0, ["1.10", 1.1, 3, True])
        sheet.write_datetime(0, 4, __import__("datetime").datetime(2019, 5, 1))
        sheet.merge_range("A2:C3", "merged")
        sheet.write("D3", "last")

    (found,) = read(stream.getvalue(), "x.xlsx").sheets

    assert found.rows[0] == [
        Cell("1.10"),
        Cell("1.1", "number"),
        Cell("3", "number"),
        Cell("TRUE", "boolean"),
        Cell("2019-05-01", "date"),
    ]
    assert found.merged == [Merged(1, 0, 2, 2)]


def test_formulas_are_never_calculated():
    """What a spreadsheet program has calculated is read; where none has, the file says so."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet()
        sheet.write_formula("A1", "=1+1", None, 7)
        sheet.write_formula("A2", '=HYPERLINK("http://example.org")', None, "kept")
    data = stream.getvalue()

    workbook = read(data, "x.xlsx")

    assert texts(workbook.sheets[0]) == [["7"], ["kept"]]
    assert workbook.uncalculated == 0
    assert read(_without_values(data), "x.xlsx").uncalculated == 2


def _without_values(data: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                text = text.replace(b"<v>7</v>", b"").replace(b"<v>kept</v>", b"")
            new.writestr(part, text)
    return stream.getvalue()


def test_hidden_sheets_are_told():
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Register").write("A1", "a")
        hidden = book.add_worksheet("Lists")
        hidden.write("A1", "b")
        hidden.hide()

    assert [sheet.is_visible for sheet in read(stream.getvalue(), "x.xlsx").sheets] == [True, False]
