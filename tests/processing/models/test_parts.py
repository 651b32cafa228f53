"""The rows of an activity: what they are called, and when a translated field is written."""

import pytest
from django.core.exceptions import ValidationError

from processing.models import (
    DataCategory,
    DataItem,
    JointController,
    ProcessingActivity,
    Processor,
    Purpose,
    PurposeCategory,
    Recipient,
    RecipientCategory,
    ServedController,
    Transfer,
)
from processing.models.parts import written
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


@pytest.mark.parametrize(
    ("texts", "is_written"),
    [
        ({}, False),
        ({"nl": ""}, False),
        ({"nl": "", "fr": None, "de": "", "en": None}, False),
        ({"nl": "x"}, True),
        ({"fr": "x", "en": ""}, True),
        ({"de": "x", "nl": ""}, True),
        ({"en": "x"}, True),
        ({"nl": "x", "fr": "x", "de": "x", "en": "x"}, True),
    ],
)
def test_translated_field_is_written_in_one_language_or_more(texts, is_written, activity):
    activity.legal_grounds.update(
        **{f"legitimate_interest_{language}": None for language in ("nl", "fr", "de", "en")}
        | {f"legitimate_interest_{language}": text for language, text in texts.items()},
        ground="6-f",
    )

    found = activity.legal_grounds.filter(written("legitimate_interest"))

    assert found.exists() == is_written
    assert activity.legal_grounds.filter(~written("legitimate_interest")).exists() != is_written


def test_rows_are_called_after_what_they_tell(activity, body_b):
    purpose = PurposeCategory(code="A", label_en="Taxes")
    category = RecipientCategory(code="H", label_en="Hospitals")
    rows = [
        (Purpose(description_en="To tax", category=purpose), "To tax"),
        (Purpose(category=purpose), "A Taxes"),
        (Purpose(), ""),
        (DataItem(category=DataCategory(code="A1", label_en="Names")), "A1 Names"),
        (Recipient(organisation=body_b), "Agency body-b"),
        (Recipient(name_en="Doctors", category=category), "Doctors"),
        (Recipient(category=category), "H Hospitals"),
        (Recipient(), ""),
        (Processor(name_en="Firm"), "Firm"),
        (JointController(organisation=body_b), "Agency body-b"),
        (JointController(name_en="Town"), "Town"),
        (JointController(), ""),
        (Transfer(country="CH"), "Switzerland"),
        (Transfer(international_organisation_en="Interpol"), "Interpol"),
        (Transfer(), ""),
    ]

    for row, expected in rows:
        assert str(row) == expected


@pytest.mark.parametrize("model", [Recipient, Processor, JointController, ServedController])
def test_only_the_body_itself_is_no_second_party(model, activity, body_a, body_b):
    model(activity=activity, organisation=body_b).full_clean()
    model(activity=activity, name_nl="Iemand").full_clean()

    with pytest.raises(ValidationError) as refusal:
        model(activity=activity, organisation=body_a).full_clean()

    assert list(refusal.value.message_dict) == ["organisation"]
