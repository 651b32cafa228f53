"""What people write on one line is one line in every table, whichever way it comes in."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from organisations.columns import LineColumn, WebColumn
from organisations.limits import LimitedTextField
from organisations.lines import one_line, printable_lines
from organisations.scoping import NO_PLAIN_LINES
from processing.models.parties import CountryColumn

OURS = ("contact", "organisations", "processing")
# What the site itself writes there; those of accounts are Django's, and only forms write them.
BY_THE_SITE = {
    *("contact.Allowance", "contact.Mail", "contact.Question", "processing.Publication"),
    *("processing.ColumnMeaning", "organisations.Revision", "processing.RegisterImport"),
    *("organisations.User", "processing.SearchMeaning", "processing.SearchWord"),
}


def columns_of_people() -> list[models.Field]:
    return [
        field
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if model._meta.label not in BY_THE_SITE
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField) and not field.choices
        if not field.primary_key and not isinstance(field, (*NO_PLAIN_LINES, CountryColumn))
    ]


@pytest.mark.parametrize("field", columns_of_people(), ids=str)
def test_what_people_write_on_one_line_is_a_line(field):
    assert isinstance(field, LineColumn)
    assert field.to_python("a\n\u202eb\u2029") == "a b"
    assert field.get_prep_value("a\r\nb") == "a b"


@pytest.mark.parametrize(
    "field",
    [
        field
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.URLField)
    ],
    ids=str,
)
def test_address_is_one_that_browsers_open(field):
    assert isinstance(field, WebColumn)
    for address in ("ftp://a.example/", "javascript:alert(1)", "https://a.example/\nb"):
        with pytest.raises(ValidationError):
            field.run_validators(address)
    field.run_validators("https://a.example/")


@pytest.mark.parametrize("sign", "\0\x08\x0b\x7f\x9f\u202a\u202e\u2066\u2069\ufeff")
def test_unseen_signs_are_in_no_text(sign):
    assert printable_lines(f"a{sign}\r\nb\u2028c\td") == "a\nb\nc\td"
    assert LimitedTextField(max_length=9).get_prep_value(f"a{sign}") == "a"
    assert one_line(f"a{sign}b") == "a b"


@pytest.mark.parametrize("text", ["", "Één naam", "naïve – “zo”", "👩\u200d🔬", "a\u00a0b"])
def test_other_texts_stay_as_they_are(text):
    assert (one_line(text), printable_lines(text)) == (text, text)
