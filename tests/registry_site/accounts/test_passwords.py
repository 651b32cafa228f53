"""How people get a password: by an invitation, or because they forgot theirs."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import User
from tests.mails import delivered
from tests.registry_site.accounts.logging_in import PASSWORD, log_in

pytestmark = pytest.mark.django_db


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
