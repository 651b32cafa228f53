"""How people get a password: by an invitation, or because they forgot theirs."""

import re

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contact.models import Mail
from organisations import mail
from organisations.models import User
from registry_site.accounts.models import Notice
from tests import factories
from tests.mails import delivered
from tests.registry_site.accounts.logging_in import (
    LOGIN,
    PASSWORD,
    choose_password,
    link_in,
    log_in,
    send,
)

pytestmark = pytest.mark.django_db

ASK = "/admin/account/password/"


class TestInvitation:
    @pytest.fixture
    def invited(self, administrator, body_a) -> str:
        """The address in the mail to somebody who was just invited."""
        central = Client()
        central.force_login(administrator)
        form = {
            "email": "new@people.example",
            "language": "de",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "0",
            "memberships-0-organisation": body_a.pk,
            "memberships-0-role": "publisher",
        }
        assert central.post(reverse("admin:organisations_user_add"), form).status_code == 302
        (message,) = delivered()
        assert message.to == ["new@people.example"]
        assert message.subject.startswith("Ihr Konto")
        assert "body-a" in message.body
        return re.search(r"https?://[^/]+(/admin/account/password/\S+)", message.body)[1]

    def test_invitation_goes_to_the_domain_that_was_written(self, administrator):
        central = Client()
        central.force_login(administrator)
        form = {"language": "de"} | {
            f"memberships-{kind}_FORMS": "0" for kind in ("TOTAL", "INITIAL")
        }
        address = reverse("admin:organisations_user_add")

        statuses = [
            central.post(address, form | {"email": email}).status_code
            for email in ("jan@faß.example", "jan@xn--fa-hia.example", "jan.ſmit@people.example")
        ]

        # The second is the first again; in the third is a letter that mail servers do not know.
        assert statuses == [302, 200, 200]
        (message,) = delivered()
        assert message.to == ["jan@xn--fa-hia.example"]

    def test_link_lets_somebody_choose_a_password_once(self, invited):
        client = Client()
        form = client.get(invited, follow=True)
        chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
        done = client.post(form.request["PATH_INFO"], chosen, follow=True)

        assert done.request["PATH_INFO"] == "/admin/account/password/set/"
        assert log_in(Client(), "new@people.example").status_code == 302
        again = Client().get(invited, follow=True)
        assert "new_password1" not in again.text

    def test_account_has_no_password_before(self, invited):
        assert not User.objects.get(email="new@people.example").has_usable_password()

    def test_link_ends_after_three_days(self, invited, monkeypatch):
        now = timezone.datetime.now()
        later = now + timezone.timedelta(days=3, minutes=1)
        monkeypatch.setattr(
            "django.contrib.auth.tokens.PasswordResetTokenGenerator._now", lambda self: later
        )

        assert "new_password1" not in Client().get(invited, follow=True).text

    def test_weak_password_is_refused(self, invited):
        client = Client()
        form = client.get(invited, follow=True)

        answer = client.post(
            form.request["PATH_INFO"], {"new_password1": "password", "new_password2": "password"}
        )

        assert answer.status_code == 200
        assert not User.objects.get(email="new@people.example").has_usable_password()

    def test_invitation_can_be_sent_again(self, invited, administrator):
        central = Client()
        central.force_login(administrator)
        person = User.objects.get(email="new@people.example")

        central.post(
            reverse("admin:organisations_user_changelist"),
            {"action": "invite_again", "_selected_action": person.pk},
        )

        assert len(delivered()) == 2


