"""Secrets of second factors are stored encrypted: who reads the database cannot make codes.

Why with Fernet, and how keys change: docs/decisions/0023-accounts-count-in-the-database.md.
"""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# How everything begins that Fernet has encrypted (its version 0x80), and no secret of a second
# factor: those are capital letters or hexadecimal digits.
ENCRYPTED = "gAAAA"
# Where the secrets of an authenticator stand.
SECRETS = ("secret", "seed")


class MFAAdapter(DefaultMFAAdapter):
    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Secrets from before they were encrypted are what they are."""
        if not encrypted_text.startswith(ENCRYPTED):
            return encrypted_text
        try:
            return _fernet().decrypt(encrypted_text).decode()
        except InvalidToken as error:
            raise ImproperlyConfigured(
                "No key opens the secret of a second factor: give the earlier ones too (MFA_KEY, "
                "SECRET_KEY_FALLBACKS)."
            ) from error


def encrypt_anew(authenticator: Authenticator, *, only_plain: bool = False) -> None:
    """Store the secrets as the first of the keys encrypts them; other values stay as they are."""
    adapter = MFAAdapter()
    found = {name: authenticator.data[name] for name in SECRETS if name in authenticator.data}
    if only_plain and all(text.startswith(ENCRYPTED) for text in found.values()):
        return
    anew = {name: adapter.encrypt(adapter.decrypt(text)) for name, text in found.items()}
    authenticator.data |= anew
    authenticator.save(update_fields=["data"])


def _fernet() -> MultiFernet:
    keys = [*settings.MFA_KEYS, settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived_from(key)) for key in keys])


def _derived_from(key: str) -> bytes:
    """A key for this purpose alone: from it, nobody learns the one that it was made from."""
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"registry_site.accounts.encryption")
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))
