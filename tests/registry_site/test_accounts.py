"""How people get into the admin, and how they are kept out."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Membership, User
from tests.mails import delivered

pytestmark = pytest.mark.django_db

LOGIN = "/admin/account/login/"
PASSWORD = "a long and good one"
ACTIVITIES = "/admin/processing/processingactivity/"


def code_of(secret: str) -> str:
    """What an authenticator app shows now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    """Failed attempts are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def person(editor_a) -> User:
    editor_a.set_password(PASSWORD)
    editor_a.save()
    return editor_a


def log_in(client: Client, email: str, password: str = PASSWORD, **extra):
    return client.post(LOGIN, {"login": email, "password": password}, **extra)


def test_password_lets_in_and_back_to_where_one_was_going(person):
    client = Client()

    asked = client.get(ACTIVITIES, follow=True)
    response = client.post(
        asked.request["PATH_INFO"] + "?" + asked.request["QUERY_STRING"],
        {
            "login": person.email.upper(),
            "password": PASSWORD,
            "next": ACTIVITIES,
        },
    )

    assert asked.request["PATH_INFO"] == LOGIN
    assert (response.status_code, response.headers["Location"]) == (302, ACTIVITIES)


@pytest.mark.parametrize(
    "after", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x"]
)
def test_login_leads_nowhere_else(after, person):
    response = Client().post(LOGIN, {"login": person.email, "password": PASSWORD, "next": after})

    assert "elsewhere" not in response.headers["Location"]
    assert response.headers["Location"].startswith("/admin/")


def test_wrong_password_does_not_tell_whether_there_is_an_account(person):
    known = log_in(Client(), person.email, "wrong")
    unknown = log_in(Client(), "nobody@people.example", "wrong")

    def without_what_was_typed(response) -> str:
        text = re.sub(r'value="[^"]*"', "", response.text)
        return text

    assert known.status_code == unknown.status_code == 200
    assert without_what_was_typed(known) == without_what_was_typed(unknown)


def test_too_many_attempts_lock_the_account_for_a_while(person):
    client = Client()
    for _attempt in range(5):
        answer = log_in(client, person.email, "wrong", HTTP_ACCEPT_LANGUAGE="fr")

    locked = log_in(Client(), person.email, HTTP_ACCEPT_LANGUAGE="fr")

    assert answer.status_code == locked.status_code == 403
    assert "Trop de tentatives" in locked.text
    assert "no-store" in locked.headers["Cache-Control"]
    assert client.get(ACTIVITIES).status_code == 302


def test_other_spellings_of_the_address_are_the_same_account(person):
    person.email = "jan@faß.example"
    person.save()
    client = Client()
    spellings = ["jan@faß.example", "JAN@FAẞ.example", "jan@ｆaß.example", "jan@XN--fa-hia.example"]
    for spelling in spellings:
        log_in(client, spelling, "wrong")
    fifth = log_in(client, "Jan@faß.example ", "wrong")
    locked = log_in(Client(), "jan@xn--fa-hia.example")
    cache.clear()
    AccessAttempt.objects.all().delete()

    assert (fifth.status_code, locked.status_code) == (403, 403)
    assert log_in(Client(), "jan@faß.example").status_code == 302
    assert log_in(Client(), "jan@fass.example").status_code == 200


def test_account_without_a_role_does_not_come_in(person):
    Membership.objects.all().delete()
    client = Client()

    log_in(client, person.email)

    assert client.get(ACTIVITIES).status_code == 302
    assert client.get("/admin/login/").status_code == 403


def test_inactive_account_does_not_come_in(person):
    client = Client()
    log_in(client, person.email)
    User.objects.filter(pk=person.pk).update(is_active=False)

    assert client.get(ACTIVITIES).status_code == 302


class TestSecondFactor:
    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.TWO_FACTOR = True

    @pytest.fixture
    def secret(self, person) -> str:
        secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
        TOTP.activate(person, secret)
        return secret

    def test_nobody_works_without_one(self, person):
        client = Client()
        log_in(client, person.email)

        response = client.get(ACTIVITIES, follow=True)

        assert response.request["PATH_INFO"] in (
            "/admin/account/reauthenticate/",
            "/admin/account/2fa/totp/activate/",
        )
        assert client.post(f"{ACTIVITIES}add/", {}).status_code == 302

    def test_set_up_gives_recovery_codes_and_access(self, person):
        client = Client()
        log_in(client, person.email)
        client.post(
            "/admin/account/reauthenticate/?next=/admin/account/2fa/totp/activate/",
            {"password": PASSWORD},
        )
        page = client.get("/admin/account/2fa/totp/activate/").text
        secret = re.search(r'id="authenticator_secret">(\w+)<', page)[1]

        wrong = client.post("/admin/account/2fa/totp/activate/", {"code": "000000"})
        right = client.post(
            "/admin/account/2fa/totp/activate/", {"code": code_of(secret)}, follow=True
        )

        assert 'src="data:image/svg+xml;base64,' in page
        assert wrong.status_code == 200
        assert len(re.findall(r"<li><code>", right.text)) == 10
        assert client.get(ACTIVITIES).status_code == 200

    def test_code_is_asked_for_at_the_next_login(self, person, secret):
        client = Client()

        first = log_in(client, person.email)
        outside = client.get(ACTIVITIES)
        wrong = client.post(first.headers["Location"], {"code": "123456"})
        right = client.post(first.headers["Location"], {"code": code_of(secret)})

        assert first.headers["Location"].startswith("/admin/account/2fa/authenticate/")
        assert outside.status_code == 302
        assert wrong.status_code == 200
        assert right.status_code == 302
        assert client.get(ACTIVITIES).status_code == 200

    def test_recovery_code_works_once(self, person, secret):
        from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

        code = RecoveryCodes.activate(person).get_unused_codes()[0]
        for expected in (302, 200):
            client = Client()
            first = log_in(client, person.email)
            used = client.post(first.headers["Location"], {"code": code})
            assert used.status_code == expected

    def test_second_step_cannot_be_guessed(self, person, secret):
        client = Client()
        first = log_in(client, person.email)
        for number in range(12):
            client.post(first.headers["Location"], {"code": f"{number:06}"})

        client.post(first.headers["Location"], {"code": code_of(secret)})

        assert client.get(ACTIVITIES).status_code == 302

    def test_nonsense_at_the_second_step_gets_an_answer(self, person, secret):
        client = Client()
        first = log_in(client, person.email)

        for data in ({}, {"code": ""}, {"code": "x" * 5000}, {"credential": "{}"}):
            assert client.post(first.headers["Location"], data).status_code in (200, 302, 400)

    def test_central_administrator_lets_somebody_start_anew(
        self, person, secret, administrator, settings
    ):
        settings.TWO_FACTOR = False
        central = Client()
        central.force_login(administrator)

        central.post(
            reverse("admin:organisations_user_changelist"),
            {"action": "forget_second_factor", "_selected_action": person.pk},
        )

        assert not Authenticator.objects.filter(user=person).exists()


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


def test_language_of_the_person_is_that_of_the_admin(person):
    client = Client()
    client.force_login(person)

    client.post("/admin/account/language/", {"language": "de", "next": ACTIVITIES})
    page = client.get(ACTIVITIES, HTTP_ACCEPT_LANGUAGE="nl")

    person.refresh_from_db()
    assert person.language == "de"
    assert '<html lang="de"' in page.text
    assert page.headers["Content-Language"] == "de"
    assert client.post("/admin/account/language/", {"language": "xx"}).status_code == 404


@pytest.mark.parametrize("language", ["nl", "fr", "de", "en"])
def test_pages_before_login_are_in_the_language_of_the_browser(language):
    page = Client().get(LOGIN, HTTP_ACCEPT_LANGUAGE=language)

    assert f'<html lang="{language}"' in page.text


def test_refusal_is_in_the_language_and_manner_of_the_site(person):
    page = log_in(Client(), person.email, "wrong", HTTP_ACCEPT_LANGUAGE="nl").text

    assert "Het e-mailadres of het wachtwoord is niet juist." in page


def test_session_ends_without_activity(person, settings):
    client = Client()
    client.force_login(person)
    page = client.get(ACTIVITIES)

    assert page.status_code == 200
    session = client.session
    assert session.get_expiry_age() <= settings.SESSION_MINUTES * 60
    assert session.get_expire_at_browser_close()
    session.set_expiry(-1)
    session.save()
    assert client.get(ACTIVITIES).status_code == 302


def test_too_many_confirmations_get_an_answer(person):
    client = Client()
    log_in(client, person.email)
    answers = [
        client.post("/admin/account/reauthenticate/", {"password": "wrong"}).status_code
        for _attempt in range(12)
    ]

    # First axes locks the account, then allauth slows down who goes on.
    assert (answers[0], answers[-1]) == (200, 429)
    assert set(answers) == {200, 403, 429}


def test_nobody_signs_up():
    for address in ("signup/", "email/", "password/change/", "confirm-email/"):
        assert Client().get(f"/admin/account/{address}", follow=True).status_code in (200, 404)
    assert User.objects.count() == 0


def test_log_in_leaves_no_address_of_a_person_in_the_logs(person, caplog):
    for password in ("wrong", PASSWORD):
        log_in(Client(), person.email, password)

    ours = [r for r in caplog.records if not r.name.startswith("axes")]
    assert not any(person.email in record.getMessage() for record in ours)
