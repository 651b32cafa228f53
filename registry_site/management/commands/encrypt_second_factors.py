from allauth.mfa.models import Authenticator
from django.core.management.base import BaseCommand
from django.db import transaction

from registry_site.accounts.encryption import encrypt_anew


class Command(BaseCommand):
    help = "Encrypt the secrets of second factors anew, with the first of the keys."

    def handle(self, *args, **options) -> None:
        keys = list(Authenticator.objects.order_by("pk").values_list("pk", flat=True))
        for key in keys:
            with transaction.atomic():
                # Locked: somebody may use up a recovery code at this moment.
                found = Authenticator.objects.select_for_update().filter(pk=key).first()
                if found:
                    encrypt_anew(found)
        self.stdout.write(f"second factors: {len(keys)}")
