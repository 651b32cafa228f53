"""What all workbooks share that the site writes: XLSX, by XlsxWriter."""

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a cell holds.
MOST_CHARACTERS = 32_767
# Of the workbook for imports: a text is a text, whatever it looks like; rows wait on the disk.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_text(
    sheet: Worksheet, row: int, column: int, text: str, cell_format: Format | None = None
) -> None:
    """Write a text as a text, as far as a cell holds it.

    XlsxWriter takes what stands between <r> and </r> for XML of its own and writes it as it is: it
    would break the workbook, or calculate. Behind a space, it does not.
    """
    text = text[:MOST_CHARACTERS]
    if text.startswith("<r>") and text.endswith("</r>"):
        text = f"{text[: MOST_CHARACTERS - 1]} "
    sheet.write_string(row, column, text, cell_format)
