"""Several workers, a worker that is killed, and who looks on meanwhile: real transactions."""

import os
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from processing.imports import steps, work
from processing.imports.register import bringing_in
from processing.models import (
    HistoryEntry,
    ImportFile,
    ImportProgress,
    ProcessingActivity,
    RegisterImport,
)
from tests.contact.test_killed import mail_server, victim
from tests.processing.imports.bringing_in import PARKING, VISITORS, csv_of, outcomes, previewed

__all__ = ["mail_server", "victim"]

pytestmark = pytest.mark.django_db(transaction=True)
State = RegisterImport.State
DATA = csv_of(VISITORS, PARKING)


def confirmed_by(person, body, *files: bytes) -> list[RegisterImport]:
    # A preview would wait for what was asked before.
    uploads = [previewed(data, body, person) for data in files]
    for uploaded in uploads:
        steps.confirm(uploaded, by=person)
    return uploads


@pytest.fixture
def confirmed(code_lists, body_a, editor_a) -> RegisterImport:
    return confirmed_by(editor_a, body_a, DATA)[0]


def at_once(function, times: int) -> list:
    start = threading.Barrier(times)

    def one(_number: int):
        start.wait(timeout=30)
        try:
            return function()
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(one, range(times)))


def test_two_imports_of_a_file_at_once_make_its_activities_once(code_lists, body_a, editor_a):
    first, second = confirmed_by(editor_a, body_a, DATA, DATA)

    at_once(work.work_waiting, 4)
    while work.work_waiting():
        pass

    second.refresh_from_db()
    assert outcomes(first) == ["new", "new"]
    assert outcomes(second) == ["same", "same"]
    assert second.state == State.DONE
    assert ProcessingActivity.objects.count() == 2
    assert HistoryEntry.objects.count() == 2


def test_one_import_of_a_body_is_worked_on_at_a_time(code_lists, body_a, editor_a, monkeypatch):
    _first, second = confirmed_by(editor_a, body_a, DATA, DATA)
    meanwhile = []

    def look_on(register_import, progress):
        # As if it had been asked for first, and was committed late.
        with ThreadPoolExecutor(1) as other:
            meanwhile.append(other.submit(worked_on, second.pk).result(timeout=30))
        bringing_in.bring_in(register_import, progress)

    monkeypatch.setitem(work.WORK, State.WAITING, look_on)
    work.work_waiting()

    assert meanwhile == [False]


def worked_on(key: int) -> bool:
    try:
        return work._work_on(key, lambda done, total: None)
    finally:
        connection.close()


def test_progress_is_seen_while_the_one_transaction_runs(confirmed, monkeypatch):
    seen = []
    add = bringing_in.Scribe.add

    def adding(self, *args):
        made = add(self, *args)
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(looked_at, confirmed.pk).result(timeout=30))
        return made

    monkeypatch.setattr(bringing_in, "AT_ONCE", 1)
    monkeypatch.setattr(bringing_in.Scribe, "add", adding)
    work.work_waiting()

    assert seen == [("waiting", 0, 2, 0), ("waiting", 1, 2, 0)]
    assert looked_at(confirmed.pk)[0] == "done"


def looked_at(key: int) -> tuple:
    """As another connection sees it: nothing of what is written, but how far it is."""
    try:
        found = RegisterImport.objects.get(pk=key)
        progress = found.progress
        written = ProcessingActivity.objects.count()
        return found.state, progress.done, progress.total, written
    finally:
        connection.close()


def test_killed_worker_has_done_all_or_nothing_and_the_next_one_does_it(confirmed, victim):
    kill_at, state = 0, State.WAITING
    while state == State.WAITING:
        ImportProgress.objects.update(attempts=0)

        killed = victim.does("bring in", kill_at=kill_at)

        state = RegisterImport.objects.get().state
        is_whole = state == State.DONE
        made = ProcessingActivity.objects.count(), HistoryEntry.objects.count()
        assert made == ((2, 2) if is_whole else (0, 0))
        assert ImportFile.objects.exists() != is_whole
        assert killed["end"] == "killed" or is_whole
        kill_at += 3
    assert kill_at > 60


def test_bodies_take_turns(body_a, editor_a, body_b, editor_b):
    for _time in range(3):
        steps.upload(DATA, "a.csv", organisation=body_a, by=editor_a)
    other = steps.upload(DATA, "b.csv", organisation=body_b, by=editor_b)
    an_hour_ago = timezone.now() - timedelta(hours=1)
    ImportProgress.objects.exclude(pk=other.pk).update(at=an_hour_ago)

    turns = []
    for _time in range(3):
        turns.append(RegisterImport.objects.due()[0].organisation_id)
        work.work_waiting()

    assert turns == [body_a.pk, body_b.pk, body_a.pk]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_worker_that_is_told_to_end_leaves_all_to_the_next_one(
    sign, confirmed, monkeypatch, signals
):
    def told(register_import, progress):
        bringing_in.bring_in(register_import, progress)
        os.kill(os.getpid(), sign)
        # Whatever it would do for a long time yet.
        time.sleep(5)

    with monkeypatch.context() as meanwhile:
        meanwhile.setitem(work.WORK, State.WAITING, told)
        call_command("bring_in_registers", every=600)
    first = looked_at(confirmed.pk)[0], ProcessingActivity.objects.count()
    attempts = ImportProgress.objects.get().attempts
    work.work_waiting()

    assert (first, attempts) == ((State.WAITING, 0), 0)
    assert outcomes(confirmed) == ["new", "new"]
    assert ProcessingActivity.objects.count() == 2


@pytest.fixture
def signals():
    """What the process does when it is told to end, as it was before."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_worker_that_is_killed_again_and_again_gives_up(confirmed, victim):
    for _attempt in range(work.MOST_ATTEMPTS):
        victim.does("bring in", kill_at=60)

    assert work.work_waiting() is False

    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.failure) == (State.FAILED, "stopped")
    assert not ProcessingActivity.objects.exists()
    assert not ImportFile.objects.exists()
