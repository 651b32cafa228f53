"""Two forms arrive at the same moment: a double click, a replay, the last of an allowance."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client

from contact.models import Allowance, Mail, Question
from tests.contact.test_contact import FORM, NETWORK, WRITTEN, token_on

pytestmark = pytest.mark.django_db(transaction=True)
TOGETHER = 6


def send_at_once(forms: list[dict], addresses: Sequence[str] = ()) -> list:
    """The answers to the forms, sent by as many people at one moment."""
    start = Barrier(len(forms))

    def send(form: dict, address: str):
        client = Client()
        start.wait(timeout=30)
        try:
            return client.post(
                FORM,
                urlencode(form),
                content_type="application/x-www-form-urlencoded",
                REMOTE_ADDR=address,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as people:
        return list(people.map(send, forms, addresses or [NETWORK] * len(forms)))


@pytest.mark.parametrize("round_", range(5))
def test_same_form_at_once_is_one_question(round_, body_a):
    form = WRITTEN | {"token": token_on(FORM)}

    answers = send_at_once([form] * TOGETHER)

    question = Question.objects.get()
    assert {a.headers["Location"] for a in answers} == {f"{FORM}{question.reference}/"}
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("round_", range(5))
def test_same_question_from_several_forms_at_once_is_one_question(round_, body_a):
    forms = [WRITTEN | {"token": token_on(FORM)} for _form in range(TOGETHER)]

    answers = send_at_once(forms)

    question = Question.objects.get()
    assert {a.headers["Location"] for a in answers} == {f"{FORM}{question.reference}/"}
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("round_", range(5))
def test_allowance_is_not_exceeded_by_hurry(round_, body_a, settings):
    settings.QUESTIONS_PER_NETWORK = 3
    forms = [
        WRITTEN | {"token": token_on(FORM), "message": f"Question {number}"}
        for number in range(TOGETHER)
    ]

    answers = send_at_once(forms)

    assert sorted(a.status_code for a in answers) == [302] * 3 + [429] * 3
    assert Question.objects.count() == 3
    # Of the network, of the body, and of the citizen's mailbox.
    assert sorted(Allowance.objects.values_list("used", flat=True)) == [3, 3, 3]


def test_neighbours_at_once_do_not_wait_for_each_other_for_ever(body_a, settings):
    settings.QUESTIONS_PER_NETWORK = 1
    forms = [
        WRITTEN | {"token": token_on(FORM), "message": f"Question {number}"}
        for number in range(TOGETHER)
    ]
    homes = [f"2a02:a03f:1:{number % 3:x}::1" for number in range(TOGETHER)]

    answers = send_at_once(forms, homes)

    # Three homes may send one each, and their /56 two.
    assert sorted(a.status_code for a in answers) == [302] * 2 + [429] * 4
    assert Question.objects.count() == 2