class TestForgottenPassword:
    def test_nothing_tells_whether_there_is_an_account(self, person):
        """The same answer after the same work; the mail is written when mail is sent."""
        send(ASK, {"email": "first@people.example"})
        sent, answers = [], []
        for email in (person.email, "nobody@people.example"):
            with CaptureQueriesContext(connection) as queries:
                answers.append(send(ASK, {"email": email}))
            sent.append([query["sql"].split(" WHERE ")[0][:60] for query in queries])

        assert sent[0] == sent[1]
        assert Mail.objects.count() == 0
        assert {(a.status_code, a.headers["Location"]) for a in answers} == {(302, f"{ASK}sent/")}

    def test_nothing_of_an_unknown_address_is_kept(self):
        send(ASK, {"email": "typed@people.example"})

        assert Notice.objects.get().user is None
        assert delivered() == []
        assert Notice.objects.count() == 0

    def test_mail_is_in_the_language_of_the_person(self, person):
        person.language = "fr"
        person.save()

        send(ASK, {"email": person.email}, HTTP_ACCEPT_LANGUAGE="de")

        (message,) = delivered()
        assert '<html lang="fr">' in message.alternatives[0].content

    def test_somebody_who_was_invited_waits_for_the_invitation(self, person):
        person.set_unusable_password()
        person.save()

        send(ASK, {"email": person.email})

        assert delivered() == []

    def test_account_that_was_closed_meanwhile_gets_no_link(self, person):
        send(ASK, {"email": person.email})
        User.objects.filter(pk=person.pk).update(is_active=False)

        assert delivered() == []
        assert Notice.objects.count() == 0

    def test_mailbox_gets_no_flood(self, person, settings):
        settings.PASSWORD_LINKS = 2
        for _form in range(4):
            send(ASK, {"email": person.email})

        assert len(delivered()) == 2

    def test_mail_that_cannot_be_written_holds_up_no_other(self, person, monkeypatch):
        monkeypatch.setattr("registry_site.accounts.notices.password_address", None)
        send(ASK, {"email": person.email})
        mail.send([person], "mail/wrong_passwords.txt", {"address": "x"})

        assert len(delivered()) == 1

    def test_mail_goes_to_the_account_only(self, person):
        Client().post("/admin/account/password/", {"email": person.email})
        unknown = Client().post("/admin/account/password/", {"email": "nobody@people.example"})

        assert [message.to for message in delivered()] == [[person.email]]
        assert unknown.status_code == 302

    def test_address_may_be_spelled_in_another_way(self, person):
        person.email = "jan@faß.example"
        person.save()

        for email in ("Jan@FAß.example", "jan@xn--fa-hia.example", "jan@fass.example"):
            Client().post("/admin/account/password/", {"email": email})

        assert [message.to for message in delivered()] == [["jan@xn--fa-hia.example"]] * 2

    def test_host_of_the_link_is_one_of_ours(self, person):
        response = Client().post(
            "/admin/account/password/", {"email": person.email}, HTTP_HOST="evil.example"
        )

        assert response.status_code == 400
        assert delivered() == []


@pytest.mark.parametrize(
    "password",
    [
        "elevenchars",
        "password12345678",
        "Password2026!!!!",
        "P a s s w o r d 1 2",
        "dragon!!!!!!!2026",
        "Privacy-Register-2026",
        "Belgi\u00eb.F\u00f6deral.2026",
        "123456789012345",
        "abcdefghijklmn",
        "121212121212",
        "!!!!!!!!!!!!!!!!",
        "editor-a@people.example",
        "editor2026!!!!",
        "fps-finance-2026!",
        "FODFinancien2026",
        "SPF Finances 2026",
    ],
)
def test_password_that_people_guess_is_refused(password, person):
    factories.create_organisation(
        "fps-finance", name_nl="FOD Financi\u00ebn", short_name_fr="SPF Finances"
    )

    with pytest.raises(ValidationError):
        validate_password(password, person)


@pytest.mark.parametrize(
    "password",
    [
        "twelveletter",
        "correct horse battery staple",
        "pluie violon tiroir",
        "839105527460",
        "$*;)=(%~^!?<",
        "privacy begins with a cup of tea",
        "\u65e5\u672c\u8a9e\u306e\u9577\u3044\u5408\u8a00\u8449\u3067\u3059\u3088",
        "zeventien violen " * 8,
    ],
)
def test_long_password_may_be_made_of_anything(password, person):
    validate_password(password, person)


def test_password_is_taken_as_it_was_typed(person):
    password = " with blanks around, and \u00e9\u20ac "
    send(ASK, {"email": person.email})

    choose_password(Client(), link_in(delivered()[-1].body), password)

    assert log_in(Client(), person.email, password.strip()).status_code == 200
    assert log_in(Client(), person.email, password).status_code == 302


def test_password_managers_and_pasting_work(person):
    send(ASK, {"email": person.email})
    client = Client()
    choosing = client.get(link_in(delivered()[-1].body), follow=True).text
    client.force_login(person)
    changing = client.get("/admin/password_change/").text

    pages = [Client().get(LOGIN).text, choosing, changing]

    assert 'autocomplete="current-password"' in pages[0]
    assert choosing.count('autocomplete="new-password"') == 2
    assert changing.count('autocomplete="new-password"') == 2
    fields = re.findall('<input type="password"[^>]*>', "".join(pages))
    assert len(fields) == 6
    assert [field for field in fields if "paste" in field or "maxlength" in field] == []


def test_change_asks_for_the_password_of_now(person):
    client = Client()
    log_in(client, person.email)
    new = {"new_password1": "quite another one", "new_password2": "quite another one"}

    client.post("/admin/password_change/", new | {"old_password": "wrong"})
    refused = log_in(Client(), person.email, "quite another one")
    client.post("/admin/password_change/", new | {"old_password": PASSWORD})

    assert refused.status_code == 200
    assert log_in(Client(), person.email, "quite another one").status_code == 302


def test_password_of_now_cannot_be_guessed_in_a_session_left_open(person):
    client = Client()
    log_in(client, person.email)
    form = {"old_password": "wrong"} | dict.fromkeys(
        ("new_password1", "new_password2"), "quite another one"
    )

    statuses = [client.post("/admin/password_change/", form).status_code for _form in range(6)]
    right = client.post("/admin/password_change/", form | {"old_password": PASSWORD})

    assert statuses == [200] * 5 + [429]
    assert right.status_code == 429
