"""A process that does one thing and is killed at a chosen moment of it: SIGKILL, no farewell.

It reads what to do from its standard input, a line of JSON each, and does it in a child of its
own; the answer tells how the child ended. See tests/contact/test_killed.py.
"""

import gc
import json
import os
import select
import signal
import smtplib
import sys
import traceback

import django

KILLED, DONE = "killed", "done"
# Where it reads, from who started it, that the mail server has fallen silent.
SILENCE = int(os.environ["SILENCE"])


class Fuse:
    """Burns at every boundary of a statement, to the database or to the mail server."""

    def __init__(self, left: int) -> None:
        self.left = left
        self.burnt = 0

    def burn(self) -> None:
        if self.left == self.burnt:
            os.kill(os.getpid(), signal.SIGKILL)
        self.burnt += 1

    def around(self, function):
        def burning(*args, **kwargs):
            self.burn()
            result = function(*args, **kwargs)
            self.burn()
            return result

        return burning


def without_patience(getreply):
    """Waits for an answer as long as one is coming; the next moment it is told that none is.

    How long that may take on a busy machine is then no question.
    """

    def waiting(server: smtplib.SMTP, *args):
        heard, _writing, _failing = select.select([server.sock, SILENCE], [], [], 60)
        if SILENCE in heard:
            server.sock.settimeout(0.001)
        return getreply(server, *args)

    return waiting


def attach(fuse: Fuse) -> None:
    """Before and after each statement, each commit, and each word to the mail server."""
    from django.db import connection
    from django.db.backends.postgresql.base import DatabaseWrapper

    connection.execute_wrappers.append(lambda execute, *args: fuse.around(execute)(*args))
    for name in ("_commit", "_rollback"):
        setattr(DatabaseWrapper, name, fuse.around(getattr(DatabaseWrapper, name)))
    smtplib.SMTP.getreply = without_patience(smtplib.SMTP.getreply)
    for name in ("connect", "send", "getreply"):
        setattr(smtplib.SMTP, name, fuse.around(getattr(smtplib.SMTP, name)))


def submit(address: str, body: str) -> object:
    from django.test import Client

    client = Client()
    # From a network somewhere in the world, which is counted.
    kind = "application/x-www-form-urlencoded"
    response = client.post(address, body, content_type=kind, REMOTE_ADDR="62.4.5.6")
    return [response.status_code, response.headers.get("Location")]


def send() -> object:
    from contact.outbox import send_waiting

    return [mail.state for mail in send_waiting()]


def bring_in() -> object:
    from processing.imports.work import work_waiting

    return work_waiting()


ACTIONS = {"submit": submit, "send": send, "bring in": bring_in}


def in_a_child(task: dict) -> dict:
    # What the one before was told and did not live to hear.
    while select.select([SILENCE], [], [], 0)[0]:
        os.read(SILENCE, 100)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        fuse = Fuse(task.pop("kill_at", -1))
        attach(fuse)
        try:
            answer = ACTIONS[task.pop("action")](**task)
        except BaseException:
            answer = traceback.format_exc()
        os.write(writing, json.dumps([answer, fuse.burnt]).encode())
        os._exit(0)
    os.close(writing)
    _child, status = os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as pipe:
        text = pipe.read()
    if os.WIFSIGNALED(status):
        return {"end": KILLED, "signal": os.WTERMSIG(status)}
    answer, burnt = json.loads(text)
    return {"end": DONE, "answer": answer, "boundaries": burnt}


def main() -> None:
    django.setup()
    # What a child would have to load first, so that it begins at once.
    from django.template.loader import get_template
    from django.test import Client
    from django.urls import reverse
    from django.utils.translation import gettext, override

    # A client makes the chain of middleware; it is not asked for anything here.
    Client().handler.load_middleware()
    for template in ("question.txt", "acknowledgement.txt", "frame.html"):
        get_template(f"mail/{template}")
    for language in ("en", "nl"):
        with override(language):
            assert gettext("Send")
            assert reverse("home")
    # A child shares what is there already, and need not look through it for garbage.
    gc.freeze()
    for line in sys.stdin:
        sys.stdout.write(json.dumps(in_a_child(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
