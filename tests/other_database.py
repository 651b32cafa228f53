"""A process that works in databases other than that of the tests: tests/test_restore.py,
tests/proxy/.

It reads from its standard input, a line of JSON each, which database and what to do there, and
does it in a child of its own, because what a process keeps in memory is of one database.
"""

import io
import json
import os
import sys
import traceback

import dj_database_url
import django
from django.conf import settings

from tests import format_1

DONE, FAILED = "done", "failed"


def migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def fill() -> None:
    """A small register with all that triggers look at, and a question with its mails."""
    from django.core.management import call_command

    from tests import factories

    call_command("load_codelists", stdout=io.StringIO())
    parent = factories.create_organisation("parent")
    body = factories.create_organisation("body", parent=parent)
    hidden = factories.create_organisation("hidden", is_public=False)
    publisher = factories.create_administrator()
    changed = factories.create_full_activity(parent, body, "canary")
    changed.publish(by=publisher)
    changed.name_en = "Réseau routier"
    changed.save()
    changed.publish(by=publisher)
    for name in ("Zolder 10", "Zolder 2"):
        factories.create_publication(hidden, by=publisher, name=name)
    for name in ("loket", "Loket", "LOKET"):
        factories.create_publication(body, by=publisher, name=name)
    withdrawn = factories.create_activity(body, name="Parking")
    withdrawn.publish(by=publisher)
    withdrawn.withdraw(by=publisher, reason="A test.")
    factories.create_activity(body, name="Draft")
    factories.create_question(body)


def serve() -> dict:
    """What a visitor finds; then the people of the register go on, and what is found after that."""
    from contact.models import Mail
    from organisations.models import Organisation, User
    from processing.models import ProcessingActivity
    from tests import factories

    publisher = User.objects.get(is_superuser=True)
    body = Organisation.objects.get(slug="body")
    before = {words: found(words) for words in ("reseau", "zolder", "parking", "draft")}
    changed = ProcessingActivity.objects.get(name_en="Réseau routier")
    changed.name_en = "Road network"
    changed.save()
    draft = ProcessingActivity.objects.get(name_en="Draft")
    added = factories.create_activity(factories.create_organisation("added"), name="Added")
    versions = [entry.publish(by=publisher).version for entry in (changed, draft, added)]
    factories.create_question(body, message="And since when?", form="another form")
    return {
        "before": before,
        "versions": versions,
        "after": {words: found(words) for words in ("reseau", "network", "draft", "added")},
        "mails": Mail.objects.count(),
    }


def withdraw() -> None:
    """Take one entry out of public view."""
    from organisations.models import User
    from processing.models import ProcessingActivity

    publisher = User.objects.get(is_superuser=True)
    ProcessingActivity.objects.get(name_en="LOKET").withdraw(by=publisher, reason="A test.")


def publish() -> str:
    """One more entry, under a name that no other has."""
    from organisations.models import Organisation, User
    from processing.models import Publication
    from tests import factories

    name = f"Later{Publication.objects.count()}"
    body = Organisation.objects.get(slug="body")
    factories.create_publication(body, by=User.objects.get(is_superuser=True), name=name)
    return name


def log_in() -> str:
    """The session of a central administrator, as a cookie."""
    from django.test import Client

    from organisations.models import User

    client = Client()
    client.force_login(User.objects.get(is_superuser=True))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def questions() -> list[int]:
    """How many questions there are, and how many mails."""
    from contact.models import Mail, Question

    return [Question.objects.count(), Mail.objects.count()]


def listed() -> list[str]:
    """All entries by name."""
    return found("")


def found(words: str) -> list[str]:
    """The entries on the page of a search, in its order."""
    from django.test import Client
    from django.utils.html import strip_tags

    page = Client().get("/en/processing/", {"q": words} if words else {})
    assert page.status_code == 200
    text = strip_tags(page.content.decode())
    return sorted((name for name in NAMES if name in text), key=text.index)


NAMES = (
    *("loket", "Loket", "LOKET"),
    *("Réseau routier", "Road network", "Zolder 10", "Zolder 2"),
    *("Parking", "Draft", "Added"),
)
ACTIONS = {
    **{"migrate": migrate, "fill": fill, "listed": listed, "serve": serve},
    **{"withdraw": withdraw, "publish": publish, "log in": log_in, "questions": questions},
    **{"write format 1": format_1.migrate_and_write, "told": format_1.told},
}


def in_a_child(url: str, action: str) -> list:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        from django.db import connections

        connections.databases["default"].update(dj_database_url.parse(url))
        try:
            answer = [DONE, ACTIONS[action]()]
        except BaseException:
            answer = [FAILED, traceback.format_exc()]
        os.write(writing, json.dumps(answer).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        answer = pipe.read()
    os.waitpid(child, 0)
    return json.loads(answer)


def main() -> None:
    django.setup()
    # Static files by their own names: nothing has collected them.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    # What a child would have to load first. Nothing is asked of a database here.
    from django.template.loader import get_template
    from django.test import Client
    from django.urls import reverse

    Client().handler.load_middleware()
    reverse("home")
    get_template("processing/activity_list.html")
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_a_child(*json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
