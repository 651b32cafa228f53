import pytest
from django.test import Client

from contact.models import Question
from tests import factories
from tests.contact.admin.forms import MARK, logged_in
from tests.contact.outbox.conftest import server

__all__ = ["server"]


@pytest.fixture
def publisher(publisher_a) -> Client:
    return logged_in(publisher_a)


@pytest.fixture
def question(body_a) -> Question:
    return factories.create_question(body_a, message="Why do you keep this?\n<b>Tell me</b>")


@pytest.fixture
def theirs(body_b) -> Question:
    """A question to body B, with the mark in all that somebody wrote."""
    question = factories.create_question(
        body_b, name=MARK, email=f"{MARK}@citizens.example", message=MARK
    )
    Question.objects.filter(pk=question.pk).update(notes=MARK)
    question.refresh_from_db()
    return question
