"""What the people of a body do with questions in the admin."""

import re

from django.test import Client

from contact.models import Question
from organisations.models import User

QUESTIONS = "/admin/contact/question/"
MAILS = "/admin/contact/mail/"
MARK = "secretmark"


def logged_in(person: User) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(person)
    return client


def known_on(client: Client, question: Question) -> str:
    """What the form of a question says that it shows."""
    page = client.get(f"{QUESTIONS}{question.pk}/change/").text
    found = re.search(r'name="known" value="(\w+)"', page)
    return found[1] if found else ""


def change(client: Client, question: Question, *, known: str | None = None, **values) -> object:
    form = {"status": question.status, "due_on": question.due_on.isoformat(), "notes": ""}
    form["known"] = known_on(client, question) if known is None else known
    response = client.post(f"{QUESTIONS}{question.pk}/change/", form | values)
    question.refresh_from_db()
    return response


def sent_by(page: str) -> dict[str, str]:
    """What the page before an action in bulk sends."""
    found = re.findall(r'<input type="hidden" name="(confirmed|seen-\d+)" value="([^"]*)"', page)
    return dict(found)


def act(client: Client, action: str, *rows, address: str = QUESTIONS) -> str:
    """Do something with rows of a list, after a look where that is asked for; what is told."""
    form = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    page = client.post(address, form, follow=True)
    if 'name="confirmed"' in page.text:
        page = client.post(address, form | sent_by(page.text), follow=True)
    for row in rows:
        row.refresh_from_db()
    return " ".join(str(message) for message in page.context["messages"])
