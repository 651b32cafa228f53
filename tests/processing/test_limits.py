"""What an entry may hold at most, and that so much can be published and found."""

import tomllib
from collections import Counter

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import DataError, connection, models, transaction
from django.test import Client
from django.urls import reverse

from organisations.limits import LimitedTextField, is_limited
from organisations.models import Organisation
from processing import publishing
from processing.demonstration import register_files
from processing.finding import search_documents
from processing.management.commands import load_codelists, load_templates
from processing.management.commands.load_demonstration import DIRECTORY
from processing.models import (
    CODE_LISTS,
    PARTS,
    ActivityTemplate,
    DataItem,
    HistoryEntry,
    ProcessingActivity,
    Processor,
    Publication,
    SearchText,
    SearchWord,
    Synonym,
    Theme,
)
from processing.publishing import MOST_ROWS, DoesNotFit
from processing.snapshots import content_of, row_models
from registry_site.local.costs.fullest import fullest_activity, texts
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

WRITTEN_BY_PEOPLE = (
    *(ProcessingActivity, *PARTS, ActivityTemplate, HistoryEntry),
    *(Organisation, *CODE_LISTS.values(), Synonym),
)


def empty_rows() -> dict[str, int]:
    names = row_models(ProcessingActivity)
    return {f"{n}-{k}": 0 for n in names for k in ("TOTAL_FORMS", "INITIAL_FORMS")}


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


