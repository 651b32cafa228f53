import pytest

from tests.sql import in_words, normalised, parts, write


def test_statement_is_told_without_values_and_with_its_columns_in_order():
    sql = 'SELECT "a"."y" AS "y", "a"."x" FROM "a" WHERE "a"."x" IN (%s, %s) ORDER BY 2 ASC'

    assert normalised(sql) == (
        "SELECT a.x, a.y\n    FROM a\n    WHERE a.x IN (…)\n    ORDER BY … ASC"
    )


@pytest.mark.parametrize("values", ["%s", "%s, %s", "(%s)", "(%s), (%s)"])
def test_number_of_values_makes_no_difference(values):
    assert normalised(f"(id IN ({values}))") == "(id IN (…))"


def test_long_row_is_told_as_its_table():
    columns = [f'"a"."x{number}"' for number in range(9)]
    sql = " ".join(["SELECT", ", ".join([*columns, '"b"."y"']), 'FROM "a"'])

    assert normalised(sql) == "SELECT a.*, b.y\n    FROM a"


def test_statement_that_is_sent_again_is_counted():
    assert in_words(["SELECT 1", "SELECT 1", "SELECT 2"]) == "2 times: SELECT 1\nSELECT 2"


def test_file_gives_back_what_was_written(tmp_path):
    told = {"one": "SELECT 1\n    FROM a", "two": "SELECT 2", "three": "SELECT 1\n    FROM a"}

    write(tmp_path / "test_x.sql", told)

    assert parts(tmp_path / "test_x.sql") == told
