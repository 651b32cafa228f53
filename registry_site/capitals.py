"""Addresses in capitals: people type them, and copy them from a letter."""

from django.http import HttpRequest
from django.urls import Resolver404, get_script_prefix, resolve
from django.utils import translation
from django.utils.translation import get_language_from_path

from processing.api import PREFIX

SAFE_METHODS = ("GET", "HEAD")
# What stands below these are codes of code lists, which have capitals of their own.
WITH_CODES = ("data", "people", "guide")


def address_in_small_letters(request: HttpRequest) -> str | None:
    """Where an address that is not there leads when it is written small.

    None where it is written small already, where there is no such address, in the admin and in the
    API. It is an address of this site, whatever the request holds: one of the URL configuration.
    """
    path = request.path_info
    small = _small(path)
    # Some signs that are not ASCII become letters that are.
    if request.method not in SAFE_METHODS or not path.isascii() or small == path:
        return None
    if path.startswith(PREFIX):
        return None
    with translation.override(get_language_from_path(small) or translation.get_language()):
        found = next(filter(_is_routed, (small, f"{small}/")), None)
    if found is None or found.startswith("/admin/"):
        return None
    query = request.META.get("QUERY_STRING", "")
    return get_script_prefix().rstrip("/") + found + (f"?{query}" if query else "")


def _small(path: str) -> str:
    parts = path.split("/")
    first = 3 if len(parts) > 2 and parts[2].lower() in WITH_CODES else len(parts)
    return "/".join([*(part.lower() for part in parts[:first]), *parts[first:]])


def _is_routed(path: str) -> bool:
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
