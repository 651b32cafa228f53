"""Registers in the layouts of the templates that bodies use, with three activities each.

Our own reconstruction: the headings are those of templates.csv, the values are made up.
"""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from tests.processing.imports.register_values import OWN_VALUES, VALUES, YES_NO

HEADINGS = Path(__file__).parent / "templates.csv"


@dataclass
class Register:
    """A file in the layout of a template, and what each of its values is meant for."""

    template: str
    language: str
    files: list[tuple[str, bytes]] = field(default_factory=list)
    # Heading -> target of the template.
    targets: dict[str, str] = field(default_factory=dict)


def headings(template: str, language: str) -> dict[str, str]:
    """Heading -> what it is meant for, without those that are no column."""
    with HEADINGS.open(encoding="utf-8", newline="") as file:
        rows = [
            r
            for r in csv.DictReader(file)
            if (r["template"], r["language"]) == (template, language)
        ]
    return {
        row["heading"]: row["target_field"].replace(" (internal)", "")
        for row in rows
        if not row["target_field"].startswith("(")
    }


def values_of(heading: str, target: str, language: str) -> tuple[str, ...]:
    for name, values in OWN_VALUES.items():
        if heading.endswith(name) or heading == name:
            return values
    plain, _space, code = target.partition(" ")
    if " - Commentaire" in heading:
        return ("", "", "")
    if code or (heading.startswith("Détails - Personnes")):
        return YES_NO[language]
    return VALUES[PLURALS.get(plain, plain)][language]


PLURALS = {
    "purposes": "purposes.description",
    "recipients": "recipients.name",
    "processors": "processors.name",
    "joint_controllers": "joint_controllers.name",
    "data.about": "data_subjects",
    "recipients.role": "ignore",
}


def rows_of(targets: dict[str, str], language: str) -> list[list[str]]:
    """The headings, then a row an activity."""
    columns = [values_of(heading, target, language) for heading, target in targets.items()]
    return [list(targets), *(list(row) for row in zip(*columns, strict=True))]


