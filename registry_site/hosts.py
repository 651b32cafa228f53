"""Which hosts and ports the site answers for."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port

# What a browser leaves out, and a few other programs do not.
DEFAULT_PORTS = ("80", "443")


def refuse_other_ports(get_response: Callable) -> Callable:
    """Answer 400 to a host with a port that the site does not have.

    Django looks at the name alone (ALLOWED_HOSTS), and redirects to the host as it was asked for.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        name, port = split_domain_port(request.get_host())
        if port in DEFAULT_PORTS and port not in _ports():
            request.META["HTTP_HOST"] = name
        elif port and settings.KNOWS_ITS_PORTS and port not in _ports():
            raise DisallowedHost("The site has no such port.")
        return get_response(request)

    return middleware


def _ports() -> set[str]:
    return {str(urlsplit(url).port) for url in (settings.SITE_URL, settings.ADMIN_URL) if url}
