from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "registry_site.accounts"
    label = "accounts"

    def ready(self) -> None:
        from registry_site.accounts import notices, sessions  # noqa: F401 (they register themselves)
