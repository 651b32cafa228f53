import pytest
from django.test import Client
from django.urls import reverse

from organisations.models import User
from processing.admin.forms import RemarkForm
from processing.models import ProcessingActivity, Publication, Theme
from processing.publishing import MOST_ROWS
from tests import factories
from tests.admin_forms import ACTIVITIES, PART_NAMES, form_of, form_on

pytestmark = pytest.mark.django_db

MODELS = [
    "organisations_organisation",
    "organisations_user",
    "processing_processingactivity",
    "processing_datacategory",
    "processing_theme",
]


NO_MEMBERSHIPS = {"memberships-TOTAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}


@pytest.fixture
def central(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


@pytest.mark.parametrize("model", MODELS)
def test_central_administrator_opens_list_and_form(model, central, body_a):
    factories.create_activity(body_a)

    for page in ("changelist", "add"):
        response = central.get(reverse(f"admin:{model}_{page}"))
        assert response.status_code == 200
        assert "unsafe" not in response.headers["Content-Security-Policy"]
        assert "public" not in response.headers.get("Cache-Control", "")


def test_central_administrator_enters_an_activity_in_two_languages(central, body_a):
    form = central.get(reverse("admin:processing_processingactivity_add")).context["adminform"].form
    values = {"organisation": body_a.pk, "name_nl": "Bezoekers", "name_de": "Besucher"}
    for part in PART_NAMES:
        values |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    assert set(values) & set(form.fields) == {"organisation", "name_nl", "name_de"}

    response = central.post(reverse("admin:processing_processingactivity_add"), values)

    assert response.status_code == 302
    activity = ProcessingActivity.objects.get()
    assert (activity.number, activity.name_nl, activity.name_de) == (1, "Bezoekers", "Besucher")
    assert (activity.status, Publication.objects.count()) == ("draft", 0)


def test_actions_publish_and_withdraw_and_tell_what_is_refused(central, body_a):
    complete = factories.create_activity(body_a, name="Complete")
    incomplete = ProcessingActivity.objects.create(organisation=body_a, name_en="Incomplete")
    selection = {"_selected_action": [complete.pk, incomplete.pk]}
    changelist = reverse("admin:processing_processingactivity_changelist")

    seen = {f"seen-{row.pk}": row.fingerprint() for row in (complete, incomplete)}

    looked_at = central.post(changelist, {"action": "publish"} | selection | seen)
    assert seen.items() <= form_on(looked_at.text).items()
    assert not Publication.objects.exists()
    publish = {"action": "publish", "confirmed": "1"}
    published = central.post(changelist, publish | selection | seen, follow=True)

    messages = [str(message) for message in published.context["messages"]]
    assert [p.working_copy for p in Publication.objects.current()] == [complete]
    assert "1 activity was published." in messages
    assert any("Incomplete" in text and "at least one purpose" in text for text in messages)

    asked = central.post(changelist, {"action": "withdraw"} | selection)
    assert "Why?" in asked.text
    assert Publication.objects.current().exists()

    withdraw = {"action": "withdraw", "confirmed": "1", "remark": "A mistake."}
    seen = {f"seen-{row.pk}": row.public_version() for row in (complete, incomplete)}
    central.post(changelist, withdraw | selection | seen)
    complete.refresh_from_db()
    assert not Publication.objects.current().exists()
    assert (complete.status, complete.withdrawal_reason) == ("withdrawn", "A mistake.")


def test_what_was_public_cannot_be_deleted(central, body_a, administrator):
    activity = factories.create_activity(body_a)
    activity.publish(by=administrator)

    address = reverse("admin:processing_processingactivity_delete", args=[activity.pk])

    assert central.post(address, {"post": "yes"}).status_code == 403
    assert ProcessingActivity.objects.filter(pk=activity.pk).exists()


def test_one_address_is_one_account_in_capitals_or_not(central):
    address = reverse("admin:organisations_user_add")
    form = {"language": "nl"} | NO_MEMBERSHIPS

    first = central.post(address, form | {"email": "New@People.example"})
    second = central.post(address, form | {"email": "new@people.example"})

    assert (first.status_code, second.status_code) == (302, 200)
    assert User.objects.filter(email="new@people.example").count() == 1


def test_body_without_a_name_is_told_so(central):
    form = {"slug": "noname", "kind": "fps"} | NO_MEMBERSHIPS

    response = central.post(reverse("admin:organisations_organisation_add"), form)

    assert response.status_code == 200
    assert "Give the name in at least one language." in response.text


def test_activity_with_very_many_rows_can_be_saved(central, body_a):
    values = {"organisation": body_a.pk, "name_nl": "Veel"}
    for part in set(PART_NAMES) - {"data"}:
        values |= {f"{part}-TOTAL_FORMS": 0, f"{part}-INITIAL_FORMS": 0}
    values |= {"data-TOTAL_FORMS": MOST_ROWS, "data-INITIAL_FORMS": 0}
    for row in range(MOST_ROWS):
        values |= {f"data-{row}-category": "A1", f"data-{row}-detail_nl": f"rij {row}"}
        values |= {f"data-{row}-detail_fr": "", f"data-{row}-detail_de": ""}

    response = central.post(reverse("admin:processing_processingactivity_add"), values)

    assert response.status_code == 302
    assert ProcessingActivity.objects.get().data.count() == MOST_ROWS


def test_code_list_entries_are_retired_never_deleted(central):
    address = reverse("admin:processing_theme_delete", args=["TAXE"])

    assert central.post(address, {"post": "yes"}).status_code == 403


def test_term_cannot_stand_above_itself(central):
    Theme.objects.filter(code="TAXE").update(broader="HEAL")
    address = reverse("admin:processing_theme_change", args=["HEAL"])
    form = {"code": "HEAL", "label_en": "Health", "position": "1", "broader": "TAXE"}

    response = central.post(address, form)

    assert "A term cannot stand above itself." in response.text
    assert Theme.objects.get(code="HEAL").broader is None


@pytest.mark.parametrize("mailbox", ["x?bcc=all@people.example", "a&b@c.example", "a b@c.example"])
def test_mailbox_that_would_change_a_link_is_refused(mailbox, central, body_a):
    form = {"slug": "body-a", "kind": "fps", "name_nl": "A", "review_interval_months": "24"}
    form |= {"contact_mailbox": mailbox} | NO_MEMBERSHIPS
    address = reverse("admin:organisations_organisation_change", args=[body_a.pk])

    assert central.post(address, form).status_code == 200
    body_a.refresh_from_db()
    assert body_a.contact_mailbox == ""


@pytest.mark.parametrize("field", ["contact_mailbox", "dpo_mailbox"])
def test_mailbox_of_a_body_is_kept_as_mail_servers_know_it(field, central, body_a):
    form = {"slug": "body-a", "kind": "fps", "name_nl": "A", "review_interval_months": "24"}
    form |= {"mail_language": "nl", field: "Info@Faß.example"} | NO_MEMBERSHIPS
    address = reverse("admin:organisations_organisation_change", args=[body_a.pk])

    assert central.post(address, form).status_code == 302
    body_a.refresh_from_db()
    assert getattr(body_a, field) == "Info@xn--fa-hia.example"


@pytest.mark.parametrize("number", ["99999999", "-1", "x", ""])
def test_form_with_an_impossible_number_of_rows_is_refused(number, central):
    form = {"name_nl": "x", "data-TOTAL_FORMS": number, "data-INITIAL_FORMS": "0"}

    response = central.post(reverse("admin:processing_processingactivity_add"), form)

    assert response.status_code == 400


@pytest.mark.parametrize(("more", "fits"), [("", True), ("x", False)])
def test_remark_is_counted_as_the_browser_counts_it(more, fits):
    """A line break is one character there, and is sent as two."""
    form = RemarkForm({"remark": "x\r\n" * 999 + "xx" + more}, is_required=True)

    assert form.is_valid() == fits


@pytest.mark.parametrize(("more", "fits"), [("", True), ("x", False)])
@pytest.mark.django_db
def test_text_of_an_activity_is_counted_as_the_browser_counts_it(more, fits, administrator, body_a):
    central = Client()
    central.force_login(administrator)
    values = {"organisation": body_a.pk, "name_nl": "x", "summary_nl": "x\r\n" * 2499 + "xx" + more}
    formsets = {
        f"{name}-{total}": "0" for name in PART_NAMES for total in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    address = reverse("admin:processing_processingactivity_add")
    response = central.post(address, values | formsets)

    assert (response.status_code == 302) == fits


def test_people_of_a_body_see_its_activities_and_no_others(editor_a, body_a, body_b):
    factories.create_activity(body_a, name="Ours")
    factories.create_activity(body_b, name="Theirs")
    client = Client()
    client.force_login(editor_a)

    response = client.get(reverse("admin:processing_processingactivity_changelist"))

    assert response.status_code == 200
    assert ("Ours" in response.text, "Theirs" in response.text) == (True, False)


def test_visitor_is_asked_to_log_in(db):
    response = Client().get(reverse("admin:processing_processingactivity_changelist"))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


@pytest.mark.django_db
def test_name_is_one_line_without_signs_that_turn_it_around(administrator, body_a):
    central = Client()
    central.force_login(administrator)
    activity = factories.create_activity(body_a)
    form = form_of(central, activity)
    form["name_nl"] = "A\u202eevil\u2028\x1b[31m\r\nBcc: victim@people.example"

    response = central.post(f"{ACTIVITIES}{activity.pk}/change/", form)

    activity.refresh_from_db()
    assert response.status_code == 302
    assert activity.name_nl == "A evil [31m Bcc: victim@people.example"


@pytest.mark.django_db
def test_rows_that_are_not_there_make_no_room(administrator, body_a):
    central = Client()
    central.force_login(administrator)
    activity = factories.create_activity(body_a)
    form = form_of(central, activity)
    form |= {"data-TOTAL_FORMS": MOST_ROWS + 1}
    form |= {f"data-{row}-category": "A1" for row in range(1, MOST_ROWS + 1)}
    form |= {f"data-{row}-DELETE": "" for row in range(9000, 9100)}

    response = central.post(f"{ACTIVITIES}{activity.pk}/change/", form)

    assert response.status_code == 200
    assert activity.data.count() == 1
