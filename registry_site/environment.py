"""Settings from the environment, refusing what makes no sense."""

import os
import re
from datetime import date

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"0", "false", "no", "off", ""}


def text(name: str, *, default: str | None = None) -> str:
    """The variable's value. Without a default it must be set: raises ImproperlyConfigured."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see the README).")
    return default


def address(name: str, *, default: str | None = None) -> str:
    """A host, or an address that ends with one, in the letters of the DNS.

    Raises ImproperlyConfigured for others: Python would lead `faß.de` to another host.
    """
    value = text(name, default=default)
    if not value.rpartition("@")[2].isascii():
        raise ImproperlyConfigured(f"{name} must name its host in the letters of the DNS (xn--…).")
    return value


def origin(name: str) -> str:
    """Scheme and host of a site, '' where none is set; raises ImproperlyConfigured otherwise."""
    written = address(name, default="").rstrip("/")
    if written and not re.fullmatch(r"https?://[^/?#@\s]+", written):
        raise ImproperlyConfigured(f"{name} must be such as https://register.example, no more.")
    return written


def flag(name: str, *, default: bool) -> bool:
    """True or False; raises ImproperlyConfigured for anything that is neither."""
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in YES:
        return True
    if value.strip().lower() in NO:
        return False
    raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}.")


def number(name: str, *, default: int, minimum: int = 0) -> int:
    """A whole number of at least the minimum; raises ImproperlyConfigured for anything else."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isdecimal() or int(value) < minimum:
        raise ImproperlyConfigured(f"{name} must be a whole number of at least {minimum}.")
    return int(value)


def words(name: str, *, default: str | None = None) -> list[str]:
    """A list written with commas, without empty parts."""
    return [word.strip() for word in text(name, default=default).split(",") if word.strip()]


def numbers(name: str, *, default: str) -> list[int]:
    """Whole numbers written with commas; raises ImproperlyConfigured for anything else."""
    written = words(name, default=default)
    if not all(word.isdecimal() for word in written):
        raise ImproperlyConfigured(f"{name} must be whole numbers with commas between them.")
    return [int(word) for word in written]


def day(name: str) -> date | None:
    """A day written as 2026-12-31, None without one; raises ImproperlyConfigured otherwise."""
    written = text(name, default="")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a day such as 2026-12-31.") from error
