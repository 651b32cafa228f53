"""Tables of random shape: nothing raises, and no cell is lost."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from organisations.limits import too_long
from processing.imports import values
from processing.imports.files.cells import Cell, Merged, Sheet, Workbook
from processing.imports.files.csv_files import decoded, rows_of, separator_of
from processing.imports.files.hostile import Unreadable
from processing.imports.files.reading import read
from processing.imports.tables.headings import vocabulary
from processing.models import ProcessingActivity
from processing.snapshots import content_fields, row_models
from tests.processing.imports.importing import understood
from tests.processing.imports.keeping import not_where_it_should_be, words_lost
from tests.processing.imports.register_values import OWN_VALUES, VALUES
from tests.processing.imports.rows_in_memory import refused

KNOWN = sorted(vocabulary()._exact[""])
TOLD = sorted({text for kinds in VALUES.values() for texts in kinds.values() for text in texts})
TOLD += sorted({text for texts in OWN_VALUES.values() for text in texts})
anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
headings = st.sampled_from(KNOWN) | anything
kinds = st.sampled_from(["text", "text", "text", "number", "date", "boolean"])


def cell(text: str, kind: str) -> Cell | None:
    shown = {"number": "43586", "date": "2019-05-01", "boolean": "TRUE"}.get(kind, text)
    return Cell(shown, kind) if shown.strip() else None


texts = (
    st.sampled_from(TOLD) | anything | st.lists(st.sampled_from(TOLD), max_size=4).map("\n".join)
)
cells = st.builds(cell, texts, kinds) | st.none()
heading_cells = st.builds(lambda text: Cell(text) if text.strip() else None, headings)


@st.composite
def sheets(draw) -> Sheet:
    width = draw(st.integers(1, 8))
    rows = draw(st.lists(st.lists(cells | heading_cells, max_size=3), max_size=3))
    rows += [draw(st.lists(heading_cells, min_size=width, max_size=width))]
    rows += draw(st.lists(st.lists(cells, max_size=width + 1), max_size=5))
    if draw(st.booleans()):
        # The other way round: labels at the left.
        height = max(map(len, rows), default=0)
        rows = [[row[n] if n < len(row) else None for row in rows] for n in range(height)]
    merged = [
        Merged(top, left, top + down, left + right)
        for top, left, down, right in draw(
            st.lists(st.tuples(*[st.integers(0, 4)] * 4), max_size=3)
        )
    ]
    names = st.sampled_from(["", "Register", "Ontvangers", "Personal data", "Fiche 1"]) | anything
    return Sheet(draw(names), rows, merged, draw(st.sampled_from([True, True, True, False])))


workbooks = st.builds(lambda found: Workbook("xlsx", found), st.lists(sheets(), max_size=4))
slow = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@slow
@given(workbooks)
def test_no_cell_is_lost(workbook):
    found = understood(workbook)

    assert found.lost == set()
    assert words_lost(found) == {}
    assert not_where_it_should_be(found) == []
    assert 0 <= found.share_understood <= 1


@slow
@given(workbooks)
def test_drafts_fit_the_working_copy(workbook):
    models = {"": ProcessingActivity, **row_models(ProcessingActivity)}
    columns = {
        part: {field.name: field for field in content_fields(model, without={"id", "activity"})}
        for part, model in models.items()
    }

    for content in understood(workbook, mechanism="02").contents:
        for part, found in rows_by_part(content, set(models)):
            assert set(found) <= set(columns[part]) | (set(models) if not part else set())
            assert list(too_long(list(columns[part].values()), found)) == []
        assert refused(content) == []


def rows_by_part(content: dict, parts: set[str]) -> list[tuple[str, dict]]:
    rows = [(part, row) for part in parts & set(content) for row in content[part]]
    return [("", {name: v for name, v in content.items() if name not in parts}), *rows]


@slow
@given(st.binary(max_size=300), st.sampled_from(["a.csv", "a.xlsx", "a.xls", "a.ods"]))
def test_any_bytes_are_read_or_refused(data, name):
    try:
        found = understood(read(data, name))
    except Unreadable:
        return

    assert found.lost == set()


@given(anything.filter(lambda text: "\0" not in text), st.sampled_from([";", ",", "\t", "|"]))
def test_any_text_is_cut_into_rows(text, separator):
    try:
        found, _encoding = decoded(text.encode())
        rows_of(found, separator_of(found))
    except Unreadable:
        return


@given(anything)
def test_cleaning_twice_is_cleaning_once(text):
    once = values.cleaned(text)

    assert values.cleaned(once) in (once, values.cleaned(values.cleaned(once)))
    assert values.words_of(once) == values.words_of(" ".join(once.split()))


@given(st.lists(anything, max_size=5))
def test_splitting_loses_no_word(cells):
    separators = values.Separators(cells)

    for text in cells:
        for is_prose in (True, False):
            parts = separators.split(text, is_prose=is_prose)
            before = [word for word in values.words_of(text).split() if not word.isdigit()]
            after = values.words_of(" ".join(parts)).split()
            assert [word for word in before if word not in after] == []
