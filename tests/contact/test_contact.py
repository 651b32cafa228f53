"""A citizen asks: what the form takes, what it refuses, and that nothing typed is lost."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
import time_machine
from django.test import Client
from django.test.client import encode_multipart
from django.utils import timezone

from contact.forms import holds_national_number
from contact.models import Mail, Question
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

FORM = "/en/organisations/body-a/contact/"
# A network somewhere in the world: those for documentation stand for nobody.
NETWORK = "62.4.5.6"
WRITTEN = {
    "kind": "access",
    "name": "Robin Peeters",
    "email": "robin@citizens.example",
    "message": "Which data do you have about me?\nAll of them, please.",
}


# One for all: to make a client takes longer than to ask for a page.
CITIZEN = Client()


def token_on(address: str, *, seconds_ago: float = 10) -> str:
    """The token of a form that was opened some seconds ago."""
    moment = timezone.now() - timedelta(seconds=seconds_ago)
    with time_machine.travel(moment):
        page = CITIZEN.get(address).text
    return re.search(r'name="token" value="([^"]+)"', page)[1]


def send(written: dict, *, token: str | None = None, address: str = FORM, **extra):
    """Send the form as a browser does."""
    token = token_on(address) if token is None else token
    return CITIZEN.post(
        address,
        urlencode(written | {"token": token}),
        content_type="application/x-www-form-urlencoded",
        **({"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"} | extra),
    )


def errors_on(page: str) -> list[str]:
    """What the summary on top says."""
    summary = page[page.index('id="problems"') :]
    items = re.findall(r"<li>(.*?)</li>", summary[: summary.index("</div>")], re.S)
    return [unescape(re.sub(r"<[^>]+>", "", item)) for item in items]


class TestQuestion:
    def test_question_is_stored_with_its_mails_and_answered_with_a_reference(self, body_a):
        response = send(WRITTEN)

        (question,) = Question.objects.all()
        assert response.status_code == 302
        assert response.headers["Location"] == f"{FORM}{question.reference}/"
        assert re.fullmatch("[2-9A-Z]{4}-[2-9A-Z]{4}", question.reference)
        assert (question.kind, question.name, question.email, question.message) == tuple(
            WRITTEN.values()
        )
        assert (question.organisation, question.language, question.status) == (body_a, "en", "new")
        assert Mail.objects.filter(question=question).count() == 2

    @pytest.mark.parametrize(
        ("received", "due"),
        [
            ("2026-01-15T12:00", "2026-02-15"),
            ("2026-01-31T12:00", "2026-02-28"),
            ("2024-01-31T12:00", "2024-02-29"),
            ("2026-12-10T12:00", "2027-01-10"),
            # In Brussels it is February already.
            ("2026-01-31T23:30", "2026-03-01"),
        ],
    )
    def test_answer_is_due_within_a_month(self, body_a, received, due):
        with time_machine.travel(datetime.fromisoformat(received).replace(tzinfo=UTC)):
            send(WRITTEN)

        assert str(Question.objects.get().due_on) == due

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_page_afterwards_tells_the_reference_and_nothing_of_what_was_written(
        self, language, body_a
    ):
        address = FORM.replace("/en/", f"/{language}/")
        location = send(WRITTEN, address=address).headers["Location"]

        response = Client().get(location)

        assert response.status_code == 200
        assert Question.objects.get().reference in response.text
        assert Question.objects.get().language == language
        assert response.headers["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )
        # Below the frame, which every page has.
        told = response.text[response.text.index("<main") : response.text.index("</main>")]
        for words in ("Robin", "robin@", "Which data", "access"):
            assert words not in told

    def test_page_afterwards_is_of_this_body_only(self, body_a, body_b):
        location = send(WRITTEN).headers["Location"]

        assert Client().get(location.replace("body-a", "body-b")).status_code == 404
        assert Client().get(f"{FORM}2222-2222/").status_code == 404

    @pytest.mark.parametrize("kind", Question.Kind.values)
    def test_each_kind_can_be_chosen_and_asked_for_in_the_address(self, kind, body_a):
        page = Client().get(f"{FORM}?kind={kind}").text

        assert re.search(rf'value="{kind}"[^>]* checked>', page)
        assert page.count(" checked>") == 1
        assert send(WRITTEN | {"kind": kind}).status_code == 302

    @pytest.mark.parametrize("kind", ["question", "error"])
    def test_name_is_optional_for_a_question_and_an_error(self, kind, body_a):
        assert send(WRITTEN | {"kind": kind, "name": ""}).status_code == 302

    def test_question_about_an_entry_keeps_its_number(self, body_a, publisher_a):
        number = factories.create_publication(body_a, by=publisher_a, name="Parking").number
        address = f"{FORM}?activity={number}"

        assert "Parking" in Client().get(address).text
        send(WRITTEN, address=address)

        assert Question.objects.get().activity_number == number

    def test_question_arrives_when_its_entry_is_withdrawn_meanwhile(self, body_a, publisher_a):
        publication = factories.create_publication(body_a, by=publisher_a)
        address = f"{FORM}?activity={publication.number}"
        token = token_on(address)
        publication.working_copy.withdraw(by=publisher_a, reason="Test")

        assert send(WRITTEN, token=token, address=address).status_code == 302
        assert Client().get(address).status_code == 404

    @pytest.mark.parametrize("number", ["0", "01", "99", "x", "1" * 30, "%00", "-1", "١"])
    def test_entry_that_does_not_exist_is_not_found(self, number, body_a):
        status = Client().get(f"{FORM}?activity={number}").status_code

        assert status == (400 if number == "%00" else 404)

    def test_body_that_is_not_public_has_no_form(self, body_a):
        token = token_on(FORM)
        body_a.is_public = False
        body_a.save()

        assert Client().get(FORM).status_code == 404
        assert send(WRITTEN, token=token).status_code == 404

    def test_form_has_no_cookie_and_is_kept_by_no_cache(self, body_a):
        response = Client(headers={"cookie": "sessionid=x; csrftoken=y"}).get(FORM)

        assert response.cookies == {}
        assert "no-store" in response.headers["Cache-Control"]
        assert "Vary" not in response.headers or "Cookie" not in response.headers["Vary"]

    def test_form_asks_one_query_and_sending_it_a_fixed_number(
        self, body_a, django_assert_num_queries
    ):
        Client().get(FORM)
        token = token_on(FORM)

        with django_assert_num_queries(1):
            Client().get(FORM)
        # The revision; the day's salt; the question, put in and read; three counts; two mails.
        with django_assert_num_queries(18):
            send(WRITTEN, token=token, REMOTE_ADDR=NETWORK)


class TestWrongInput:
    @pytest.mark.parametrize(
        ("wrong", "told"),
        [
            ({"kind": ""}, "Choose what it is about."),
            ({"kind": "none"}, "Choose what it is about."),
            ({"name": ""}, "Write your name: the body must know whose data it is."),
            ({"name": "x" * 201}, "Write your name in at most 200 characters."),
            ({"email": ""}, "Write your e-mail address: the body answers there."),
            ({"email": "robin"}, "Write your e-mail address like this: name@example.be."),
            ({"message": " \n "}, "Write your message."),
            (
                {"message": "x" * 5001},
                "Your message is too long. It has 5001 characters, and 5000 fit in.",
            ),
            (
                {"leave_empty": "spam"},
                "Something filled in a field that people do not see. Send your message again.",
            ),
        ],
        ids=lambda value: str(value)[:40],
    )
    def test_error_is_told_and_everything_typed_is_still_there(self, wrong, told, body_a):
        written = WRITTEN | wrong

        response = send(written)

        assert response.status_code == 422
        assert errors_on(response.text) == [told]
        assert Question.objects.count() == 0
        page = unescape(response.text)
        for field in ("name", "email"):
            assert f'value="{written[field]}"' in page
        assert f">\n{written['message'].strip()}</textarea>" in page or not (
            written["message"].strip()
        )
        if written["kind"] == "access":
            assert re.search(r'value="access"[^>]* checked>', page)
        assert page.count("<title>Not sent yet") == 1

    def test_errors_lead_to_their_fields(self, body_a):
        page = send({}).text

        targets = re.findall(r'<li><a href="#([^"]+)"', page)
        assert targets == ["kind-question", "email", "message"]
        for target in targets:
            assert page.count(f'id="{target}"') == 1
        for field in ("kind", "email", "message"):
            assert page.count(f'id="error-{field}"') == 1
            assert f'error-{field}"' in page.replace(f'id="error-{field}"', "")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_errors_are_in_the_language_of_the_page(self, language, body_a):
        page = send({}, address=FORM.replace("/en/", f"/{language}/")).text

        expected = {
            "nl": "Kies waarover het gaat.",
            "fr": "Choisissez de quoi il s’agit.",
            "de": "Wählen Sie aus, worum es geht.",
            "en": "Choose what it is about.",
        }
        assert errors_on(page)[0] == expected[language]

    @pytest.mark.parametrize(
        "text",
        [
            # Made-up numbers with right check digits, of before and after 2000.
            "85.07.30-033.28",
            "my number is 85073003328.",
            "00.01.25-567.77",
            "85 07 30 033 28",
            # As texts come from documents, forms and telephones.
            "85\u00a007\u00a030\u00a0033\u00a028",
            "85.07.30\u202d-\ufe0f033\u206328",
            "85\u202f07\u202f30\u202f–\u202f033\u202f28",
            *(f"85.07.30{dash}033.28" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212－"),
            "85/07/30 - 033/28",
            "850730/033-28",
            "85 . 07 . 30 – 033 . 28",
            "85·07·30-033·28",
            "85.07.30\n033.28",
            "850730\u200b03328",
            "８５．０７．３０－０３３．２８",
            "٨٥٠٧٣٠٠٣٣٢٨",
            # Right after what has the form, and is none.
            "12 34 56 123 85 07 30 033 28",
        ],
    )
    def test_national_number_is_warned_of_once(self, text, body_a):
        warned = send(WRITTEN | {"message": text})
        sent = send(WRITTEN | {"message": text, "keep_number": "on"})

        assert warned.status_code == 422
        assert "national register number" in errors_on(warned.text)[0]
        assert text in warned.text
        assert sent.status_code == 302

    @pytest.mark.parametrize(
        "text",
        [
            "85.07.30-033.29",
            "８５．０７．３０－０３３．２９",
            "BE71 0961 2345 6769",
            "85.07.30, 033.28",
            "85.07.30      033.28",
            "185.07.30-033.28",
            "85.07.30-033.281",
            # Telephones in the ways in which they are written.
            *("0475 12 34 56", "0475/12.34.56", "0475-123456", "02 123 45 67", "02/123.45.67"),
            *("+32 475 12 34 56", "+32 (0)475 12 34 56", "0032 475 12 34 56", "+32 2 123 45 67"),
        ],
    )
    def test_other_numbers_are_no_national_numbers(self, text):
        assert not holds_national_number(text)

    @pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r"])
    @pytest.mark.parametrize(("more", "status"), [("", 302), ("x", 422)])
    def test_line_break_is_one_character_as_the_browser_counts(
        self, more, status, line_break, body_a
    ):
        lines = line_break.join(["x" * 49] * 100) + "x" + more

        response = send(WRITTEN | {"message": lines})

        assert response.status_code == status
        if more:
            assert "It has 5001 characters, and 5000 fit in." in errors_on(response.text)[0]

    @pytest.mark.parametrize(
        ("sent", "stored"),
        [
            ("%00", None),
            ("%1B", "\x1b data"),
            # Half of a pair, and a byte that begins nothing: what no text is.
            ("%ED%A0%80", "\ufffd\ufffd\ufffd data"),
            ("%FF", "\ufffd data"),
            ("%F0%9F%98%80", "\U0001f600 data"),
        ],
    )
    def test_strange_characters_are_no_error_of_ours(self, sent, stored, body_a):
        body = urlencode(WRITTEN | {"message": "Which data", "token": token_on(FORM)})
        body = body.replace("Which", sent)

        response = CITIZEN.post(FORM, body, content_type="application/x-www-form-urlencoded")

        assert response.status_code == (302 if stored else 422)
        assert list(Question.objects.values_list("message", flat=True)) == [stored] * bool(stored)

    @pytest.mark.parametrize(
        ("typed", "stored"),
        [
            ("Robin.Peeters@Citizens.EXAMPLE", "Robin.Peeters@citizens.example"),
            ("robin@münchen.example", "robin@xn--mnchen-3ya.example"),
            # Letters of their own: "fass" and "σ" are domains of others.
            ("jan@faß.example", "jan@xn--fa-hia.example"),
            ("jan@FAẞ.example", "jan@xn--fa-hia.example"),
            ("jan@XN--FA-HIA.example", "jan@xn--fa-hia.example"),
            ("jan@ς.example", "jan@xn--3xa.example"),
            ("jan@x\u200cy.example", None),
            ("jan@xn--a.example", None),
            # Longer in the letters of the DNS than there is room for.
            (f"{'x' * 64}@{'.'.join(['ü' * 44] * 4)}.be", None),
            # Other signs for the same letters, and letters that nobody sees.
            ("robin@citｉzens.example", "robin@citizens.example"),
            ("robin@citi\u00adzens.example", "robin@citizens.example"),
            # What the way to the letters of the DNS turns into commas, at signs and brackets.
            ("a@x.example，v＠victim.example", None),
            ("a@one；Ｂcc：　x.example", None),
            ("a@one＞　X＝＜y.example", None),
            ("a@＠.example", None),
            ("a@exam\u2028ple.example", None),
            ("a@exam\u2029ple.example", None),
            ("a@x.example.", None),
            ("a@127.0.0.1", None),
            ("a@localhost", None),
        ],
    )
    def test_address_is_stored_as_mail_servers_know_it(self, typed, stored, body_a):
        response = send(WRITTEN | {"email": typed})

        assert response.status_code == (302 if stored else 422)
        assert list(Question.objects.values_list("email", flat=True)) == [stored] * bool(stored)

    def test_name_is_one_line(self, body_a):
        send(WRITTEN | {"name": "Robin\r\nE-mail address: other@citizens.example"})

        assert Question.objects.get().name == "Robin E-mail address: other@citizens.example"

    @pytest.mark.parametrize("letter", ["x", "й"])
    def test_message_of_a_whole_book_comes_back(self, letter, body_a):
        response = send(WRITTEN | {"message": letter * 200_000})

        assert response.status_code == 422
        assert letter * 200_000 in response.text
        assert "It has 200000 characters, and 5000 fit in." in errors_on(response.text)[0]

    def test_files_and_floods_are_refused_before_they_are_read(self, body_a):
        token = token_on(FORM)

        sent = encode_multipart("x", WRITTEN | {"token": token})
        as_file = Client().post(FORM, sent, "multipart/form-data; boundary=x")
        flood = send(WRITTEN | {"more": "x" * 2_000_001}, token=token)
        many = send({f"field{number}": "" for number in range(5000)}, token=token)

        assert (as_file.status_code, flood.status_code, many.status_code) == (415, 413, 413)
        assert Question.objects.count() == 0
