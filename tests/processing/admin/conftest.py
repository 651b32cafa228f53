import pytest
from django.test import Client

from organisations.models import User


def logged_in(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def editor(editor_a) -> Client:
    return logged_in(editor_a)


@pytest.fixture
def publisher(publisher_a) -> Client:
    return logged_in(publisher_a)
