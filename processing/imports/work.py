"""What takes time of an import: done by a process for it alone, never by a web worker.

Each piece of work is one transaction, which holds the row of the import locked: killed at any
moment, it has done all or nothing, and waits for the next worker. The lock ends with the process;
two workers never meet, and of each body one import is worked on at a time.
"""

import logging
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone, translation

from processing.imports.files.hostile import Unreadable
from processing.imports.reasons import NotUndone, WorksElsewhere
from processing.imports.register.bringing_in import bring_in, take_back
from processing.imports.register.preview import Progress, make_preview
from processing.imports.register.recognising import recognise
from processing.models import ImportFile, ImportProgress, RegisterImport

logger = logging.getLogger(__name__)
# So often a worker may end without a word before people are told that it does not work.
MOST_ATTEMPTS = 3
# A worker gives a piece of work up after so many seconds: other bodies wait meanwhile. What is
# confirmed is written, or undone, whole; to read a file once more costs nobody anything.
LONGEST = 600
LONGEST_READING = 60
# Names the lock of a body among others of the database.
ONE_OF_A_BODY = 1_871
State = RegisterImport.State
WORK: dict[str, Callable[[RegisterImport, Progress], None]] = {
    State.RECEIVED: recognise,
    State.MAPPED: make_preview,
    State.WAITING: bring_in,
    State.UNDOING: take_back,
}


class Stopped(KeyboardInterrupt):
    """The process is told to end. As for an interrupt by a key, psycopg cancels its statement."""


def do_now(register_import: RegisterImport) -> None:
    """Do what waits for a worker, if it is its turn; afterwards its state tells how that went.

    For commands, which are in no hurry and may be in a transaction of their own.
    """
    if register_import.pk in RegisterImport.objects.due().values_list("pk", flat=True):
        _work_on(register_import.pk, lambda done, total: None)
    register_import.refresh_from_db()


def work_waiting() -> bool:
    """Do the next of what waits for a worker; False where nothing does."""
    for key in list(RegisterImport.objects.due().values_list("pk", flat=True)):
        with Telling(key) as telling:
            if telling.begin() and _work_on(key, telling):
                return True
    return False


class Telling:
    """Tells how far the work is, over a connection of its own: others see it at once."""

    def __init__(self, key: int) -> None:
        self.key = key

    def __enter__(self) -> "Telling":
        self.connection = connection.copy()
        return self

    def __exit__(self, *args: object) -> None:
        self.connection.close()

    def begin(self) -> bool:
        """Count the attempt. False where too many ended without a word: then it has failed."""
        attempts = ImportProgress.objects.values_list("attempts", flat=True)
        if (attempts.filter(pk=self.key).first() or 0) >= MOST_ATTEMPTS:
            _fail(self.key, "stopped")
            return False
        return True

    def started(self) -> None:
        self._write("attempts = attempts + 1, at = %s", timezone.now())

    def stopped(self) -> None:
        """Whoever runs the site ended it: nothing is wrong with the file."""
        self._write("done = 0, attempts = attempts - 1, at = %s", timezone.now())

    def __call__(self, done: int, total: int) -> None:
        self._write("done = %s, total = %s, at = %s", done, total, timezone.now())

    def _write(self, values: str, *parameters: object) -> None:
        table = ImportProgress._meta.db_table
        with self.connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {values} WHERE register_import_id = %s",  # noqa: S608 (ours)
                [*parameters, self.key],
            )


def _work_on(key: int, progress: Progress) -> bool:
    """One piece of work; False where somebody else is at it or was faster, or the database is not
    well: then it waits, and the attempt counts.
    """
    failure, numbers = "", []
    try:
        with transaction.atomic():
            register_import = _held(key)
            if register_import is None or not _is_alone(register_import.organisation_id):
                return False
            _do(register_import, progress)
    except Stopped:
        if isinstance(progress, Telling):
            progress.stopped()
        raise
    except Unreadable as error:
        failure = error.code
    except NotUndone as refused:
        failure = "touched"
        numbers = refused.numbers
    except WorksElsewhere:
        failure = "left"
    except (OperationalError, InterfaceError) as error:
        logger.warning("Import %d waits: %s", key, type(error).__name__)
        return False
    except Exception as error:  # whatever it is, others have to be worked on
        # Its message may hold what somebody wrote.
        place = traceback.extract_tb(error.__traceback__)[-1]
        told = (key, type(error).__name__, place.filename, place.lineno)
        logger.error("Import %d failed: %s in %s, line %d", *told)
        failure = "fault"
    if failure:
        _fail(key, failure, numbers)
    return True


def _do(register_import: RegisterImport, progress: Progress) -> None:
    """What its state asks for, in the language of the person."""
    _refuse_who_left(register_import)
    is_worker = isinstance(progress, Telling)
    if is_worker:
        progress.started()
    language = register_import.by.language if register_import.by else None
    language = language or translation.get_language()
    with translation.override(language), ExitStack() as limits:
        if is_worker and threading.current_thread() is threading.main_thread():
            # Only the main thread can be told.
            is_read = register_import.state in (State.RECEIVED, State.MAPPED)
            limits.enter_context(given_up_after(LONGEST_READING if is_read else LONGEST))
            limits.enter_context(ended_when_told())
        WORK[register_import.state](register_import, progress)
    ImportProgress.objects.filter(pk=register_import.pk).update(attempts=0)


def _refuse_who_left(register_import: RegisterImport) -> None:
    """Who asked for it may have left the body since, or have no account any more.

    A program is nobody: then nobody wrote either.
    """
    by = register_import.by
    if by is None and register_import.writers:
        raise WorksElsewhere
    if by is not None and not register_import.organisation.has_member(by):
        raise WorksElsewhere


@contextmanager
def given_up_after(seconds: float) -> Iterator[None]:
    """Raise Unreadable in what takes longer."""

    def give_up(*_args: object) -> None:
        raise Unreadable("too_slow")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@contextmanager
def ended_when_told() -> Iterator[None]:
    """Raise Stopped when the process is told to end: the work is for the next one, from the start.

    What was to be done before, such as noting that it is told, is done first.
    """
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}

    def end(number: int, frame: FrameType | None) -> None:
        if callable(before[number]):
            before[number](number, frame)
        raise Stopped

    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _held(key: int) -> RegisterImport | None:
    """The import, locked, while it waits for a worker. Who reads it does not wait."""
    rows = RegisterImport.objects.filter(pk=key, state__in=RegisterImport.WORKED_ON)
    # Not the key: its rows may be added meanwhile.
    rows = rows.select_for_update(of=("self",), skip_locked=True, no_key=True)
    return rows.select_related("organisation").first()


def _is_alone(organisation: int) -> bool:
    """Whether no other import of the body is worked on; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [ONE_OF_A_BODY, organisation])
        return cursor.fetchone()[0]


def _fail(key: int, failure: str, numbers: list[int] | None = None) -> None:
    """Say why it did not work; an import that could not be undone stays what it is."""
    with transaction.atomic():
        register_import = _held(key)
        if register_import is None:
            return
        is_undo = register_import.state == State.UNDOING
        register_import.state = State.DONE if is_undo else State.FAILED
        register_import.failure = f"undo_{failure}" if is_undo else failure
        register_import.asked_at = None
        register_import.finished_at = register_import.finished_at or timezone.now()
        register_import.counts |= {"touched": numbers or []}
        register_import.save()
        if not is_undo:
            ImportFile.objects.filter(pk=key).delete()
        ImportProgress.objects.filter(pk=key).update(attempts=0)
