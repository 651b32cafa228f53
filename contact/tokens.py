"""The signed token in each contact form: it stands in for the cookie of a CSRF protection.

It says for which body and entry the form was made, and when. Each form can be sent once.
"""

import secrets
from dataclasses import dataclass

from django.core import signing

SALT = "contact.form"
SECONDS_VALID = 24 * 60 * 60
# No person fills in the form faster.
SECONDS_TO_FILL_IN = 3


class BadToken(Exception):
    """The token is not of this site, not of this form, or too old."""


@dataclass(frozen=True, slots=True)
class FormToken:
    form: str
    activity_number: int | None
    is_too_fast: bool = False


def new_token(slug: str, activity_number: int | None) -> str:
    return signing.dumps([slug, activity_number, secrets.token_hex(16)], salt=SALT)


def read_token(text: str, slug: str, activity_number: int | None) -> FormToken:
    """Raises BadToken unless it was made for this form of this body in the last hours."""
    try:
        body, number, form = signing.loads(text, salt=SALT, max_age=SECONDS_VALID)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadToken from error
    if (body, number) != (slug, activity_number):
        raise BadToken
    try:
        signing.loads(text, salt=SALT, max_age=SECONDS_TO_FILL_IN)
        is_too_fast = True
    except signing.SignatureExpired:
        is_too_fast = False
    return FormToken(form, number, is_too_fast)
