from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ContactConfig(AppConfig):
    name = "contact"
    verbose_name = _("Contact with citizens")

    def ready(self) -> None:
        from contact import checks, retention  # noqa: F401 (register themselves)
