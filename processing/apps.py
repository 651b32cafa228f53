from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcessingConfig(AppConfig):
    name = "processing"
    verbose_name = _("Register of processing activities")

    def ready(self) -> None:
        from processing import checks  # noqa: F401 (registers the system checks)
