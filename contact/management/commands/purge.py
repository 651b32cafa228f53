from django.core.management import call_command
from django.core.management.base import BaseCommand

from contact import retention
from processing.models import FormDraft, RegisterImport


class Command(BaseCommand):
    help = (
        "Erase what its time is over: questions, mails, counts, forms left unsaved, uploaded "
        "registers, sessions."
    )

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
        self.stdout.write(f"forms left unsaved: {FormDraft.objects.forget_old()}")
        self.stdout.write(f"uploaded registers: {RegisterImport.objects.forget_old()}")
        call_command("clearsessions")
