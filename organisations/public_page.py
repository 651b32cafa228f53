"""What every public page shares: safe methods only, cacheable until something changes."""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.views.decorators.cache import cache_control
from django.views.decorators.http import condition, require_safe

from organisations.revision import current_revision


def public_page(view: Callable) -> Callable:
    """Decorate a view whose answer is a pure function of the public register.

    Gives the view `request.revision`, answers 304 before the view runs when the visitor's copy is
    of the same revision, and declares how long caches may keep the answer (RFC 9110, RFC 9111).
    """
    cacheable = condition(etag_func=_entity_tag)(view)
    cacheable = cache_control(public=True, max_age=settings.PUBLIC_CACHE_SECONDS)(cacheable)
    return require_safe(cacheable)


def _entity_tag(request: HttpRequest, *args, **kwargs) -> str:
    # Before the view reads anything: an answer may be newer than its tag says, never older.
    request.revision = current_revision()
    state = f"{settings.RELEASE} {request.revision} {request.get_host()} {request.get_full_path()}"
    return f'"{hashlib.sha256(state.encode()).hexdigest()[:32]}"'
