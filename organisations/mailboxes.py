"""E-mail addresses as mail servers know them, with the domain in the letters of the DNS (RFC 5890).

By IDNA 2008: the codec of Python, with which Django checks and sends, is IDNA 2003, and for it
`faß.de` is `fass.de`, where somebody else reads the mail.
"""

import re
from contextlib import suppress

import idna
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# What mail servers agree on (RFC 5321), without quotation marks and without "=?", which begins an
# encoded word: nothing that a header could take for something else.
LOCAL_PART = re.compile(r"[\w!#$%&'*+/^`{|}~.-]{1,64}", re.ASCII)
DOMAIN = re.compile(r"([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]*[a-z][a-z0-9-]*")
# RFC 5321, 4.5.3.1.3, and the width of the columns.
LONGEST = 254
# Providers that leave out some signs of a name, or have the same mailboxes under several domains:
# the domain to count by, and the signs.
GOOGLE, PROTON = ("gmail.com", "."), ("proton.me", ".-_")
SAME_MAILBOX = {
    "gmail.com": GOOGLE,
    "googlemail.com": GOOGLE,
    "proton.me": PROTON,
    "protonmail.com": PROTON,
    "pm.me": PROTON,
}
NOT_PLAIN = _("Enter a plain e-mail address.")


def dns_name(host: str) -> str:
    """The host in the letters of the DNS, in small letters.

    Other signs for a letter become that letter (UTS 46), and ß stays a letter of its own. Raises
    ValueError for what IDNA 2008 does not know.
    """
    if host.isascii() and "xn--" not in host.lower():
        return host.lower()
    return idna.encode(host, uts46=True, std3_rules=True).decode("ascii")


def with_dns_name(address: str) -> str:
    """The address, with its domain as `dns_name` writes it. Raises ValueError as that does."""
    local_part, at, domain = address.rpartition("@")
    return f"{local_part}{at}{dns_name(domain)}"


def account_address(typed: str) -> str:
    """The address that an account has, however it is spelled; what is none, in small letters."""
    address = typed.strip()
    with suppress(ValueError):
        address = with_dns_name(address)
    return address.lower()


def mailbox_behind(address: str) -> str:
    """The mailbox that a plain address leads to, to count what it gets; not to send there.

    What stands behind a plus sign only sorts its mail (RFC 5233).
    """
    local_part, _at, domain = address.lower().rpartition("@")
    domain, left_out = SAME_MAILBOX.get(domain, (domain, ""))
    name = local_part.partition("+")[0].translate(str.maketrans("", "", left_out))
    return f"{name}@{domain}"


def plain_mailbox(typed: str, message: Promise = NOT_PLAIN) -> str:
    """The address as mail servers know it.

    What is checked is the result, because the way there may turn other signs into commas, at signs
    and brackets. Raises ValidationError with the message for what is no plain e-mail address.
    """
    try:
        mailbox = with_dns_name(typed)
    except ValueError as error:
        raise ValidationError(message) from error
    local_part, _at, domain = mailbox.rpartition("@")
    is_plain = LOCAL_PART.fullmatch(local_part) and DOMAIN.fullmatch(domain)
    if not is_plain or len(mailbox) > LONGEST:
        raise ValidationError(message)
    EmailValidator(message, allowlist=[])(mailbox)
    return mailbox


class MailboxField(models.EmailField):
    """An address that is checked, and kept, as mail servers know it."""

    def clean(self, value: str, model_instance: models.Model | None) -> str:
        return plain_mailbox(super().clean(value, model_instance))

    def deconstruct(self) -> tuple:
        # To the database it is an e-mail address as any other.
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.EmailField", args, kwargs
