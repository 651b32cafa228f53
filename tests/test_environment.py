"""What the settings refuse of the environment."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from registry_site import environment


@pytest.mark.parametrize(
    ("value", "is_taken"),
    [
        ("register@body.example", True),
        ("Régistre <register@xn--fa-hia.example>", True),
        ("https://register.example", True),
        ("register@faß.example", False),
        ("https://faß.example", False),
        ("ｍail.example", False),
    ],
)
def test_address_is_in_the_letters_of_the_dns(value, is_taken, monkeypatch):
    monkeypatch.setenv("MAIL_FROM", value)

    if is_taken:
        assert environment.address("MAIL_FROM") == value
    else:
        with pytest.raises(ImproperlyConfigured, match="MAIL_FROM"):
            environment.address("MAIL_FROM")
