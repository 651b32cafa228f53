"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from organisations.rows import MOST_ROWS as MOST_ROWS_SENT
from processing import publishing
from processing.models import DataItem, ProcessingActivity
from processing.publishing import MOST_CHARACTERS, MOST_ROWS, DoesNotFit
from processing.snapshots import row_models
from tests.admin_forms import ACTIVITIES, form_of
from tests.conftest import LANGUAGES
from tests.drains.helpers import ADD

KINDS = tuple(row_models(ProcessingActivity))


def told(total: int = 0, initial: int = 0) -> dict[str, int]:
    """How many rows of each kind a form says that it holds."""
    counts = {"TOTAL": total, "INITIAL": initial}
    return {f"{kind}-{name}_FORMS": count for kind in KINDS for name, count in counts.items()}


class TestRows:
    def test_rows_that_are_not_sent_do_not_exist(self, editor):
        """319 bytes took 29 seconds of a processor and 362 MB."""
        answer = editor.post(ADD, told(total=500))

        formsets = [rows.formset for rows in answer.context["inline_admin_formsets"]]
        assert [len(formset.forms) for formset in formsets] == [0] * len(KINDS)
        assert len(answer.content) < 200_000

    def test_number_of_rows_is_cut_to_the_last_that_was_sent(self, editor):
        sent = told(total=500) | {"data-1-category": "A1", "purposes-7-nonsense": "x"}

        answer = editor.post(ADD, sent)

        formsets = {rows.formset.prefix: rows for rows in answer.context["inline_admin_formsets"]}
        counts = {kind: len(rows.formset.forms) for kind, rows in formsets.items()}
        assert {kind: count for kind, count in counts.items() if count} == {
            "data": 2,
            "purposes": 8,
        }

    @pytest.mark.parametrize("last", [0, MOST_ROWS_SENT // len(KINDS)])
    def test_one_limit_holds_for_all_rows_together(self, last, editor):
        sent = told(total=500) | {f"{kind}-{last}-x": "x" for kind in KINDS}

        answer = editor.post(ADD, sent)

        assert answer.status_code == (413 if last else 200)

    @pytest.mark.parametrize(
        "nonsense",
        [{"data-TOTAL_FORMS": "x"}, {"data-INITIAL_FORMS": ""}, {"data-TOTAL_FORMS": "-1"}],
    )
    def test_number_that_is_none_is_refused(self, nonsense, editor):
        assert editor.post(ADD, told() | nonsense).status_code == 400

    @pytest.mark.parametrize("model", ["user", "organisation"])
    def test_every_form_of_the_admin_has_the_limit(self, model, administrator):
        central = Client()
        central.force_login(administrator)
        address = reverse(f"admin:organisations_{model}_add")
        sent = {"memberships-TOTAL_FORMS": 500, "memberships-INITIAL_FORMS": 0}

        few = central.post(address, sent)
        many = central.post(address, sent | {f"memberships-{MOST_ROWS_SENT}-role": "editor"})

        assert len(few.context["inline_admin_formsets"][0].formset.forms) == 0
        assert many.status_code == 413

    def test_no_list_can_be_edited_row_by_row(self):
        """Its rows would be a form too."""
        assert [model for model, form in admin.site._registry.items() if form.list_editable] == []

    def test_only_so_many_are_published_or_withdrawn_at_a_time(self, publisher_a, body_a):
        publisher = Client()
        publisher.force_login(publisher_a)
        ProcessingActivity.objects.bulk_create(
            ProcessingActivity(organisation=body_a, number=number) for number in range(1, 31)
        )
        keys = list(ProcessingActivity.objects.values_list("pk", flat=True))
        sent = {"action": "request_approval", "select_across": "1", "index": "0"}

        answers = [
            publisher.post(ACTIVITIES, sent | {"_selected_action": keys[:1]}, follow=True),
            publisher.post(
                ACTIVITIES, sent | {"_selected_action": keys, "select_across": "0"}, follow=True
            ),
        ]

        for answer in answers:
            assert "You have chosen 30. Choose at most 10 at a time." in answer.text
        assert "Not done for" not in answers[0].text

    def test_form_that_leaves_rows_out_stores_no_more_than_fit(self, editor, activity):
        DataItem.objects.bulk_create(
            DataItem(activity=activity, category_id="A1", key=key)
            for key in range(2, MOST_ROWS - 8)
        )
        form = form_of(editor, activity)
        without_rows = {name: value for name, value in form.items() if "-" not in name} | told()
        new = {f"data-{row}-category": "A1" for row in range(20)}
        new |= {f"data-{row}-is_mandatory": "unknown" for row in range(20)}
        before = activity.data.count()

        answer = editor.post(
            f"{ACTIVITIES}{activity.pk}/change/", without_rows | new | {"data-TOTAL_FORMS": 20}
        )

        assert answer.status_code == 413
        assert activity.data.count() == before

    def test_text_of_all_rows_and_languages_has_one_limit(self, editor, activity, monkeypatch):
        monkeypatch.setattr(publishing, "MOST_CHARACTERS", 1_000)
        form = form_of(editor, activity) | {"summary_nl": "x" * 600, "data-0-detail_fr": "y" * 600}
        address = f"{ACTIVITIES}{activity.pk}/change/"

        refused = editor.post(address, form)
        saved = editor.post(address, form | {"data-0-DELETE": "on"})

        assert "1000 fit in one activity" in refused.text
        assert "y" * 600 in refused.text
        assert saved.status_code == 302

    def test_what_is_too_long_in_all_is_remembered_by_no_way(self, activity, editor_a):
        texts = [name for name in form_texts() if name != "name_nl"]
        for name in texts:
            setattr(activity, name, "x" * 4_000)
        many = [DataItem(activity=activity, category_id="A1", key=key) for key in range(2, 72)]
        for item in many:
            item.detail_nl = item.detail_fr = item.detail_de = item.detail_en = "x" * 2_000
        activity.save()
        DataItem.objects.bulk_create(many)

        with pytest.raises(DoesNotFit, match=str(MOST_CHARACTERS)):
            activity.remember(by=editor_a)


def form_texts() -> list[str]:
    return [
        f"{name}_{language}" for name in ("summary", "security", "name") for language in LANGUAGES
    ][:-4]
