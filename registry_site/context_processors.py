from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from organisations.origin import origin
from registry_site.accounts.sessions import seconds_left
from registry_site.sharing.addresses import picture_of

# Namespace of a page's address, or its whole name -> item of the main menu that it belongs to.
SECTIONS = {
    "processing": "search",
    "finding": "search",
    "finding:exchange_list": "exchanges",
    "organisations": "bodies",
    "gdpr": "rights",
}


def site(request: HttpRequest) -> dict:
    """What the frame of every page needs: the same page in each language, and the banner."""
    # Quoted again: on the page of an unknown address it may hold anything.
    path = quote(request.path)
    own_prefix = f"/{get_language()}/"
    # Where there is no page in this language, there is none in another.
    has_others = path.startswith(own_prefix) and not getattr(request, "is_not_found", False)
    rest = path.removeprefix(own_prefix) if has_others else None
    page_query = getattr(request, "page_query", "")
    query = f"?{page_query}" if page_query else ""
    site_origin = origin(request)
    match = request.resolver_match
    return {
        "here": _section(match.view_name) if match else "",
        "demonstration": settings.DEMONSTRATION,
        "register_languages": settings.LANGUAGES,
        "canonical": f"{site_origin}{path}{query}",
        "share_picture": site_origin + picture_of(match),
        "translations": [
            {
                "code": code,
                "name": name,
                "path": f"/{code}/" if rest is None else f"/{code}/{rest}{query}",
                "url": None if rest is None else f"{site_origin}/{code}/{rest}{query}",
            }
            for code, name in settings.LANGUAGES
        ],
    }


def _section(view_name: str) -> str:
    return SECTIONS.get(view_name) or SECTIONS.get(view_name.partition(":")[0], "")


def session(request: HttpRequest) -> dict:
    """For the pages of who is logged in. Only the admin has sessions."""
    if not request.path.startswith("/admin/") or not hasattr(request, "session"):
        return {}
    return {"session_time": seconds_left(request)}
