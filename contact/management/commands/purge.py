from datetime import timedelta

from axes.models import AccessAttempt
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from contact import retention

# Far longer than anybody is locked out.
DAYS_OF_FAILED_LOGINS = 1


class Command(BaseCommand):
    help = "Erase what its time is over: questions, mails, counts, failed log-ins, sessions."

    def handle(self, *args, **options) -> None:
        done = retention.purge()
        self.stdout.write(f"questions: {done.questions}")
        if done.waiting_for_mail:
            self.stdout.write(
                f"questions kept, for a mail that is not delivered: {done.waiting_for_mail}"
            )
        self.stdout.write(f"mails: {done.mails}")
        if done.mail_files:
            self.stdout.write(f"mails in files: {done.mail_files}")
        self.stdout.write(f"counts of earlier days: {done.allowances}")
        old = timezone.now() - timedelta(days=DAYS_OF_FAILED_LOGINS)
        number, _by_model = AccessAttempt.objects.filter(attempt_time__lte=old).delete()
        self.stdout.write(f"failed log-ins: {number}")
        call_command("clearsessions")
