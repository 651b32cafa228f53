from django.apps import AppConfig
from django.core.signals import request_started
from django.utils.translation import gettext_lazy as _


class OrganisationsConfig(AppConfig):
    name = "organisations"
    verbose_name = _("Federal bodies")

    def ready(self) -> None:
        from organisations import checks  # noqa: F401 (registers the system checks)
        from organisations.read_snapshot import no_public_reads

        request_started.connect(no_public_reads)
