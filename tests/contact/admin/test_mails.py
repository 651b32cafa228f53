"""The people of a body see which mails arrived."""

import pytest
from django.core.mail import send_mail

from contact.models import Mail
from tests import factories
from tests.contact.admin.forms import MAILS, MARK, act, logged_in
from tests.mails import delivered

pytestmark = pytest.mark.django_db


class TestMails:
    @pytest.fixture
    def undelivered(self, question) -> Mail:
        Mail.objects.update(state="undelivered")
        return Mail.objects.filter(question=question).first()

    def test_undelivered_mail_is_on_the_dashboard_of_its_body(
        self, undelivered, publisher, administrator
    ):
        for client in (publisher, logged_in(administrator)):
            assert "state__exact=undelivered" in client.get("/admin/").text
            page = client.get(f"{MAILS}?state__exact=undelivered").text
            assert undelivered.receiver in page

    def test_mail_is_tried_again_and_given_up_by_hand(self, undelivered, publisher):
        assert act(publisher, "try_again", undelivered, address=MAILS) == "1 mail changed."
        assert undelivered.state == "waiting"
        other = Mail.objects.exclude(pk=undelivered.pk).get()
        act(publisher, "give_up", other, address=MAILS)
        delivered()

        undelivered.refresh_from_db()
        assert (undelivered.state, other.state) == ("delivered", "given_up")
        assert act(publisher, "try_again", undelivered, other, address=MAILS) == "0 mails changed."

    def test_text_of_a_mail_is_shown_to_nobody(self, administrator, body_a):
        body_a.is_message_mailed = True
        body_a.save()
        question = factories.create_question(body_a, message=MARK)
        central = logged_in(administrator)

        for mail in Mail.objects.filter(question=question):
            assert MARK in mail.text or mail.receiver == question.email
            assert MARK not in central.get(f"{MAILS}{mail.pk}/change/").text
        assert MARK not in central.get(MAILS).text

    def test_mails_to_people_are_for_central_administrators_only(
        self, publisher, administrator, editor_a
    ):
        send_mail("You are invited", "By this link", None, [editor_a.email])
        Mail.objects.update(state="undelivered")

        assert editor_a.email not in publisher.get(MAILS).text
        page = logged_in(administrator).get("/admin/").text
        assert "1 mail to somebody who works in the admin was not delivered." in page
