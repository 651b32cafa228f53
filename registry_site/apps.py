from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class RegistrySiteConfig(AppConfig):
    name = "registry_site"


class RegisterAdminConfig(AdminConfig):
    default_site = "registry_site.admin.RegisterAdminSite"
