from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RegistrySiteConfig(AppConfig):
    name = "registry_site"

    def ready(self) -> None:
        from registry_site import checks  # noqa: F401 (registers itself)


class RegisterAdminConfig(AdminConfig):
    default_site = "registry_site.admin.RegisterAdminSite"
