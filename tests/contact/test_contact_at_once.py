"""Two forms arrive at the same moment: a double click, a replay, the last of an allowance."""

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


def send_at_once(forms: list[dict]) -> list:
    """The answers to the forms, sent by as many people at one moment."""
    start = Barrier(len(forms))

    def send(form: dict):
        client = Client()
        start.wait(timeout=30)
        try:
            return client.post(
                FORM,
                urlencode(form),
                content_type="application/x-www-form-urlencoded",
                REMOTE_ADDR=NETWORK,
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(forms)) as people:
        return list(people.map(send, forms))


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
    assert sorted(Allowance.objects.values_list("used", flat=True)) == [3, 3]
