"""What somebody sends who writes the form by hand: keys of rows, countries, names of rows."""

import pytest
from django.test import Client

from processing import countries
from processing.admin import row_fields
from processing.models import ProcessingActivity, Processor, Purpose
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of
from tests.processing.admin.conftest import logged_in
from tests.processing.admin.test_row_fields import errors, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a)
    Purpose.objects.create(activity=activity, category_id="B1_01", description_en="Second")
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def editor(editor_a) -> Client:
    return logged_in(editor_a)


def keys(activity: ProcessingActivity) -> list[tuple[int, str]]:
    return list(activity.purposes.order_by("pk").values_list("key", "description_en"))


BEFORE = [(1, "Purpose of Visitors."), (2, "Second")]


class TestKeys:
    @pytest.mark.parametrize(
        "sent",
        [
            {"purposes-0-key": "2", "purposes-1-key": "1"},
            {"purposes-0-key": "2"},
            {"purposes-0-key": "2", "purposes-1-DELETE": "on"},
            {"purposes-0-key": "7"},
            {"purposes-0-key": "2147483647"},
        ],
    )
    def test_row_keeps_its_key(self, sent, editor, activity):
        answer = save(editor, activity, **sent)

        assert answer.status_code in (200, 302)
        left = BEFORE[:1] if "purposes-1-DELETE" in sent else BEFORE
        assert keys(activity) in (left, BEFORE)

    @pytest.mark.parametrize("key", ["1", "2"])
    def test_new_row_takes_no_key_of_one_that_the_form_leaves_out(self, key, editor, activity):
        form = {n: v for n, v in form_of(editor, activity).items() if "purposes-" not in n}
        form |= {"purposes-TOTAL_FORMS": "1", "purposes-INITIAL_FORMS": "0"}
        form |= {"purposes-0-key": key, "purposes-0-description_en": "New"}

        answer = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form)

        assert answer.status_code == 200
        assert "correct the duplicate data" in errors(answer)
        assert keys(activity) == BEFORE

    @pytest.mark.parametrize("key", ["", "1000000", "2147483647", "2147483648", "9" * 30])
    def test_key_of_a_new_row_leaves_room_for_others(self, key, editor, activity):
        new = {"purposes-TOTAL_FORMS": "3", "purposes-2-description_en": "New"}

        answer = save(editor, activity, **new, **{"purposes-2-key": key})

        assert answer.status_code == 302, errors(answer)
        assert keys(activity) == [*BEFORE, (3, "New")]

    @pytest.mark.parametrize("key", ["-1", "x", "1.5"])
    def test_what_is_no_key_is_refused(self, key, editor, activity):
        new = {"purposes-TOTAL_FORMS": "3", "purposes-2-description_en": "New"}

        answer = save(editor, activity, **new, **{"purposes-2-key": key})

        assert answer.status_code == 200
        assert keys(activity) == BEFORE

    def test_row_is_named_once_however_often_it_is_sent(self, editor, activity):
        save(editor, activity, **{"legal_grounds-0-purposes": ["2", "1", "2"] * 300})

        assert activity.legal_grounds.get().purposes == [2, 1]


class TestCountries:
    @pytest.mark.parametrize("field", ["country", "data_countries"])
    def test_what_is_longer_than_all_countries_is_not_looked_at(
        self, field, editor, activity, monkeypatch
    ):
        """A form full of them took a processor for many seconds."""
        looked_at: list[str] = []
        known = countries.code_of
        monkeypatch.setattr(countries, "code_of", lambda t: looked_at.append(t) or known(t))
        Processor.objects.create(activity=activity, name_en="Cloud")
        activity.remember(by=None)
        form = {f"processors-0-{field}": "BE;" * 5_000}

        answer = save(editor, activity, **form)

        assert answer.status_code == 200
        assert "Ensure this value has at most" in errors(answer)
        assert looked_at == []

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_all_countries_fit(self, language):
        names = [name for _code, name in countries.names(language)]

        assert len("; ".join(names)) < row_fields.LONGEST_COUNTRIES
        assert max(map(len, names)) < row_fields.LONGEST_COUNTRY


class TestPairs:
    def test_each_row_is_compared_once_with_those_of_a_colleague(
        self, editor, activity, publisher_a, monkeypatch
    ):
        """Rows times rows of long texts took a processor for half a minute."""
        told: list[str] = []
        said = row_fields.CountryField.as_sent_by_us
        monkeypatch.setattr(
            row_fields.CountriesField,
            "as_sent_by_us",
            lambda field, typed: told.append(typed) or said(field, typed),
        )
        form = form_of(editor, activity)
        Processor.objects.bulk_create(
            Processor(activity=activity, key=key, name_en="Cloud") for key in range(1, 21)
        )
        activity.remember(by=publisher_a)
        form |= {"processors-TOTAL_FORMS": "20"}
        for number in range(20):
            row = {"name_en": f"Printer {number}", "data_countries": "Belgium", "key": number + 1}
            form |= {f"processors-{number}-{name}": value for name, value in row.items()}

        answer = editor.post(f"{ACTIVITIES}{activity.pk}/change/", form)

        assert "Somebody else added rows." in answer.text
        assert len(told) <= 2 * 20
