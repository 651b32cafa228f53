"""What no password may be, beside what Django refuses."""

import re
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import normalize

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User

# What the site is about: people who guess think of it.
WORDS = (
    *("administrator", "admin", "belgie", "belgique", "belgien", "belgium", "bosa", "federaal"),
    *("federal", "foderal", "gdpr", "avg", "rgpd", "dsgvo", "register", "registre", "registry"),
    *("privacy", "processing", "verwerking", "traitement", "verarbeitung", "welkom", "welcome"),
    *("bienvenue", "willkommen", "wachtwoord", "motdepasse", "passwort", "password", "passwoord"),
    *("editor", "redacteur", "editeur", "redakteur", "publisher", "publiceren"),
)
# Shorter parts of a name say too little: what is left of other words would look like one of ours.
SHORTEST_NAME = 3


class CommonPasswordValidator(password_validation.CommonPasswordValidator):
    """No common password, and none that only digits, signs or words of the site make longer.

    Hardly one in the lists of passwords that were stolen is as long as ours must be, and many
    people lengthen one, as in `Password2026!!`.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        super().validate(password, user)
        letters = _letters(password)
        words = sorted({*WORDS, *_names_of_bodies()}, key=len, reverse=True)
        rest = re.sub("|".join(words), "", letters)
        is_made_longer = bool(letters and not rest) or bool({letters, rest} & self.passwords)
        if is_made_longer or _goes_on_by_itself(password):
            raise ValidationError(
                _("This password is easy to guess. Take several words that do not belong together.")
            )


def _letters(text: str) -> str:
    return re.sub(r"[\W\d_]", "", normalize("NFKD", text.lower()))


def _names_of_bodies() -> Iterator[str]:
    """The words that their names and short names are made of, in every language."""
    fields = ["slug", *(f"{name}_{code}" for name in ("name", "short_name") for code in LANGUAGES)]
    for names in Organisation.objects.values_list(*fields):
        for word in re.split(r"[\W_]+", " ".join(filter(None, names))):
            if len(letters := _letters(word)) >= SHORTEST_NAME:
                yield letters


def _goes_on_by_itself(password: str) -> bool:
    """Whether it counts, as 1234 and abcd do, or repeats a few signs."""
    steps = [after - before for before, after in pairwise(map(ord, password))]
    turns = sum(before != after for before, after in pairwise(steps))
    return turns < 4 or len(set(password)) < 4
