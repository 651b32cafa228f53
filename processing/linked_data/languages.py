"""The texts of this site that stand in linked data, in its languages."""

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from organisations.languages import LANGUAGES, Text


def translated(text: Promise, **values: Text) -> Text:
    """A text of this site in its languages, with what these values are in each."""
    told = {}
    for language in LANGUAGES:
        with override(language):
            named = {name: texts[language] for name, texts in values.items()}
            told[language] = str(text) % named if named else str(text)
    return told


def demonstration() -> Text:
    """That the entries are made up, where they are."""
    if not settings.DEMONSTRATION:
        return {}
    return translated(
        _(
            "This is a demonstration. The entries on this site are made up and say nothing about "
            "what the bodies really do."
        )
    )
