"""The form keeps off machines, other sites and floods, and loses no question of a person by it."""

import io
import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import time_machine
from django.core import signing
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from contact.models import Allowance, DailySalt, Mail, Question
from contact.tokens import SECONDS_VALID
from tests import factories
from tests.contact.test_contact import (
    CITIZEN,
    FORM,
    NETWORK,
    WRITTEN,
    errors_on,
    send,
    token_on,
)
from tests.mails import delivered

pytestmark = pytest.mark.django_db


class TestToken:
    @pytest.mark.parametrize(
        "token",
        ["", "x", "a:b:c", signing.dumps("other"), signing.dumps(["body-a", None, "0" * 32])],
        ids=["none", "a letter", "unsigned", "another", "of a stranger"],
    )
    def test_token_of_others_is_refused_and_the_form_comes_back(self, token, body_a):
        response = send(WRITTEN, token=token)

        assert response.status_code == 422
        assert errors_on(response.text) == [
            "This page was open for too long. Send your message again."
        ]
        # Its new token works.
        fresh = re.search(r'name="token" value="([^"]+)"', response.text)[1]
        with time_machine.travel(timezone.now() + timedelta(seconds=10)):
            assert send(WRITTEN, token=fresh).status_code == 302

    def test_token_of_another_body_is_refused(self, body_a, body_b):
        token = token_on(FORM.replace("body-a", "body-b"))

        assert send(WRITTEN, token=token).status_code == 422

    def test_form_of_an_entry_that_does_not_exist_is_not_there(self, body_a):
        """Not even with what looks like the form of a page that was open for long."""
        response = send(WRITTEN, token="x", address=f"{FORM}?activity=999")

        assert response.status_code == 404
        assert Question.objects.count() == 0

    def test_token_of_the_form_of_an_entry_is_for_that_entry(self, body_a, publisher_a):
        number = factories.create_publication(body_a, by=publisher_a).number

        assert send(WRITTEN, token=token_on(f"{FORM}?activity={number}")).status_code == 422

    @pytest.mark.parametrize(
        ("seconds", "status"), [(1, 422), (5, 302), (SECONDS_VALID - 5, 302), (SECONDS_VALID, 422)]
    )
    def test_form_takes_some_seconds_and_lasts_a_day(self, seconds, status, body_a):
        token = token_on(FORM, seconds_ago=seconds + 0.5)

        assert send(WRITTEN, token=token).status_code == status

    @pytest.mark.parametrize(
        ("hours_back", "status"), [(1 / 3600, 302), (1, 302), (23, 302), (25, 422)]
    )
    def test_form_from_before_the_clock_was_set_back_is_taken(self, hours_back, status, body_a):
        """Or from a machine whose clock is ahead; but no form lasts for days."""
        token = token_on(FORM, seconds_ago=-hours_back * 60 * 60)

        response = send(WRITTEN, token=token)

        assert response.status_code == status
        if status == 422:
            # Its new token works at once.
            fresh = re.search(r'name="token" value="([^"]+)"', response.text)[1]
            assert send(WRITTEN, token=fresh).status_code == 302

    def test_token_of_a_form_with_an_error_can_be_used_at_once(self, body_a):
        page = send(WRITTEN | {"email": ""}).text
        token = re.search(r'name="token" value="([^"]+)"', page)[1]

        assert send(WRITTEN, token=token).status_code == 302

    def test_same_form_twice_is_one_question(self, body_a):
        token = token_on(FORM)

        first, second = send(WRITTEN, token=token), send(WRITTEN, token=token)

        assert first.headers["Location"] == second.headers["Location"]
        assert Question.objects.count() == 1
        assert len(delivered()) == 2

    def test_same_question_from_another_form_is_one_question_until_it_is_answered(self, body_a):
        first, second = send(WRITTEN), send(WRITTEN | {"email": "ROBIN@citizens.example"})
        Question.objects.update(status="answered", closed_at=timezone.now())
        third = send(WRITTEN)

        assert first.headers["Location"] == second.headers["Location"]
        assert third.headers["Location"] != first.headers["Location"]
        assert Question.objects.count() == 2

    def test_other_question_from_a_used_form_is_not_lost(self, body_a):
        token = token_on(FORM)
        send(WRITTEN, token=token)

        again = send(WRITTEN | {"message": "Another one"}, token=token)

        assert again.status_code == 422
        assert Question.objects.get().reference in errors_on(again.text)[0]
        assert "Another one" in again.text
        # Who sends it again, as the page says, is not too fast.
        fresh = re.search(r'name="token" value="([^"]+)"', again.text)[1]
        assert send(WRITTEN | {"message": "Another one"}, token=fresh).status_code == 302

    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://evil.example", "Sec-Fetch-Site": "same-origin"},
            {"Origin": "https://testserver", "Sec-Fetch-Site": "same-origin"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "http://testserver", "Sec-Fetch-Site": "same-site"},
            # As from a page in a sandbox.
            {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
            {"Origin": "null", "Sec-Fetch-Site": "same-site"},
            {"Origin": "null"},
            {"Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
        ],
        ids=str,
    )
    def test_form_of_another_site_is_shown_to_the_visitor_first(self, headers, body_a):
        response = self.send_with(headers)

        assert response.status_code == 403
        assert errors_on(response.text) == [
            "Your message came from another site. Check it and send it again."
        ]
        assert "Robin Peeters" in response.text
        assert Question.objects.count() == 0

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Origin": "http://testserver"},
            {"Sec-Fetch-Site": "same-origin"},
            {"Sec-Fetch-Site": "none"},
            # What proxies and extensions for privacy leave of the origin.
            {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
        ],
        ids=str,
    )
    def test_browser_that_says_little_of_where_it_comes_from_can_send(self, headers, body_a):
        assert self.send_with(headers).status_code == 302

    def send_with(self, headers: dict[str, str]):
        """Send the form with these headers and no others."""
        body = urlencode(WRITTEN | {"token": token_on(FORM)})
        kind = "application/x-www-form-urlencoded"
        return Client().post(FORM, body, content_type=kind, headers=headers)


