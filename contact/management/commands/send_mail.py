import logging
import signal
import threading
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections

from contact.models import Mail
from contact.outbox import send_waiting
from contact.signals import before_mail_is_sent

logger = logging.getLogger("contact.send_mail")


class Command(BaseCommand):
    help = "Send the mails that wait in the outbox. Any number of these may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=float,
            metavar="SECONDS",
            help="do so again and again, with such pauses, until told to stop",
        )

    def handle(self, *args, every: float | None, **options) -> None:
        if settings.EMAIL_FILE_PATH:
            logger.info("Mails become files in %s: nobody receives them.", settings.EMAIL_FILE_PATH)
        if not every:
            self._send(threading.Event())
            return
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stopped.set())
        while not stopped.is_set():
            close_old_connections()
            try:
                self._send(stopped)
            except Error as error:
                logger.error("The outbox cannot be read now: %s", type(error).__name__)
            stopped.wait(every)

    def _send(self, stopped: threading.Event) -> None:
        # Robust: what is written already must go out whatever fails here; Django logs it.
        before_mail_is_sent.send_robust(sender=Command)
        done: Counter[str] = Counter()
        for mail in send_waiting():
            done[mail.state] += 1
            if stopped.is_set():
                break
        if done:
            counts = {state: done[state] for state in Mail.State.values if done[state]}
            self.stdout.write(
                ", ".join(f"{number} {state}" for state, number in counts.items()), ending="\n"
            )
