"""The list of activities finds an entry by all that its people wrote in it."""

import io

import pytest
from django.core.management import call_command
from django.db import models
from django.test import Client

from organisations.models import Department
from processing.models import (
    PARTS,
    ActivityWords,
    DataItem,
    ProcessingActivity,
    Processor,
    Transfer,
)
from processing.models.erasure import Erasure
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of

pytestmark = pytest.mark.django_db

CANARY = "canary"


@pytest.fixture
def activity(body_a, body_b, editor_a) -> ProcessingActivity:
    """Its texts hold words that tell which field they stand in."""
    activity = factories.create_full_activity(body_a, body_b, CANARY)
    activity.remember(by=editor_a)
    return activity


@pytest.fixture
def other(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


def found(person: Client, term: str, **filters: str) -> list[int]:
    """The keys of the activities that the list shows."""
    answer = person.get(ACTIVITIES, {"q": term} | filters)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["cl"].result_list]


def words_written(model: type[models.Model]) -> list[str]:
    """One for each text field of the model, the columns of each language included."""
    words = factories.canary_texts(model, CANARY)
    return [word for name, word in words.items() if name != "withdrawal_reason"]


@pytest.mark.parametrize("model", [ProcessingActivity, *PARTS])
def test_every_text_is_searched(model, editor, activity, other):
    missed = [word for word in words_written(model) if found(editor, word) != [activity.pk]]

    assert words_written(model)
    assert missed == []


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("Réfugiés à l’étranger", "refugies"),
        ("Réfugiés à l’étranger", "l'etranger"),
        ("Überprüfung", "UBERPRUFUNG"),
        ("Paspoortnummers", "paspoort"),
        ("Mails en e-mailadressen", "email"),
        ("Mails en emailadressen", "e-mail"),
        ("Verordening (EU) 2016/679", "2016/679"),
        ("Nummer 0206.731.645", "0206731645"),
        ("Nummer 0206731645", "0206.731.645"),
        ("Iets met 100 % en _", "100 % _"),
        ("Eerst dit en dan dat", "dat eerst"),
    ],
)
def test_word_is_found_however_it_is_written(written, term, editor, editor_a, body_a, other):
    activity = factories.create_activity(body_a, name=written, language="nl")
    activity.remember(by=editor_a)

    assert found(editor, term) == [activity.pk]


def test_all_words_must_be_there(editor, activity, other):
    assert found(editor, "visitors summary") == [other.pk]
    assert found(editor, "visitors nowhere") == []
    assert found(editor, "???") == []
    assert found(editor, "%") == []
    assert found(editor, "") == [activity.pk, other.pk]


def test_number_finds_the_entry_that_has_it(editor, editor_a, body_a):
    entries = [factories.create_activity(body_a, name=f"Entry {n}") for n in range(12)]
    entries[3].reference = "HR 12"
    entries[3].save()
    for entry in entries:
        entry.remember(by=editor_a)

    assert found(editor, "12") == [entries[3].pk, entries[11].pk]
    assert found(editor, "9" * 30) == []


def test_name_of_a_body_that_receives_data_finds_the_entry(editor, activity, other, body_b):
    assert found(editor, "Dienststelle body-b") == [activity.pk]


def test_internal_words_of_others_are_not_found(activity, editor_b):
    stranger = Client()
    stranger.force_login(editor_b)

    for word in ("canary-internal-remarks", "canary", "1"):
        assert found(stranger, word) == []


def test_what_is_saved_in_the_form_is_found_at_once(editor, other):
    form = form_of(editor, other) | {"remarks": "Ask the archivist."}

    editor.post(f"{ACTIVITIES}{other.pk}/change/", form)

    assert found(editor, "archivist") == [other.pk]
    form = form_of(editor, other) | {"remarks": ""}
    editor.post(f"{ACTIVITIES}{other.pk}/change/", form)
    assert found(editor, "archivist") == []


def test_words_go_with_a_draft_that_is_deleted(editor, other):
    editor.post(f"{ACTIVITIES}{other.pk}/delete/", {"post": "yes"})

    assert not ActivityWords.objects.exists()