RECEIVING = "contact.receiving"


def reminded_after(days: int) -> str:
    """What the daily reminder says so many days from now."""
    told = io.StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        call_command("remind_questions", stdout=told)
    return told.getvalue()


class TestLimits:
    def ask(self, number: int, **extra):
        written = WRITTEN | {"message": f"Question {number}", "email": f"c{number}@people.example"}
        return send(written, **({"REMOTE_ADDR": NETWORK} | extra))

    def test_network_has_so_many_questions_a_day_and_loses_nothing(self, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 3

        statuses = [self.ask(number).status_code for number in range(3)]
        refused = self.ask(4)
        elsewhere = self.ask(5, REMOTE_ADDR="62.4.5.7")
        again = self.ask(1)
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            tomorrow = self.ask(6)

        assert statuses == [302] * 3
        assert refused.status_code == 429
        assert "Question 4" in refused.text
        assert "Many messages came from your network" in errors_on(refused.text)[0]
        # What was received already is no new question.
        assert (elsewhere.status_code, again.status_code, tomorrow.status_code) == (302, 302, 302)
        assert Question.objects.count() == 5

    def test_who_is_refused_reads_how_else_to_write_to_the_body(self, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1
        body_a.street_en, body_a.city_en, body_a.postal_code = "Law Street 1", "Brussels", "1000"
        body_a.contact_mailbox = "info@body-a.example"
        body_a.save()

        accepted_form = CITIZEN.get(FORM).text
        self.ask(1)
        refused = self.ask(2).text

        assert 'id="other-ways"' not in accepted_form
        ways = refused[refused.index('id="other-ways"') : refused.index("<form")]
        assert 'href="mailto:dpo@body-a.example"' in ways
        assert 'href="mailto:info@body-a.example"' in ways
        assert "Law Street 1, 1000 Brussels" in ways

    def test_flood_reaches_the_people_of_a_body_as_few_mails_and_closes_its_form_for_nobody(
        self, body_a, body_b, settings, publisher_a
    ):
        settings.QUESTIONS_PER_BODY = 2
        elsewhere = FORM.replace("body-a", "body-b")

        flood = [self.ask(n, REMOTE_ADDR=f"62.4.6.{n}").status_code for n in range(5)]
        citizen = self.ask(6)
        to_another = send(WRITTEN, address=elsewhere)

        assert flood == [302] * 5
        assert (citizen.status_code, to_another.status_code) == (302, 302)
        assert Question.objects.filter(organisation=body_a).count() == 6
        mails = delivered()
        to_body = [mail for mail in mails if mail.to == [body_a.dpo_mailbox]]
        assert len(to_body) == 3
        assert "Question" not in to_body[2].body
        assert f"/admin/contact/question/?organisation__id__exact={body_a.pk}" in to_body[2].body
        assert [body_b.dpo_mailbox] in [mail.to for mail in mails]
        # Each citizen is told that the question arrived.
        assert len(mails) == 3 + 1 + 7

    def test_people_of_a_body_learn_the_next_day_how_much_came_without_a_mail(
        self, body_a, settings, publisher_a
    ):
        settings.QUESTIONS_PER_BODY = 2
        for number in range(5):
            self.ask(number)
        Question.objects.filter(message="Question 4").update(
            status=Question.Status.ANSWERED, closed_at=timezone.now()
        )
        Mail.objects.all().delete()

        told = [reminded_after(days) for days in (0, 1, 1, 2)]

        assert told == ["", "body-a: 2 without a mail\n", "", ""]
        mail = Mail.objects.get()
        assert mail.receiver == publisher_a.email
        assert "For 2 of them the site sent no mail." in mail.text
        assert "Question 3" not in mail.text

    def test_home_has_one_network_of_version_6(self, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1

        first = self.ask(1, REMOTE_ADDR="2a02:a03f:1:2::1")
        second = self.ask(2, REMOTE_ADDR="2a02:a03f:1:2:ffff::9")
        other = self.ask(3, REMOTE_ADDR="2a02:a03f:1:3::1")

        assert [first.status_code, second.status_code, other.status_code] == [302, 429, 302]

    @pytest.mark.parametrize(
        ("addresses", "received"),
        [
            ([f"2a02:a03f:1:{home:x}::1" for home in range(1, 5)], 2),
            ([f"2a02:a03f:1:{home:x}00::1" for home in range(1, 7)], 4),
        ],
        ids=["networks of one /56", "networks of one /48"],
    )
    def test_who_has_many_networks_gains_little(self, addresses, received, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1

        statuses = [
            self.ask(n, REMOTE_ADDR=address).status_code for n, address in enumerate(addresses)
        ]
        neighbour = self.ask(99, REMOTE_ADDR="2a02:a03f:2::1")

        assert statuses == [302] * received + [429] * (len(addresses) - received)
        assert neighbour.status_code == 302

    @pytest.mark.parametrize(
        "carriers",
        [
            # 62.4.5.6 is 3e04:0506.
            [f"2002:3e04:506:{subnet:x}::1" for subnet in (0, 1, 0xFFFF)],
            ["64:ff9b::3e04:506", "64:ff9b:1::3e04:506", "64:ff9b:1:ffff::3e04:506"],
            # The server and the port may be any; the last half is turned over (RFC 4380).
            ["2001:0:4136:e378:8000:63bf:c1fb:faf9", "2001:0:101:101:0:ffff:c1fb:faf9"],
            ["::ffff:62.4.5.6", "::ffff:3e04:506"],
        ],
        ids=["6to4", "NAT64", "Teredo", "mapped"],
    )
    def test_address_of_version_4_is_one_however_it_is_carried(self, carriers, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1

        first = self.ask(0, REMOTE_ADDR=NETWORK)
        carried = [self.ask(n, REMOTE_ADDR=told).status_code for n, told in enumerate(carriers, 1)]

        assert first.status_code == 302
        assert carried == [429] * len(carriers)

    def test_proxy_says_for_whom_it_asks(self, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1
        settings.CLIENT_ADDRESS_HEADER = "HTTP_X_REAL_IP"

        first = self.ask(1, HTTP_X_REAL_IP="62.4.5.6", REMOTE_ADDR="10.0.0.1")
        second = self.ask(2, HTTP_X_REAL_IP="62.4.5.6", REMOTE_ADDR="10.0.0.1")
        other = self.ask(3, HTTP_X_REAL_IP="62.4.5.7", REMOTE_ADDR="10.0.0.1")

        assert [first.status_code, second.status_code, other.status_code] == [302, 429, 302]

    @pytest.mark.parametrize(
        "told", ["62.4.5.6:5123", "10.0.0.9, 62.4.5.6", "[::ffff:62.4.5.6]:443"]
    )
    def test_proxy_may_tell_more_than_the_address(self, told, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1
        settings.CLIENT_ADDRESS_HEADER = "HTTP_X_FORWARDED_FOR"

        first = self.ask(1, HTTP_X_FORWARDED_FOR="62.4.5.6")
        second = self.ask(2, HTTP_X_FORWARDED_FOR=told)

        assert [first.status_code, second.status_code] == [302, 429]

    def test_those_whose_address_tells_nothing_share_one_limit(self, body_a, settings, caplog):
        settings.QUESTIONS_PER_NETWORK = 1
        addresses = ["", "unknown", "100.64.0.9", "fe80::1", "10.1.2.3"] * 2

        statuses = [self.ask(n, REMOTE_ADDR=told).status_code for n, told in enumerate(addresses)]
        refused = self.ask(10, REMOTE_ADDR="127.0.0.1")
        known = self.ask(11)

        assert statuses == [302] * len(addresses)
        assert [refused.status_code, known.status_code] == [429, 302]
        # Whoever runs the site learns that its proxy tells too little.
        assert [record.levelname for record in caplog.records if record.name == RECEIVING] == [
            "ERROR"
        ]

    def test_visitors_behind_a_silent_proxy_are_not_taken_for_one(self, body_a, settings):
        settings.QUESTIONS_PER_NETWORK = 1
        settings.CLIENT_ADDRESS_HEADER = ""

        assert [self.ask(number).status_code for number in range(2)] == [302, 302]

    def test_no_address_is_stored_and_the_salt_lasts_a_day(self, body_a):
        self.ask(1)
        old = DailySalt.objects.get()
        keys = set(Allowance.objects.values_list("key", flat=True))
        with time_machine.travel(timezone.now() + timedelta(days=1)):
            self.ask(2)

        assert DailySalt.objects.get() != old
        assert bytes(DailySalt.objects.get().salt) != bytes(old.salt)
        assert not keys & set(Allowance.objects.values_list("key", flat=True))
        assert NETWORK not in str(list(Allowance.objects.values()))

    def test_one_address_gets_few_acknowledgements(self, body_a, settings):
        spellings = [
            *("robin@citizens.example", "Robin@CITIZENS.example", "robin@citiｚens.example"),
            *(
                "robin@ｃitizens.example",
                "robin@cit\u00adizens.example",
                "robin+1@citizens.example",
            ),
            *("robin+2@citizens.example", "robin@citizens.example"),
        ]
        for number, email in enumerate(spellings):
            assert send(WRITTEN | {"message": f"Q {number}", "email": email}).status_code == 302

        to_citizen = [mail for mail in delivered() if mail.to != [body_a.dpo_mailbox]]
        assert len(to_citizen) == settings.ACKNOWLEDGEMENTS == 5
        assert Question.objects.count() == len(spellings)

    @pytest.mark.parametrize(
        "spellings",
        [
            [
                "robin.p@gmail.com",
                "ro.bin.p@gmail.com",
                "RobinP@googlemail.com",
                "r.obinp+x@gmail.com",
            ],
            ["robin.p@proton.me", "robin-p@protonmail.com", "robin_p@pm.me", "RobinP+x@proton.me"],
        ],
        ids=["Google", "Proton"],
    )
    def test_spellings_that_a_provider_takes_for_one_are_one_mailbox(
        self, spellings, body_a, settings
    ):
        settings.ACKNOWLEDGEMENTS = 2

        for number, email in enumerate(spellings):
            send(WRITTEN | {"message": f"Q {number}", "email": email})
        # Elsewhere, a dot makes another mailbox.
        for email in ("robin.p@citizens.example", "robinp@citizens.example"):
            send(WRITTEN | {"email": email})

        to_citizens = [mail.to for mail in delivered() if mail.to != [body_a.dpo_mailbox]]
        assert to_citizens == [
            *([spellings[0]], [spellings[1]]),
            *(["robin.p@citizens.example"], ["robinp@citizens.example"]),
        ]
