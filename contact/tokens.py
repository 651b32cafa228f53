"""The signed token in each contact form: it stands in for the cookie of a CSRF protection.

It says for which body and entry the form was made, and when. Each form can be sent once.
"""

import secrets
import time
from dataclasses import dataclass

from django.core import signing

SALT = "contact.form"
SECONDS_VALID = 24 * 60 * 60
# No person fills in the form faster.
SECONDS_TO_FILL_IN = 3


class BadToken(Exception):
    """The token is not of this site, not of this form, or of another day."""


@dataclass(frozen=True, slots=True)
class FormToken:
    form: str
    is_too_fast: bool = False


def new_token(slug: str, activity_number: int | None, *, may_hurry: bool = False) -> str:
    """A token for the form of a body, or of one of its entries.

    With `may_hurry` it can be sent at once: the form has been filled in before.
    """
    content = [slug, activity_number, secrets.token_hex(16), may_hurry, time.time()]
    return signing.dumps(content, salt=SALT)


def read_token(text: str, slug: str, activity_number: int | None) -> FormToken:
    """Raises BadToken unless it was made for this form of this body in the last hours.

    A clock may have been set back since, and that of another machine may be ahead: a token from
    the future is taken too, and nobody was fast. Not from any future: a form could be sent twice
    when its question is forgotten.
    """
    try:
        body, number, form, may_hurry, made_at = signing.loads(text, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise BadToken from error
    age = time.time() - made_at
    if (body, number) != (slug, activity_number) or abs(age) > SECONDS_VALID:
        raise BadToken
    return FormToken(form, is_too_fast=0 <= age < SECONDS_TO_FILL_IN and not may_hurry)