def test_erasing_keeps_the_words_of_what_it_says_now_only(publisher_a, editor, other):
    # Written past the history, as by hand in the database.
    ActivityWords.objects.filter(activity=other).update(text=" unspeakable ")
    other.name_en = "Guests"
    other.save()

    seen = other.history.count()
    other.erase(Erasure(contents=True), by=publisher_a, reason="", seen=seen)

    assert found(editor, "unspeakable") == []
    assert found(editor, "guests") == [other.pk]


@pytest.mark.parametrize("arguments", [[], ["--missing"]])
def test_words_can_be_written_anew(arguments, editor, activity, other):
    before = dict(ActivityWords.objects.values_list("activity", "text"))
    ActivityWords.objects.filter(activity=activity).delete()
    out = io.StringIO()

    call_command("rebuild_search", *arguments, stdout=out)

    assert dict(ActivityWords.objects.values_list("activity", "text")) == before
    assert f"{1 if arguments else 2} working copies rebuilt" in out.getvalue()


def test_longest_text_fits(editor, editor_a, body_a):
    activity = factories.create_activity(body_a)
    # Eighteen letters each, once it is written out.
    activity.detailed_measures = "\ufdfa" * 20_000
    activity.remarks = " ".join(f"{number:x}" for number in range(4_000))
    activity.save()

    activity.remember(by=editor_a)

    assert found(editor, "visitors") == [activity.pk]


class TestFilters:
    def test_category_of_data_finds_those_below_it(self, editor, editor_a, body_a, other):
        passports = factories.create_activity(body_a, name="Passports")
        DataItem.objects.filter(activity=passports).update(category="B01")

        assert found(editor, "", data="B") == [passports.pk]
        assert found(editor, "", data="A") == [other.pk]
        assert found(editor, "", data="nonsense") == []

    @pytest.mark.parametrize(("gap", "is_found"), [("language-fr", True), ("language-en", False)])
    def test_language_that_is_missing_is_a_filter(self, gap, is_found, editor, other):
        assert found(editor, "", gap=gap) == ([other.pk] if is_found else [])

    def test_department_is_a_filter(self, editor, body_a, other):
        archive = Department.objects.create(organisation=body_a, name_nl="Archief")
        factories.create_activity(body_a, name="Passports")
        ProcessingActivity.objects.filter(pk=other.pk).update(department=archive)

        assert found(editor, "", department__id__exact=str(archive.pk)) == [other.pk]

    def test_processor_is_a_filter_by_its_body_or_its_name(self, editor, body_a, body_b, other):
        passports = factories.create_activity(body_a, name="Passports")
        Processor.objects.create(activity=other, organisation=body_b)
        Processor.objects.create(activity=passports, name_fr="Imprimerie")

        assert found(editor, "", processor=f"body:{body_b.pk}") == [other.pk]
        assert found(editor, "", processor="Imprimerie") == [passports.pk]
        assert found(editor, "", processor="body:Imprimerie") == []
        assert self.offered(editor, "processor") == {f"body:{body_b.pk}", "Imprimerie"}

    def test_country_is_a_filter_wherever_it_is_named(self, editor, body_a, other):
        passports = factories.create_activity(body_a, name="Passports")
        Processor.objects.create(activity=other, name_fr="Imprimerie", country="CH")
        Processor.objects.create(activity=other, name_fr="Cloud", data_countries=["US", "IN"])
        Transfer.objects.create(activity=passports, country="US", mechanism_id="02")

        assert found(editor, "", country="CH") == [other.pk]
        assert found(editor, "", country="US") == [other.pk, passports.pk]
        assert found(editor, "", country="nonsense") == []
        assert self.offered(editor, "country") == {"CH", "US", "IN"}

    def test_only_own_activities_say_what_is_offered(self, editor_b, body_a, other):
        Processor.objects.create(activity=other, name_fr="Imprimerie", country="CH")
        stranger = Client()
        stranger.force_login(editor_b)

        assert self.offered(stranger, "processor") == set()
        assert self.offered(stranger, "country") == set()

    def offered(self, person: Client, name: str) -> set[str]:
        filters = person.get(ACTIVITIES).context["cl"].filter_specs
        values = [
            spec.lookup_choices for spec in filters if getattr(spec, "parameter_name", "") == name
        ]
        return {value for choices in values for value, _label in choices}
