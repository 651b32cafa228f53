"""No place is left on a disk: what visitors see, and that all goes on once there is."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path
from random import choices
from string import ascii_letters

import psycopg
import pytest
from django.core.management import call_command

from contact.models import Mail
from tests import factories
from tests.proxy.arrangement import HOST, Answer, answer_at, eventually, needs_nginx
from tests.proxy.test_faults import AWAY, CONTACT, FORM, PAGES, assert_public_is_served, send
from tests.registry_site.test_watching import WatchedSite

# Without the mark of the database there is none where these tests run alone.
pytestmark = [needs_nginx, pytest.mark.django_db]

XLSX = "/fr/processing/files/xlsx/"
PIECE = b"x" * 4096


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    place.mkdir(exist_ok=True)
    options = f"size={size},mode=777"
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("only root makes a small disk")
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


@contextmanager
def full(place: Path) -> Iterator[None]:
    filler = place / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(PIECE)
    try:
        yield
    finally:
        filler.unlink(missing_ok=True)


def test_what_the_proxy_keeps_makes_place(production):
    """It looks every ten seconds, and when it begins anew: where little is free, the oldest go."""
    before = production.proxy

    def asked(path: str) -> int:
        # nginx breaks off what it cannot keep.
        with suppress(HTTPException):
            return production.ask(path, Accept_Encoding="gzip").status
        return 0

    with small_disk(production.home / "small", "700k"):
        production.proxy = proxy = production.new_proxy("small")
        configuration = proxy.home / "nginx.conf"
        text = configuration.read_text()
        configuration.write_text(re.sub("min_free=[0-9]+m", "min_free=200k", text))
        proxy.stop()
        proxy.start()
        try:
            # Until the disk is full.
            assert not all(asked(f"/en/processing/?q=x{number}") for number in range(1000))
            os.kill(proxy.process_id, signal.SIGHUP)
            eventually(lambda: {asked(path) for path in PAGES} == {200}, "there is place")
        finally:
            production.proxy = before
            proxy.stop()


def test_what_the_proxy_keeps(production):
    """By others: what is kept is shown, what is not kept anyway is served."""
    before = production.proxy
    with small_disk(production.home / "small", "4m") as place:
        production.proxy = proxy = production.new_proxy("small")
        try:
            assert_public_is_served(production)
            with full(place):
                assert_public_is_served(production)
                assert production.ask("/admin/account/login/").status == 200
                assert production.ask(CONTACT.format("fr")).status == 200
                assert send(production, production.question()).status == 302
            assert_public_is_served(production)
            assert production.ask("/en/processing/?q=after").status == 200
        finally:
            production.proxy = before
            proxy.stop()


def test_temporary_files_of_the_site(production):
    """Nothing of the public waits there, be it a workbook of everything."""
    with small_disk(production.site.temporary, "16k") as place, full(place):
        assert production.ask(XLSX).status == 200
        assert_public_is_served(production)
        assert production.ask("/fr/processing/files/csv/").status == 200
        assert send(production, production.question()).status == 302


def test_database(production):
    """Of what citizens write: no question is told to be received that is not."""
    url = production.database.start()

    def ask(number: int) -> Answer:
        # The proxy would let only some through.
        visitor = {"Host": HOST, "X_Real_IP": f"9.8.{number}.1", "Content_Type": FORM}
        question = production.question(message="".join(choices(ascii_letters, k=4000)))
        return answer_at(production.site.port, CONTACT.format("fr"), "POST", question, **visitor)

    with (
        small_disk(production.home / "tables", "400k") as place,
        psycopg.connect(url, autocommit=True) as connection,
    ):
        inner = place / "inner"
        inner.mkdir()
        account = Path(f"/proc/{production.database.process_id}").stat()
        os.chown(inner, account.st_uid, account.st_gid)
        connection.execute(f"CREATE TABLESPACE small LOCATION '{inner}'")
        connection.execute("ALTER TABLE contact_question SET TABLESPACE small")
        try:
            before = production.do("questions")
            with full(place):
                answers = [ask(number) for number in range(10)]
                told = [answer.status for answer in answers]
                assert set(told) <= {302, 503}
                assert told[-1] == 503
                assert f"<h1>{AWAY['fr']}</h1>" in answers[-1].text
                assert_public_is_served(production)
            assert production.do("questions")[0] - before[0] == told.count(302)
            assert ask(10).status == 302
        finally:
            connection.execute("ALTER TABLE contact_question SET TABLESPACE pg_default")
            connection.execute("DROP TABLESPACE small")


def test_mails_as_files(body_a, settings, tmp_path):
    factories.create_question(body_a)
    with small_disk(tmp_path / "mails", "64k") as place:
        settings.EMAIL_FILE_PATH = str(place)
        settings.MAIL_TRANSPORT = "contact.mail_files.EmailBackend"
        with full(place):
            call_command("send_mail")
            waiting = Mail.objects.unsettled()
            assert waiting.count() == Mail.objects.count() > 0
        waiting.update(next_attempt_at=waiting.first().created_at)
        call_command("send_mail")
        assert waiting.count() == 0
        written = "".join(path.read_text() for path in place.iterdir())
        for mail in Mail.objects.all():
            assert written.count(f"Message-ID: {mail.message_id}") == 1


def test_counts_of_requests(production, tmp_path):
    """Whoever watches sees less; visitors notice nothing."""
    url = production.database.start()
    with small_disk(tmp_path / "counts", "64k") as place, full(place):
        site = WatchedSite(tmp_path, DATABASE_URL=url)
        try:
            assert [site.get("/nl/")[0] for _again in range(3)] == [200] * 3
            assert site.figures()["register_published_entries", ""] > 0
            assert "There is no room to count requests" in site.errors
        finally:
            site.stop()
