"""What no password may be, beside what Django refuses."""

import re
from itertools import pairwise
from unicodedata import normalize

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.models import User

# What the site is about: people who guess think of it.
WORDS = (
    *("administrator", "admin", "belgie", "belgique", "belgien", "belgium", "bosa", "federaal"),
    *("federal", "foderal", "gdpr", "avg", "rgpd", "dsgvo", "register", "registre", "registry"),
    *("privacy", "processing", "verwerking", "traitement", "verarbeitung", "welkom", "welcome"),
    *("bienvenue", "willkommen", "wachtwoord", "motdepasse", "passwort", "password", "passwoord"),
)


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """No common password, and none that only digits, signs or words of the site make longer.

    Hardly one in the lists of passwords that were stolen is as long as ours must be, and many
    people lengthen one, as in `Password2026!!`.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password, user)
        letters = re.sub(r"[\W\d_]", "", normalize("NFKD", password.lower()))
        rest = re.sub("|".join(sorted(WORDS, key=len, reverse=True)), "", letters)
        is_made_longer = bool(letters and not rest) or bool({letters, rest} & self.passwords)
        if is_made_longer or _goes_on_by_itself(password):
            raise ValidationError(
                _("This password is easy to guess. Take several words that do not belong together.")
            )


def _goes_on_by_itself(password: str) -> bool:
    """Whether it counts, as 1234 and abcd do, or repeats a few signs."""
    steps = [after - before for before, after in pairwise(map(ord, password))]
    turns = sum(before != after for before, after in pairwise(steps))
    return turns < 4 or len(set(password)) < 4
