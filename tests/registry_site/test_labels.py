"""A colon behind a label is part of the translated text: French writes a space before it."""

import re

import pytest
from django.conf import settings
from django.utils.translation import gettext, override

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.*"))
TRANSLATED = re.compile(r"{% blocktranslate.*?{% endblocktranslate %}", re.DOTALL)
# Behind a tag or a variable, or as the beginning of what a condition adds.
COLON = re.compile(r"[%}]}:(?=[\s<{])|{% (?:if [^%]+|else) %}\s*: ")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_writes_no_colon_behind_a_label(path):
    text = TRANSLATED.sub("", path.read_text(encoding="utf-8"))

    assert COLON.findall(text) == []


def test_french_has_a_space_before_the_colon():
    written = {}
    for language, _name in settings.LANGUAGES:
        with override(language):
            written[language] = gettext("%(label)s:") % {"label": "x"}

    assert written == {"nl": "x:", "fr": "x\xa0:", "de": "x:", "en": "x:"}
