"""Whatever stands in a cell or a heading is looked through in proportion to its length.

No time is measured: what takes time in the square of a text runs into a limit that is a hundred
times what it needs.
"""

import pytest

from processing.imports.drafts import activity_fields, grounds, listed, periods
from processing.imports.drafts.activity_rows import is_web_address
from processing.imports.drafts.other_parties import _country_within
from processing.imports.drafts.terms import Body, Terms, vocabulary_of
from processing.imports.drafts.understanding import LONGEST_UNDERSTOOD
from processing.imports.files.cells import Cell
from processing.imports.own_workbook.values import SEVERAL
from processing.imports.tables import finding, headings, languages, layout
from processing.imports.values import (
    Separators,
    as_date,
    cleaned,
    country_of,
    denies,
    is_blank,
    is_none,
    words_of,
    yes_or_no,
)
from processing.imports.work import given_up_after
from tests.processing.imports.importing import table, understood

LENGTH = 50_000
# What each function reads, over and over.
UNITS = (
    *("a", "1", "é", " ", "\n", "\t", "\u2028", "\u2029", "\x85", "\x1c", "\u2066", ".", "(", "(["),
    *(
        "a ",
        "1 ",
        ". ",
        " - ",
        " / ",
        ", ",
        "; ",
        "en ",
        "art 6 ",
        "6.",
        "_",
        "'",
        "&",
        "&#1",
        "x_",
    ),
    *(
        "\u2029 ",
        " \n",
        "wet",
        "verwerker",
        "ja",
        "§",
        "10 jaar ",
        "\u00a0",
        "_x000D_",
        "http://",
        "»",
    ),
)
# Behind these, what comes looks like what is looked for.
BEGINNINGS = ("", "10 jaar ", "art 6", "1.")
ENDS = ("", " dutch", "x", " en", "9")
TERMS = Terms({"A1": {"nl": "Contactgegevens"}})
VOCABULARY = headings.vocabulary()
BODIES = vocabulary_of({}, [Body("one", ("Een dienst",), "0308357753")]).bodies


def separated(text: str) -> None:
    found = Separators([text, f"1: {text}", f"- {text}\n- b", f"{text}\n{text[:9]}"])
    for is_prose in (False, True):
        found.split(text, is_prose=is_prose)


def named(text: str) -> None:
    VOCABULARY.part_of(text)
    VOCABULARY.languages_of(text)
    headings.meant_by(VOCABULARY, text, text, "purposes")
    layout.column_key("", text, text, 1)
    finding.INSTRUCTION.search(text)
    finding.EXAMPLE.match(text)


def about_activities(text: str) -> None:
    words = words_of(text)
    for pattern in (activity_fields.PROCESSOR, activity_fields.CONTROLLER, activity_fields.DAY):
        pattern.search(words)
    activity_fields.ABOUT_SO_MANY.fullmatch(text)
    listed.COMMA.split(text)
    listed.AND.split(text)
    SEVERAL.split(text)
    grounds.LAW.search(text)


READERS = {
    "words": lambda text: (words_of(text), denies(text), yes_or_no(text), country_of(text)),
    "nothing": lambda text: (is_blank(text), is_none(text), as_date(Cell(text))),
    "values": separated,
    "periods": lambda text: periods.read(text, unit_of_column="year"),
    "grounds": lambda text: grounds.read(text, TERMS, TERMS),
    "terms": lambda text: (TERMS.find(text), BODIES.find(text), _country_within(text)),
    "headings": named,
    "languages": lambda text: (languages.language_of([text]), is_web_address(text)),
    "activities": about_activities,
}


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_long_text_is_read_in_proportion_to_its_length(name, beginning):
    with given_up_after(20):
        for unit in UNITS:
            READERS[name](cleaned(beginning + unit * (LENGTH // len(unit)) + "x"))


@pytest.mark.parametrize("end", ENDS)
def test_long_heading_is_read_in_proportion_to_its_length(end):
    with given_up_after(20):
        for unit in UNITS:
            named(unit * (LENGTH // len(unit)) + end)


@pytest.mark.parametrize("text", ["9" * 5_000, "²", "P" + "9" * 5_000 + "Y", "1" + ".000" * 2_000])
@pytest.mark.parametrize(
    "heading", ["Bewaartermijn (in jaren)", "Aantal betrokkenen", "Startdatum"]
)
def test_number_that_no_field_holds_is_no_fault(text, heading):
    found = understood(table(["Naam", heading], ["Een naam", text]))

    (account,) = (a for a in found.understanding.accounts.all if a.text == text)
    assert account.outcome in ("remark", "understood", "kept")


def test_text_that_is_too_long_to_be_understood_is_kept_as_it_is():
    text = "Contactgegevens; " * (LONGEST_UNDERSTOOD // 10)

    found = understood(table(["Naam", "Soorten gegevens", "Doel"], ["Een naam", text, "Betalen"]))

    assert found.account_of(cleaned(text))[0] == "remark"
    assert "data" not in found.contents[0]
    assert text.strip() in found.contents[0]["remarks"]
