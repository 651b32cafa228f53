import logging
import signal
import threading
from contextlib import suppress

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections

from processing.imports.work import Stopped, work_waiting

logger = logging.getLogger("processing.bring_in_registers")


class Command(BaseCommand):
    help = (
        "Read the registers that were uploaded, and bring them in. Any number of these may run at "
        "once."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="look again and again, with such pauses, until told to stop: people wait",
        )

    def handle(self, *args, every: float | None, **options) -> None:
        if not every:
            while work_waiting():
                pass
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            with suppress(Stopped):
                try:
                    if not work_waiting():
                        stopped.wait(every)
                except Error as error:
                    logger.error("Registers cannot be looked for now: %s", type(error).__name__)
                    stopped.wait(every)
