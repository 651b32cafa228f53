from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

# What an address may ask for beside its path. Anything else makes no other page.
PAGE_PARAMETERS = ("page", "received")


def site(request: HttpRequest) -> dict:
    """What the frame of every page needs: the same page in each language, and the banner."""
    path = request.path
    own_prefix = f"/{get_language()}/"
    rest = path.removeprefix(own_prefix) if path.startswith(own_prefix) else None
    known = [(name, request.GET[name]) for name in PAGE_PARAMETERS if name in request.GET]
    query = f"?{urlencode(known)}" if known else ""
    origin = settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
    return {
        "demonstration": settings.DEMONSTRATION,
        "canonical": f"{origin}{path}{query}",
        "translations": [
            {
                "code": code,
                "name": name,
                "path": f"/{code}/" if rest is None else f"/{code}/{rest}{query}",
                "url": None if rest is None else f"{origin}/{code}/{rest}{query}",
            }
            for code, name in settings.LANGUAGES
        ],
    }
