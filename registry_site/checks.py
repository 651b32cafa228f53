"""System checks of a deployment: whether what the settings name is there, and still holds."""

from datetime import timedelta

from django.conf import settings
from django.core import checks
from django.db import DatabaseError
from django.utils import timezone

from organisations.models import Organisation

# RFC 9116, 2.5.5: less than a year.
LONGEST = timedelta(days=365)
# Early enough to do something about it.
SOON = timedelta(days=30)


@checks.register(checks.Tags.security, deploy=True)
def check_security_txt(app_configs, **kwargs) -> list[checks.CheckMessage]:
    contacts, expires = settings.SECURITY_CONTACT, settings.SECURITY_EXPIRES
    if not contacts and expires is None:
        return []
    if not contacts or expires is None:
        return [_error("Set both SECURITY_CONTACT and SECURITY_EXPIRES, or neither.", "E001")]
    if wrong := [c for c in contacts if not c.startswith(("https://", "mailto:", "tel:"))]:
        return [
            _error(f"SECURITY_CONTACT must be https:, mailto: or tel: addresses: {wrong}", "E002")
        ]
    left = expires - timezone.now().date()
    if left < timedelta(0):
        return [_error(f"security.txt has expired on {expires}: it is no longer shown.", "E003")]
    if left < SOON:
        told = f"security.txt expires on {expires}: set a later SECURITY_EXPIRES."
        return [checks.Warning(told, id="registry_site.W001")]
    if left >= LONGEST:
        told = "SECURITY_EXPIRES should be less than a year ahead (RFC 9116)."
        return [checks.Warning(told, id="registry_site.W002")]
    return []


@checks.register(checks.Tags.database)
def check_site_body(app_configs, databases=None, **kwargs) -> list[checks.CheckMessage]:
    """Whether the privacy statement can say who is responsible (GDPR Art. 13(1)(a))."""
    if not databases or not settings.SITE_BODY:
        return []
    try:
        is_there = Organisation.objects.filter(slug=settings.SITE_BODY, is_public=True).exists()
    except DatabaseError:
        # Not migrated yet.
        return []
    told = f"SITE_BODY names no body of this site: {settings.SITE_BODY}"
    return [] if is_there else [checks.Warning(told, id="registry_site.W003")]


def _error(text: str, number: str) -> checks.Error:
    return checks.Error(text, id=f"registry_site.{number}")
