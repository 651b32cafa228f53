from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RegistrySiteConfig(AppConfig):
    name = "registry_site"

    def ready(self) -> None:
        from registry_site import checks, database_roles  # noqa: F401 (they register themselves)


class RegisterAdminConfig(AdminConfig):
    default_site = "registry_site.admin.RegisterAdminSite"
