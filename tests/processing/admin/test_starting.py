"""What goes from one body to another with a copy or a template: what is public, nothing else."""

import pytest
from django.test import Client

from organisations.models import Department, Membership, Organisation
from processing.models import (
    PARTS,
    ActivityTemplate,
    ProcessingActivity,
    Processor,
    Transfer,
)
from processing.publishing import NeedsAnotherPerson
from processing.snapshots import NOT_CONTENT, content_fields, content_of, row_models
from tests import factories
from tests.admin_forms import ACTIVITIES

pytestmark = pytest.mark.django_db

CANARY = "canary"


@pytest.fixture
def of_both(publisher_a, body_b) -> Client:
    Membership.objects.create(user=publisher_a, organisation=body_b, role=Membership.Role.EDITOR)
    client = Client()
    client.force_login(publisher_a)
    return client


@pytest.fixture
def full(body_a, body_b, editor_a) -> ProcessingActivity:
    activity = factories.create_full_activity(body_a, body_b, CANARY)
    activity.department = Department.objects.create(organisation=body_a, name_en="Disputes")
    activity.save()
    activity.remember(by=editor_a)
    return activity


def internal(content: dict) -> dict[str, object]:
    """The values of a content that are declared internal, by model and field."""
    rows = [(ProcessingActivity, content)]
    for name, model in row_models(ProcessingActivity).items():
        rows += [(model, row) for row in content.get(name, [])]
    return {
        f"{model.__name__}.{field.name}": row[field.name]
        for model, row in rows
        for field in content_fields(model, without={*NOT_CONTENT, "activity"})
        if getattr(field, "translated_field", field).name in model.INTERNAL
        and row.get(field.name) not in (None, "", [], False)
    }


def test_there_is_something_internal_to_look_for(full):
    named = {name.partition(".")[0] for name in internal(content_of(full))}

    declared = {
        model.__name__
        for model in (ProcessingActivity, *PARTS)
        if set(model.INTERNAL) - {*NOT_CONTENT, "activity"}
    }
    assert named == declared


def test_copy_for_another_body_takes_only_what_is_public(of_both, full, body_b):
    of_both.post(f"{ACTIVITIES}{full.pk}/copy/", {"organisation": body_b.pk})

    copied = ProcessingActivity.objects.get(organisation=body_b)
    assert internal(content_of(copied)) == {}
    assert copied.public_record().purposes == full.public_record().purposes
    assert copied.public_record().processors == full.public_record().processors
    assert copied.department is None


def test_copy_within_a_body_takes_everything(of_both, full, body_a):
    of_both.post(f"{ACTIVITIES}{full.pk}/copy/", {"organisation": body_a.pk})

    copied = ProcessingActivity.objects.exclude(pk=full.pk).get(organisation=body_a)
    assert internal(content_of(copied)) == internal(content_of(full))
    assert copied.department == full.department


def test_template_holds_only_what_is_public(administrator, full):
    central = Client()
    central.force_login(administrator)

    central.post(f"{ACTIVITIES}{full.pk}/copy/", {"template": "1"})

    template = ActivityTemplate.objects.get()
    assert internal(template.content) == {}
    assert template.content["purposes"]
    assert "department" not in template.content


def test_template_from_before_gives_only_what_is_public(of_both, full, body_b):
    ActivityTemplate.objects.create(slug="old", content=content_of(full))

    of_both.post(f"{ACTIVITIES}templates/", {"template": "old", "organisation": body_b.pk})

    made = ProcessingActivity.objects.get(organisation=body_b)
    assert internal(content_of(made)) == {}
    assert made.public_record().purposes == full.public_record().purposes
    assert made.department is None


def test_copy_cannot_be_published_by_who_wrote_what_was_copied(body_a, editor_a, publisher_a, full):
    body_a.requires_two_persons = True
    body_a.save()
    full.name_en = "By the publisher"
    full.save()
    full.remember(by=publisher_a)
    editor = Client()
    editor.force_login(editor_a)

    editor.post(f"{ACTIVITIES}{full.pk}/copy/", {"organisation": body_a.pk})

    copied = ProcessingActivity.objects.exclude(pk=full.pk).get(organisation=body_a)
    with pytest.raises(NeedsAnotherPerson):
        copied.publish(by=publisher_a)


def test_template_cannot_be_published_by_who_wrote_what_it_was_made_of(
    body_a, editor_a, publisher_a, administrator, full
):
    body_a.requires_two_persons = True
    body_a.save()
    full.name_en = "By the publisher"
    full.save()
    full.remember(by=publisher_a)
    central, editor = Client(), Client()
    central.force_login(administrator)
    editor.force_login(editor_a)
    central.post(f"{ACTIVITIES}{full.pk}/copy/", {"template": "1"})
    template = ActivityTemplate.objects.get()

    chosen = {"template": template.slug, "organisation": body_a.pk}
    editor.post(f"{ACTIVITIES}templates/", chosen)

    made = ProcessingActivity.objects.exclude(pk=full.pk).get(organisation=body_a)
    with pytest.raises(NeedsAnotherPerson):
        made.publish(by=publisher_a)


class TestHiddenBodies:
    """Only the people of a body that is not public know that there is one."""

    @pytest.fixture
    def naming(self, body_a, administrator) -> ProcessingActivity:
        """Names a hidden body, and a transfer to it; another processor was called in by it."""
        hidden = factories.create_organisation("hidden", is_public=False, name_en="Hidden Bureau")
        activity = factories.create_activity(body_a)
        first = Processor.objects.create(activity=activity, organisation=hidden)
        Processor.objects.create(activity=activity, name_en="Printer", works_for=first.key)
        Transfer.objects.create(
            activity=activity, country="CH", mechanism_id="02", processor=first.key
        )
        activity.remember(by=administrator)
        return activity

    def made(self, client: Client, body: Organisation) -> str:
        made = ProcessingActivity.objects.get(organisation=body)
        return client.get(f"{ACTIVITIES}{made.pk}/change/").text

    def test_template_tells_them_to_nobody_else(self, naming, administrator, publisher_b, body_b):
        central, them = Client(), Client()
        central.force_login(administrator)
        them.force_login(publisher_b)
        central.post(f"{ACTIVITIES}{naming.pk}/copy/", {"template": "1"})
        slug = ActivityTemplate.objects.get().slug

        them.post(f"{ACTIVITIES}templates/", {"organisation": body_b.pk, "template": slug})

        page = self.made(them, body_b)
        assert "Hidden Bureau" not in page
        assert "1 row is left out: it names a federal body that is not on this site." in page
        processor = Processor.objects.get(activity__organisation=body_b)
        transfer = Transfer.objects.get(activity__organisation=body_b)
        assert (str(processor), processor.works_for, transfer.processor) == ("Printer", None, None)

    def test_copy_for_another_body_tells_them_to_nobody_else(self, naming, of_both, body_b):
        of_both.post(f"{ACTIVITIES}{naming.pk}/copy/", {"organisation": body_b.pk})

        assert "Hidden Bureau" not in self.made(of_both, body_b)

    def test_its_own_people_take_it_along(self, naming, of_both, publisher_a, body_b):
        hidden = Organisation.objects.get(slug="hidden")
        Membership.objects.create(user=publisher_a, organisation=hidden, role="editor")

        of_both.post(f"{ACTIVITIES}{naming.pk}/copy/", {"organisation": body_b.pk})

        assert "Hidden Bureau" in self.made(of_both, body_b)
