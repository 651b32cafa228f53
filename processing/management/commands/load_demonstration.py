from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.models import Organisation, User
from processing.demonstration import BadRegisterFile, load_register, register_files

DIRECTORY = settings.BASE_DIR / "fixtures" / "register"
# Under .example, which RFC 2606 keeps free: mail to it reaches nobody.
PUBLISHER = "demonstration@register.example"


class Command(BaseCommand):
    help = "Add the demonstration register: made-up entries of real federal bodies."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        if not settings.DEMONSTRATION:
            raise CommandError("Set DEMONSTRATION=1: these entries are made up.")
        publisher, _created = User.objects.get_or_create(
            email=PUBLISHER,
            # Without a password nobody can log in with it; it only signs the publications.
            defaults={"is_superuser": True, "password": "!"},
        )
        self._give_mailboxes()
        added = 0
        for slug, path in register_files(DIRECTORY):
            try:
                organisation = Organisation.objects.get(slug=slug)
                added += load_register(path, organisation, by=publisher)
            except (Organisation.DoesNotExist, BadRegisterFile) as error:
                raise CommandError(f"{path.name}: {error}") from error
        self.stdout.write(f"demonstration register: {added} processing activities added")

    def _give_mailboxes(self) -> None:
        for organisation in Organisation.objects.filter(contact_mailbox="", dpo_mailbox=""):
            organisation.contact_mailbox = f"contact@{organisation.slug}.example"
            organisation.dpo_mailbox = f"dpo@{organisation.slug}.example"
            organisation.save(update_fields=["contact_mailbox", "dpo_mailbox"])
