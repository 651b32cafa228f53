"""Questions, mails and figures of each body for its own people only."""

import re

import pytest
from django.test import Client

from contact.models import Mail, Question
from organisations.models import Membership
from tests.contact.admin.forms import MAILS, MARK, QUESTIONS, change, logged_in, sent_by

pytestmark = pytest.mark.django_db


MARKED = re.compile("BODYBMARK|Agency body-b")


class TestTenants:
    """Nothing of a question to body B comes to people of body A, nor to editors of body B."""

    @pytest.fixture(params=["publisher_a", "editor_a", "editor_b"])
    def outsider(self, request, theirs, question) -> Client:
        return logged_in(request.getfixturevalue(request.param))

    @pytest.mark.parametrize(
        "address",
        [
            "/admin/",
            "/admin/contact/",
            QUESTIONS,
            f"{QUESTIONS}?organisation__id__exact={{body}}",
            f"{QUESTIONS}?q={MARK}",
            f"{QUESTIONS}?notes__contains={MARK}",
            f"{QUESTIONS}?organisation__slug=body-b",
            f"{QUESTIONS}?taken_by__email__contains=b",
            f"{QUESTIONS}?o=1.2.3.4.5",
            f"{QUESTIONS}?time=overdue",
            f"{QUESTIONS}{{question}}/change/",
            f"{QUESTIONS}{{question}}/history/",
            f"{QUESTIONS}{{question}}/delete/",
            f"{QUESTIONS}figures/",
            MAILS,
            f"{MAILS}?q={MARK}",
            f"{MAILS}?question__id__exact={{question}}",
            f"{MAILS}?organisation__id__exact={{body}}",
            f"{MAILS}{{mail}}/change/",
            f"{MAILS}{{mail}}/history/",
        ],
    )
    def test_nothing_of_another_body_is_shown(self, address, outsider, theirs):
        mail = Mail.objects.filter(question=theirs)[0]
        address = address.format(question=theirs.pk, body=theirs.organisation_id, mail=mail.pk)

        response = outsider.get(address)

        assert response.status_code < 500
        text = response.text.replace(address, "").replace(f"q={MARK}", "")
        # What was looked for stands in the field and in the links back to the list.
        assert MARK not in text.replace(f'value="{MARK}"', "").replace(f"q%3D{MARK}", "")
        assert theirs.reference not in text

    def test_dashboard_figures_and_filters_tell_nothing_of_another_body(
        self, theirs, question, publisher_a, editor_a, publisher_b, body_b
    ):
        body_b.short_name_en = "BODYBMARK"
        body_b.save()
        Mail.objects.filter(question=theirs).update(state="undelivered")
        mine = logged_in(publisher_b)
        pages = ("/admin/", f"{QUESTIONS}figures/", QUESTIONS, MAILS)

        for person in (publisher_a, editor_a):
            outsider = logged_in(person)
            shown = [MARKED.findall(outsider.get(page).text) for page in pages]
            assert shown == [[]] * len(pages)
        # Who may see it does.
        assert all("BODYBMARK" in mine.get(page).text for page in ("/admin/", pages[1]))

    def test_nothing_of_another_body_is_changed(self, outsider, theirs, publisher_b):
        selection = {"action": "answered", "_selected_action": [str(theirs.pk)]}
        look = sent_by(logged_in(publisher_b).post(QUESTIONS, selection).text)
        seen_by_its_people = look[f"seen-{theirs.pk}"]
        before = Question.objects.filter(pk=theirs.pk).values().get()
        mails = list(Mail.objects.filter(question=theirs).values())

        change(outsider, theirs, known="", status="answered", notes="mine now")
        for action in ("take", "answered"):
            form = {"action": action, "_selected_action": [str(theirs.pk)], "select_across": "1"}
            assert theirs.reference not in outsider.post(QUESTIONS, form).text
            seen = {f"seen-{theirs.pk}": seen_by_its_people}
            outsider.post(QUESTIONS, form | seen | {"confirmed": "1"})
        for action in ("try_again", "give_up"):
            selected = [str(mail["id"]) for mail in mails]
            outsider.post(MAILS, {"action": action, "_selected_action": selected})

        assert Question.objects.filter(pk=theirs.pk).values().get() == before
        assert list(Mail.objects.filter(question=theirs).values()) == mails

    def test_its_own_publisher_sees_all_of_it(self, theirs, publisher_b):
        page = logged_in(publisher_b).get(f"{QUESTIONS}{theirs.pk}/change/").text

        assert page.count(MARK) > 3

    def test_publisher_of_one_and_editor_of_another_sees_the_one(
        self, theirs, question, publisher_a, body_b
    ):
        Membership.objects.create(user=publisher_a, organisation=body_b, role="editor")

        page = logged_in(publisher_a).get(QUESTIONS).text

        assert question.reference in page
        assert theirs.reference not in page
