"""From the outbox to a real mail server: nothing is lost, nothing comes twice."""

from email.utils import parsedate_to_datetime

import pytest
from django.core.mail import EmailMessage, send_mail
from django.core.mail.message import BadHeaderError
from django.utils.translation import override

from contact.models import Mail, Question
from organisations.models import Membership
from tests import factories
from tests.contact.outbox.helpers import run
from tests.contact.test_contact import FORM, WRITTEN, send

pytestmark = pytest.mark.django_db


class TestMails:
    def test_mail_to_the_body_leads_to_the_admin_and_holds_no_word(self, body_a, server):
        body_a.mail_language = "fr"
        body_a.save()
        send(WRITTEN)

        run()

        to_body, _to_citizen = server.taken()
        question = Question.objects.get()
        assert to_body.receivers == (body_a.dpo_mailbox,)
        assert to_body.message["Subject"] == f"Un citoyen vous a écrit\xa0: {question.reference}"
        assert to_body.message["Reply-To"] is None
        for part in ("plain", "html"):
            text = to_body.message.get_body((part,)).get_content()
            assert f"/admin/contact/question/{question.pk}/change/" in text
            assert "Droit d’accès" in text
            for word in ("Robin", "robin@", "Which data"):
                assert word not in text
        assert '<html lang="fr">' in to_body.message.get_body(("html",)).get_content()

    def test_body_may_choose_to_get_the_text(self, body_a, server):
        body_a.is_message_mailed = True
        body_a.save()
        lines = ["<b>Hello</b>", "", "http://testserver/admin/account/logout/"]
        send(WRITTEN | {"message": "\n".join(lines)})

        run()

        message = server.taken()[0].message
        assert message["Reply-To"] == WRITTEN["email"]
        assert "<b>Hello</b>" in message.get_body(("plain",)).get_content()
        html = message.get_body(("html",)).get_content()
        assert "&lt;b&gt;Hello&lt;/b&gt;" in html
        # Nothing of it passes for a line of ours.
        assert "&gt; http://testserver/admin/account/logout/" in html
        assert html.count("<a href=") == 1

    def test_general_mailbox_gets_no_text(self, body_a, server):
        """The people who deal with data protection read it, nobody else."""
        body_a.dpo_mailbox, body_a.contact_mailbox = "", "info@body.example"
        body_a.is_message_mailed = True
        body_a.save()
        send(WRITTEN)

        run()

        assert server.taken()[0].receivers == ("info@body.example",)
        text = server.taken()[0].message.get_body(("plain",)).get_content()
        assert "Robin" not in text
        assert "Which data" not in text
        assert server.taken()[0].message["Reply-To"] is None

    @pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
    def test_acknowledgement_is_in_the_language_of_the_citizen_without_what_was_written(
        self, language, body_a, server
    ):
        send(WRITTEN, address=FORM.replace("/en/", f"/{language}/"))

        run()

        message = server.taken()[1].message
        question = Question.objects.get()
        assert server.taken()[1].receivers == (WRITTEN["email"],)
        assert question.reference in message["Subject"]
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Reply-To"] is None
        with override(language):
            assert str(question.get_kind_display()) in message.get_body(("plain",)).get_content()
        for part in ("plain", "html"):
            text = message.get_body((part,)).get_content()
            assert "Robin" not in text
            assert "Which data" not in text

    def test_without_a_mailbox_the_publishers_get_it_each_in_their_language(self, body_a, server):
        body_a.dpo_mailbox = ""
        body_a.save()
        for name, language in (("one", "nl"), ("two", "de")):
            person = factories.create_member(
                body_a, Membership.Role.PUBLISHER, f"{name}@people.example"
            )
            person.language = language
            person.save()

        factories.create_question(body_a)
        run()

        subjects = {
            mail.receivers[0]: mail.message["Subject"].split()[0] for mail in server.taken()[:2]
        }
        assert subjects == {"one@people.example": "Een", "two@people.example": "Eine"}

    def test_without_anybody_central_administrators_get_it(self, body_a, administrator, server):
        body_a.dpo_mailbox = ""
        body_a.save()

        factories.create_question(body_a)
        run()

        assert server.taken()[0].receivers == (administrator.email,)

    def test_headers_are_those_of_the_outbox(self, body_a, server):
        factories.create_question(body_a)
        run()

        message = server.taken()[0].message
        written_at = Mail.objects.get(message_id=message["Message-ID"]).created_at
        assert sorted(message.keys()) == sorted(
            [
                *("Content-Type", "MIME-Version", "Subject", "From", "To", "Date", "Message-ID"),
                *("Auto-Submitted", "X-Auto-Response-Suppress"),
            ]
        )
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["X-Auto-Response-Suppress"] == "DR, AutoReply, OOF"
        assert message["From"] == "register@testserver"
        # A header knows no parts of a second.
        assert parsedate_to_datetime(message["Date"]) == written_at.replace(microsecond=0)

    def test_every_mail_says_that_it_is_automatic(self):
        """Also those that Django writes itself."""
        assert send_mail("Subject", "Text", None, ["one@people.example"]) == 1

        headers = Mail.objects.get().headers
        assert headers["Auto-Submitted"] == "auto-generated"
        assert headers["X-Auto-Response-Suppress"] == "DR, AutoReply, OOF"

    def test_mail_goes_to_the_domain_that_was_written(self, server):
        """Whoever kept the address: left to Django, ß would become ss on the way."""
        EmailMessage("S", "T", to=["jan@faß.example"], reply_to=["dpo@faß.example"]).send()

        run()

        (mail,) = server.taken()
        assert mail.receivers == ("jan@xn--fa-hia.example",)
        assert mail.message["Reply-To"] == "dpo@xn--fa-hia.example"

    def test_mail_that_nobody_could_send_is_refused_before_it_is_stored(self):
        for broken in (
            EmailMessage("one\nBcc: two@people.example", "text", to=["one@people.example"]),
            EmailMessage("one", "text", to=["one@people.example\nBcc: two@people.example"]),
        ):
            with pytest.raises(BadHeaderError):
                broken.send()
        for foreign in (
            EmailMessage("one", "text", to=["one@people.example"], cc=["two@people.example"]),
            EmailMessage("one", "text", "me@people.example", to=["one@people.example"]),
        ):
            with pytest.raises(ValueError, match="The outbox takes"):
                foreign.send()
        with pytest.raises(ValueError, match="not allowed"):
            EmailMessage("one", "text", to=["jan@x\u200cy.example"]).send()
        assert Mail.objects.count() == 0
