"""Each code list has one name: of its file, in memory and in addresses."""

from pathlib import Path

import pytest

from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.models import CODE_LISTS

FILES = Path(__file__).resolve().parents[2] / "fixtures" / "codelists"


def test_every_list_has_a_file_and_every_file_is_a_list():
    assert {path.stem for path in FILES.glob("*.csv")} == set(CODE_LISTS)


@pytest.mark.django_db
@pytest.mark.parametrize("name", CODE_LISTS)
def test_every_term_has_an_address_that_tells_what_it_means(name, visitor):
    term = next(iter(code_lists_at(current_revision())["en"][name].values()))

    page = visitor.get(term.url.partition("#")[0]).text

    assert str(term.label) in page