def workbook(
    *sheets: tuple[str, list[list[str]]], merged: dict[str, list[str]] | None = None
) -> bytes:
    """An XLSX workbook of texts; `merged` gives areas such as A1:C1 by the names of sheets."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for name, rows in sheets:
            sheet = book.add_worksheet(name)
            for area in (merged or {}).get(name, []):
                sheet.merge_range(area, "")
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    if text:
                        sheet.write_string(number, column, text)
    return stream.getvalue()


def csv_file(rows: list[list[str]], separator: str, encoding: str) -> bytes:
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().encode(encoding)


def a_list(register: Register) -> None:
    rows = rows_of(register.targets, register.language)
    register.files.append(("register.xlsx", workbook(("Register", rows))))


def below_a_contact_block(register: Register) -> None:
    """The headings in row 9, under a contact block and a banner."""
    block = [
        *(["Name and contact details"], ["Name", "Example Agency"], ["Address", "Wetstraat 1"]),
        *(["Email", "privacy@example.be"], ["Data Protection Officer", "J. Example"]),
        *(["Representative", "n/a"], [], ["Article 30 Record of Processing Activities"]),
    ]
    rows = block + rows_of(register.targets, register.language)
    data = workbook(
        ("Read me", [["How to use this"]]), ("Controller", rows), merged={"Controller": ["A8:D8"]}
    )
    register.files.append(("register.xlsx", data))


def a_csv_with(separator: str, encoding: str) -> Callable[[Register], None]:
    def build(register: Register) -> None:
        rows = rows_of(register.targets, register.language)
        register.files.append(("register.csv", csv_file(rows, separator, encoding)))

    return build


def numbered_csv(register: Register) -> None:
    """Values that stand together are numbered lines in one cell, in UTF-8 with BOM."""
    rows = rows_of(register.targets, register.language)
    rows = [rows[0], *([_numbered(text) for text in row] for row in rows[1:])]
    register.files.append(("registre.csv", csv_file(rows, ";", "utf-8-sig")))


def _numbered(text: str) -> str:
    parts = text.split("; ")
    return (
        "\r\n".join(f"{n}: {part}" for n, part in enumerate(parts, 1)) if len(parts) > 1 else text
    )


def joined_by_commas(register: Register) -> None:
    rows = rows_of(register.targets, register.language)
    rows = [[text.replace("; ", ", ") for text in row] for row in rows]
    register.files.append(("export.xlsx", workbook(("Worksheet", rows))))


def two_header_rows(register: Register) -> None:
    """Groups in row 7, headings in row 8, an example in row 9."""
    rows = rows_of(register.targets, register.language)
    upper = ["Identification du traitement", "", "", "", *rows[0][4:]]
    lower = [*rows[0][:4], "", "Oui/non"]
    example = ["(EXEMPLE) Gestion de la paie", "Réf-000"]
    block = [["Registre"], ["Responsable :", "Organisme"], [], [], [], []]
    sheet = "2_-_Liste_des_traitements"
    data = workbook((sheet, [*block, upper, lower, example, *rows[1:]]), merged={sheet: ["A7:D7"]})
    register.files.append(("registre.xlsx", data))


def a_form_each(register: Register) -> None:
    """A sheet an activity: the label at the left, the value at its right."""
    columns = {
        heading: values_of(heading, target, register.language)
        for heading, target in register.targets.items()
    }
    sheets = [
        (
            f"Fiche {n + 1}",
            [["Fiche"], [], *([heading, values[n]] for heading, values in columns.items())],
        )
        for n in range(3)
    ]
    register.files.append(("fiches.xlsx", workbook(*sheets)))


def a_numbered_form_each(register: Register) -> None:
    register.targets = {
        f"{n}. {heading}": target for n, (heading, target) in enumerate(register.targets.items(), 1)
    }
    a_form_each(register)


def groups_and_explanations(register: Register) -> None:
    """Groups above the headings, and below them a row that explains."""
    rows = rows_of(register.targets, register.language)
    width = len(rows[0])
    groups = [
        "Business Process/Processing",
        "",
        "",
        "",
        *["Processing details"],
        *[""] * (width - 5),
    ]
    explanations = [
        "Choose a short name",
        "Who is the owner?",
        "Enter a name",
        *["Describe briefly"] * (width - 3),
    ]
    last = chr(64 + width)
    data = workbook(
        ("Lists", [["Normal"], ["Profiling"]]),
        ("Register", [groups, rows[0], explanations, *rows[1:]]),
        merged={"Register": ["A1:D1", f"E1:{last}1"]},
    )
    register.files.append(("register.xlsx", data))


def a_workbook_each(register: Register) -> None:
    """A workbook an activity, a sheet for each of its parts."""
    targets = {h: t for h, t in register.targets.items() if t != "dpia_summary"}
    main = rows_of(targets, "en")
    for n, name in enumerate(VALUES["name"]["en"]):
        sheets = [("Processing", [main[0], main[n + 1]]), *_parts(n)]
        register.files.append((f"{name}.xlsx", workbook(*sheets)))


def _parts(n: int) -> list[tuple[str, list[list[str]]]]:
    purpose, basis = VALUES["purposes.description"]["en"][n], OWN_VALUES["legal_basis"][n]
    data = [
        "Name, email",
        "privacy_basic_identity",
        OWN_VALUES["retention"][n],
        "deletion",
        "FALSE",
    ]
    transfer = ["Example Inc", "US", "privacy_adequacy", "Framework"]
    headings = {
        "Personal data": ["name", "category", "retention", "deletion_policy", "is_sensitive"],
        "Data transfers": ["name", "country", "transfer_mechanism", "guarantees"],
    }
    return [
        ("Purposes", [["name", "legal_basis"], [purpose, basis]]),
        ("Personal data", [headings["Personal data"], data]),
        ("Data subjects", [["name", "category"], ["Staff", "privacy_employee"]]),
        ("Data recipients", [["name", "category"], ["'=Printer", "privacy_service_provider"]]),
        ("Data transfers", [headings["Data transfers"], transfer]),
    ]


BUILDERS: dict[tuple[str, str], Callable[[Register], None]] = {
    ("ico-controller", "en"): below_a_contact_block,
    ("fides-datamap-xlsx", "en"): below_a_contact_block,
    ("fides-datamap-csv", "en"): a_csv_with(",", "utf-8"),
    ("cnil-simplifie-liste", "fr"): two_header_rows,
    ("cnil-simplifie-fiche", "fr"): a_form_each,
    ("cnil-base-fiche", "fr"): a_form_each,
    ("cnpd-associations", "fr"): a_csv_with(";", "cp1252"),
    ("madis-csv", "fr"): numbered_csv,
    ("minvws-export", "nl"): joined_by_commas,
    ("minvws-fields", "nl"): a_form_each,
    ("minvws-import-json", "nl"): a_list,
    ("ciso-assistant-processing", "en"): a_workbook_each,
    ("verinice-vvt", "de"): a_form_each,
    ("verinice-vvt", "en"): a_form_each,
    ("vvt-kommune", "de"): a_csv_with("\t", "utf-16"),
    ("privacyregister-standard", "en"): a_list,
    ("privacyregister-standard", "nl"): a_csv_with(";", "utf-8-sig"),
    ("stad-gent", "nl"): a_form_each,
    ("belgif-federal", "nl"): a_list,
    ("belgif-federal", "fr"): a_csv_with(";", "cp1252"),
    ("belgif-federal", "de"): a_list,
    ("belgif-federal", "en"): a_csv_with("|", "utf-8"),
    ("be-dpa-2017", "en"): groups_and_explanations,
    ("be-dpa-derived", "en"): a_list,
    ("be-dpa-model-nl", "nl"): a_csv_with(";", "cp1252"),
    ("edps-record", "en"): a_numbered_form_each,
    ("csm-ropa", "en"): a_list,
}


def registers() -> Iterator[Register]:
    for (template, language), build in BUILDERS.items():
        register = Register(template, language, targets=headings(template, language))
        if template == "be-dpa-model-nl":
            # Only two of its headings are known.
            register.targets = {"Naam": "name", "Doel": "purposes.description"} | register.targets
        if template == "fides-datamap-xlsx":
            # Its further headings are those of the other one.
            register.targets = headings("ico-controller", "en") | register.targets
        if template == "be-dpa-derived":
            register.targets = {"Name": "name"} | register.targets
        if template == "stad-gent":
            # Its name is the title of the page.
            register.targets = {"Naam": "name"} | register.targets
        build(register)
        yield register
