import os
import re
from collections.abc import Callable, Iterable

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "registry_site.settings")

# What browsers send with a form. Django would read the address in the encoding that this names.
FORM = re.compile(
    r"application/x-www-form-urlencoded|multipart/form-data; *boundary=[-\w'()+,./:=?\"]{1,100}",
    re.ASCII | re.IGNORECASE,
)


def read_as_utf8(django: Callable) -> Callable:
    """Let nothing but UTF-8 through: the type of a request's content must not change its address.

    Outside of Django, which reads the header before any middleware runs.
    """

    def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
        content_type = environ.get("CONTENT_TYPE", "")
        if environ["REQUEST_METHOD"] in ("GET", "HEAD"):
            environ.pop("CONTENT_TYPE", None)
        elif content_type and not FORM.fullmatch(
            re.sub(r"(?i); *charset=utf-8$", "", content_type)
        ):
            # registry_site/request_content.py refuses that.
            environ["CONTENT_TYPE"] = "application/octet-stream"
        return django(environ, start_response)

    return application


application = read_as_utf8(get_wsgi_application())
