"""Terms, synonyms and templates: what they are called, and which terms may stand above others."""

import pytest
from django.core.exceptions import ValidationError

from processing.models import ActivityTemplate, SearchText, SearchWord, Synonym, Theme

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms() -> list[Theme]:
    """Each below the one before."""
    above, found = None, []
    for code in ("A", "B", "C"):
        above = Theme.objects.create(code=code, broader=above, label_en=f"Label {code}")
        found.append(above)
    return found


def test_term_stands_below_others_but_never_above_itself(terms):
    first, second, third = terms
    for term in terms:
        term.clean()
    loops = [(first, first), (first, second), (first, third), (second, third)]

    for term, broader in loops:
        term.broader = broader
        with pytest.raises(ValidationError) as refusal:
            term.clean()
        assert refusal.value.message_dict == {"broader": ["A term cannot stand above itself."]}
        term.refresh_from_db()


def test_loop_above_a_term_is_told_too(terms):
    first, second, third = terms
    first.broader = second
    second.broader = first
    third.broader = second

    with pytest.raises(ValidationError, match="above itself"):
        third.clean()


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (Theme(code="A", label_en="Taxes"), "A Taxes"),
        (ActivityTemplate(slug="staff", title_en="Staff"), "Staff"),
        (ActivityTemplate(slug="staff"), "staff"),
        (Synonym(language="en", everyday="dole", means="benefit"), "dole → benefit"),
        (SearchWord(language="en", word="benefit"), "benefit (en)"),
        (SearchText(publication_id=3, language="en"), "3 en"),
    ],
)
def test_row_is_called_after_what_it_says(row, expected):
    assert str(row) == expected
