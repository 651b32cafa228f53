"""Where the public reaches the site: what every absolute address begins with."""

from django.conf import settings
from django.http import HttpRequest


def origin(request: HttpRequest) -> str:
    """Scheme and host, such as https://register.example: SITE_URL, else as the request came."""
    return settings.SITE_URL or f"{request.scheme}://{request.get_host()}"
