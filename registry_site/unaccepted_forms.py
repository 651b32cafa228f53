"""A form of the admin that cannot be accepted yet: what was typed stays, to be sent again.

After logging in again, an open form has an old token; after a session has ended, nobody is logged
in. Neither may cost what somebody typed, nor help another site to have its own form accepted.
"""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

# How the names of the pages of our lists begin, and of those end on which people write most.
ROWS = ("organisations_", "processing_", "contact_")
WRITTEN_ON = ("_add", "_change", "_answer")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without the token of the session."""
    if not is_about_rows(request) or not is_of_our_pages(request):
        return _answer(request, is_kept=False)
    if request.user.is_authenticated:
        return _answer(request, is_kept=admin.site.has_permission(request))
    return _answer(request, is_kept=is_worth_keeping(request))


def session_ended(request: HttpRequest) -> HttpResponse:
    """Answer 403 to a form that somebody sent whose session has ended, token and all."""
    return _answer(request, is_kept=True)


def is_of_our_pages(request: HttpRequest) -> bool:
    """Whether the browser vouches that a page of this site sent the form.

    Only then is the form offered again: with a fresh token, it will be accepted. No page can set
    these headers itself. A browser that sends neither gets nothing offered.
    """
    origin, site = request.headers.get("Origin"), request.headers.get("Sec-Fetch-Site")
    if origin is None:
        return site == "same-origin"
    is_ours = origin == f"{request.scheme}://{request.get_host()}"
    return is_ours and site in (None, "same-origin", "none")


def is_about_rows(request: HttpRequest) -> bool:
    """Whether the address belongs to a list of ours: no password or code is ever typed there."""
    match = request.resolver_match
    return match.app_names == ["admin"] and (match.url_name or "").startswith(ROWS)


def is_worth_keeping(request: HttpRequest) -> bool:
    """Whether something was typed that takes more than a click to do again."""
    if not is_about_rows(request):
        return False
    if request.POST.get("remark", "").strip():
        return True
    is_written_on = request.resolver_match.url_name.endswith(WRITTEN_ON)
    return is_written_on and any(value.strip() for _name, value in _typed(request))


def _answer(request: HttpRequest, *, is_kept: bool) -> HttpResponse:
    context = {
        "is_admin": request.path.startswith("/admin/"),
        "is_kept": is_kept,
        "typed": _typed(request) if is_kept else [],
    }
    return render(request, "403_csrf.html", context, status=403)


def _typed(request: HttpRequest) -> list[tuple[str, str]]:
    """Names and values of a form, without its token. Files are left out, and passwords."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and "password" not in name.lower()
    ]