@pytest.fixture
def central(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


class TestTexts:
    def test_every_text_has_a_limit(self):
        assert [error for error in run_checks() if error.id == "organisations.E002"] == []

    @pytest.mark.parametrize("field", ["city_fr", "website_nl"])
    def test_text_without_a_limit_fails_the_system_check(self, field, monkeypatch):
        monkeypatch.setattr(Organisation._meta.get_field(field), "max_length", None)

        (error,) = [error for error in run_checks() if error.id == "organisations.E002"]

        assert error.msg == f"organisations.Organisation.{field} is a text without a limit."

    def test_limit_that_only_forms_keep_is_none(self):
        assert not is_limited(models.TextField(max_length=5))
        assert not is_limited(models.CharField())
        assert is_limited(LimitedTextField(max_length=5))

    def test_database_keeps_the_limit_of_every_column(self):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT table_name, column_name, character_maximum_length"
                " FROM information_schema.columns WHERE table_schema = 'public'"
            )
            kept = {(table, column): length for table, column, length in cursor}

        for model in WRITTEN_BY_PEOPLE:
            for field in texts(model):
                column = kept[model._meta.db_table, field.column]
                assert (field, column) == (field, field.max_length)

    def test_text_at_its_limit_fits_and_one_more_character_does_not(self, activity):
        activity.summary_de = "ß" * 5000
        activity.full_clean()
        activity.save()

        activity.summary_de += "ß"

        with pytest.raises(ValidationError, match="at most 5000 characters"):
            activity.full_clean()
        with pytest.raises(DataError), transaction.atomic():
            activity.save()

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_form_tells_how_many_characters_there_are_and_fit(
        self, language, central, administrator, body_a
    ):
        administrator.language = language
        administrator.save()
        values = {"organisation": body_a.pk, "name_nl": "n" * 601, "summary_fr": "s" * 5001}
        values |= empty_rows() | {"data-TOTAL_FORMS": 1}
        values |= {"data-0-category": "A1", "data-0-detail_en": "d" * 2002}

        response = central.post(reverse("admin:processing_processingactivity_add"), values)

        form = response.context["adminform"].form
        (rows,) = [
            formset.formset.forms
            for formset in response.context["inline_admin_formsets"]
            if formset.formset.model is DataItem
        ]
        told = [form.errors["name_nl"], form.errors["summary_fr"], rows[0].errors["detail_en"]]
        for errors, numbers in zip(
            told, [("601", "600"), ("5001", "5000"), ("2002", "2000")], strict=True
        ):
            (text,) = errors
            assert [number for number in numbers if number not in text] == []
            assert ("Ensure" in text) == (language == "en")
        # Nothing that was typed is lost.
        assert "s" * 5001 in response.text

    def test_browser_cuts_nothing_of_what_is_pasted(self, central, activity):
        changed = reverse("admin:processing_processingactivity_change", args=[activity.pk])
        step = reverse("admin:processing_processingactivity_step", args=[activity.pk, "withdraw"])
        erasure = reverse("admin:processing_processingactivity_erase", args=[activity.pk])

        for address in (changed, step, erasure, reverse("admin:organisations_organisation_add")):
            assert "maxlength" not in central.get(address).text

    def test_limits_leave_five_times_what_the_demonstration_register_holds(self):
        longest: Counter = Counter()
        models_of_rows = row_models(ProcessingActivity)
        for _slug, path in register_files(DIRECTORY):
            for entry in tomllib.loads(path.read_text(encoding="utf-8"))["activity"]:
                for version in (entry, *entry.get("earlier", [])):
                    parts = [(ProcessingActivity, version | version.get("internal", {}))]
                    for name, model in models_of_rows.items():
                        parts += [(model, row) for row in version.get(name, [])]
                    for model, values in parts:
                        for field in texts(model):
                            name, _, language = field.name.rpartition("_")
                            value = values.get(field.name) or values.get(name, "")
                            value = value.get(language, "") if isinstance(value, dict) else value
                            longest[field] = max(longest[field], len(value))

        assert [f for f, length in longest.items() if f.max_length < 5 * length] == []
        assert len([length for length in longest.values() if length]) > 60

    def test_file_with_a_text_that_is_too_long_is_refused_with_its_place(
        self, tmp_path, monkeypatch
    ):
        (tmp_path / "themes.csv").write_text(f"code,broader,label_nl\nLONG,,{'x' * 251}\n")
        (tmp_path / "synonyms.csv").write_text(f"language,everyday,means\nnl,dop,{'x' * 301}\n")
        template = f'[title]\nnl = "x"\n[description]\nnl = "{"x" * 2001}"\n[content]\n'
        (tmp_path / "long.toml").write_text(template)
        monkeypatch.setattr(load_templates, "DIRECTORY", tmp_path)

        with pytest.raises(CommandError, match=r"themes.csv, LONG: .*251 characters; 250 fit"):
            load_codelists.load(tmp_path / "themes.csv", Theme)
        with pytest.raises(CommandError, match=r"synonyms.csv, dop: .*301 characters; 300 fit"):
            load_codelists.load_synonyms(tmp_path / "synonyms.csv")
        with pytest.raises(CommandError, match=r"long.toml: .*2001 characters; 2000 fit"):
            load_templates.Command().handle()

    def test_name_at_its_limit_becomes_the_title_of_a_template(self, central, activity):
        activity.name_en = "n" * 600
        activity.save()
        address = reverse("admin:processing_processingactivity_copy", args=[activity.pk])

        response = central.post(address, {"template": "1"})

        assert response.status_code == 302
        assert ActivityTemplate.objects.get().title_en == activity.name_en


