"""Any text may stand in a column of any field: it is understood or kept, and never raises."""

import csv

import pytest

from processing.imports import fields
from processing.imports.fields import label_of
from processing.imports.files.cells import Workbook
from processing.imports.tables import headings
from tests.processing.imports.importing import table, understood
from tests.processing.imports.keeping import not_where_it_should_be, words_lost
from tests.processing.imports.register_values import OWN_VALUES, VALUES
from tests.processing.imports.rows_in_memory import refused

ODD = [
    *("?", "x", "0", "a", "A1", "a; b", "a, b", "a / b", "1: a\n2: b", "- a\n- b", "http://x.be"),
    *(
        "https://example.be/wet",
        "Art. 6",
        "6",
        "art. 9.2",
        "BE",
        "NL; US",
        "USA (AWS)",
        "UN",
        "Oui, SCC",
    ),
    *("Ja, op 12/05/2020", "31/02/2020", "2018", "10", "10 jaar, 5 jaar", "-5", "10^9", "ca. 100"),
    *("Wettelijke verplichting: wet van 3 juli 1978, art. 5; KB van 1 mei", "FOD Justitie"),
    *(
        "FOD Financiën; SPF Finances",
        "naam, adres en foto",
        "Contactgegevens van de kinderen",
        "ß" * 700,
    ),
    *(
        "Personeel, sollicitanten en bezoekers",
        "é" * 2_500,
        "lang " * 4_500,
        "=1+1",
        "<b>",
        "\u202etxt",
    ),
]
TEXTS = list(
    dict.fromkeys(
        [*ODD, *(t for kinds in VALUES.values() for texts in kinds.values() for t in texts)]
        + [t for texts in OWN_VALUES.values() for t in texts if t]
    )
)


def heading_of_each() -> dict[str, tuple[str, str]]:
    """Field and code -> a heading that means it, anywhere."""
    found: dict[str, tuple[str, str]] = {}
    with headings.FILE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["within"]:
                key = f"{row['field']} {row['code']}".strip()
                found.setdefault(key, (row["heading"], row["field"]))
    return found


HEADINGS = heading_of_each()


KEYS = [key for key in HEADINGS if key not in ("name", "reference")]


def register(heading: str, texts: list[str]) -> Workbook:
    rows = [[f"R-{number}", "Een naam", text] for number, text in enumerate(texts)]
    return table(["Referentie", "Naam", heading], *rows)


@pytest.mark.parametrize(("at", "key"), list(enumerate(KEYS)), ids=KEYS)
def test_column_takes_any_text(at, key):
    heading, _field = HEADINGS[key]
    # Every text meets a third of the columns: all of them take a minute more.
    texts = TEXTS[at % 3 :: 3]

    found = understood(register(heading, texts), own_body="fps-justice", mechanism="02")

    assert len(found.contents) == len(texts)
    assert found.lost == set()
    assert words_lost(found) == {}
    assert not_where_it_should_be(found) == []
    assert [reason for content in found.contents for reason in refused(content)] == []


@pytest.mark.parametrize("key", sorted(fields.IS_INTERNAL & set(HEADINGS)))
def test_internal_column_reaches_no_public_field(key):
    heading, _field = HEADINGS[key]
    canary = "CANARY gaat niemand aan"

    found = understood(
        table(
            ["Naam", heading, "Verwerkers"],
            ["Een naam", canary, "Voorbeeld NV"],
            ["Tweede naam", f"{canary}; {canary}\n{canary}", ""],
        )
    )

    internal = set(fields.INTERNAL)
    for content in found.contents:
        public = {name: value for name, value in content.items() if name not in internal}
        for row in public.pop("processors", []):
            assert "CANARY" not in str({**row, "contract_reference": ""})
        assert "CANARY" not in str(public)


def test_public_column_with_such_a_text_is_seen_by_the_test_above():
    found = understood(table(["Naam", "Doel"], ["Een naam", "CANARY"]))

    assert "CANARY" in str(found.contents[0]["purposes"])


@pytest.mark.parametrize("field", fields.FIELDS)
def test_every_field_has_a_label(field):
    assert str(label_of(field))


def test_vocabulary_means_only_fields_that_there_are():
    known = {field for _heading, field in HEADINGS.values()}

    assert known <= set(fields.FIELDS)


def test_every_field_has_a_heading():
    """But what only a workbook with a sheet for each part tells."""
    within = {"transfers.name", "recipients.category", "processors.category"}
    within |= {"joint_controllers.category"}

    assert set(fields.FIELDS) - {field for _heading, field in HEADINGS.values()} == within
