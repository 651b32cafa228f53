from django.core.management.base import BaseCommand, CommandError, CommandParser

from organisations.mailboxes import account_address
from registry_site.accounts.models import SecondStep


class Command(BaseCommand):
    help = "Let somebody log in again at whose log-in too many wrong codes were entered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="the e-mail address of the account")

    def handle(self, *args, address: str, **options) -> None:
        step = SecondStep.objects.filter(user__email=account_address(address)).first()
        if step is None or not step.locked_at:
            raise CommandError("No account with this address is locked.")
        step.unlock()
        self.stdout.write("Unlocked.")