class TestRows:
    @pytest.fixture
    def with_too_many(self, activity) -> ProcessingActivity:
        """One row more than fits: no form saves that."""
        missing = MOST_ROWS + 1 - 4
        Processor.objects.bulk_create(
            Processor(activity=activity, key=key, name_en="x") for key in range(1, missing + 1)
        )
        return activity

    def test_form_with_too_many_rows_says_how_many_fit(self, central, body_a, monkeypatch):
        # The page takes its time with hundreds.
        monkeypatch.setattr(publishing, "MOST_ROWS", 6)
        values = {"organisation": body_a.pk, "name_nl": "Veel"} | empty_rows()
        values |= {"purposes-TOTAL_FORMS": 4, "data-TOTAL_FORMS": 4}
        values |= {"data-2-DELETE": "on"}
        for row in range(4):
            values |= {f"data-{row}-category": "A1", f"purposes-{row}-description_nl": f"{row}"}

        response = central.post(reverse("admin:processing_processingactivity_add"), values)
        fewer = central.post(
            reverse("admin:processing_processingactivity_add"), values | {"data-3-DELETE": "on"}
        )

        assert response.status_code == 200
        assert "There are 7 rows" in response.text
        assert "6 fit in one activity" in response.text
        assert fewer.status_code == 302
        assert ProcessingActivity.objects.count() == 1

    def test_door_lets_no_more_rows_through(self, with_too_many, publisher_a):
        for step in (with_too_many.publish, with_too_many.request_approval):
            with pytest.raises(DoesNotFit, match=f"There are {MOST_ROWS + 1} rows"):
                step(by=publisher_a)

        Processor.objects.first().delete()
        with_too_many.publish(by=publisher_a)

        assert Publication.objects.get().public_record.number_of_rows == MOST_ROWS

    def test_content_that_does_not_fit_is_not_restored_and_says_why(
        self, central, activity, administrator
    ):
        activity.remember(by=administrator)
        content = content_of(activity)
        content |= {"summary_nl": "x" * 5001, "processors": [{"id": 1, "name_en": "x"}] * MOST_ROWS}
        HistoryEntry.objects.filter(activity=activity).update(content=content)
        address = reverse("admin:processing_processingactivity_restore", args=[activity.pk, 1])

        response = central.post(address, follow=True)

        activity.refresh_from_db()
        assert "5001 characters; 5000 fit" in response.text
        assert f"There are {MOST_ROWS + 4} rows" in response.text
        assert activity.summary_en == "Summary of Visitors."
        assert activity.processors.count() == 0

    @pytest.mark.parametrize("way", ["copy", "templates"])
    def test_content_that_does_not_fit_starts_no_activity(self, way, central, with_too_many):
        content = content_of(with_too_many)
        ActivityTemplate.objects.create(slug="many", content=content)
        arguments = [with_too_many.pk] if way == "copy" else []
        address = reverse(f"admin:processing_processingactivity_{way}", args=arguments)
        values = {"organisation": with_too_many.organisation_id, "template": "many"}
        if way == "copy":
            del values["template"]

        response = central.post(address, values, follow=True)

        assert f"There are {MOST_ROWS + 1} rows" in response.text
        assert ProcessingActivity.objects.count() == 1


class TestEverythingAtItsLimit:
    @pytest.fixture
    def full(self, body_a) -> ProcessingActivity:
        return fullest_activity(body_a)

    def test_it_is_published_and_found_by_its_title_and_its_first_words_until_withdrawn(
        self, full, publisher_a, visitor
    ):
        full.full_clean()
        with connection.cursor() as cursor:
            # As for a page of the admin.
            cursor.execute(f"SET LOCAL statement_timeout = '{settings.STATEMENT_TIMEOUT}s'")

        full.publish(by=publisher_a)

        assert SearchText.objects.count() == 4
        for language in LANGUAGES:
            title = getattr(full, f"name_{language}").split()
            purpose = getattr(full.purposes.first(), f"description_{language}").split()
            summary = getattr(full, f"summary_{language}").split()
            for word in (title[0], title[-2], purpose[0], summary[0], summary[-2]):
                page = visitor.get(f"/{language}/processing/?q={word}")
                assert f'href="/{language}/processing/body-a/1/"' in page.text
        assert visitor.get("/nl/processing/body-a/1/").status_code == 200

        full.withdraw(by=publisher_a, reason="")

        assert SearchWord.objects.count() == 0
        assert SearchText.objects.count() == 0

    def test_words_that_nobody_types_are_left_out(self, activity, publisher_a):
        activity.summary_en = f"{'x' * 101} {'y' * 100}"
        activity.save()

        fitting = search_documents._fitting(activity.public_record(), "en")

        assert fitting[search_documents.Weight.REST][0] == "y" * 100
