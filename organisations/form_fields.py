import re
from datetime import date

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

# What nobody means to write in a name: control characters, and marks that turn a line around.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
# In a text of several lines: not what ends a line, nor what only tells how a word runs.
UNPRINTABLE_IN_LINES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]+"
)
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """The text as a line of its own, whoever wrote it."""
    return text if text.isprintable() else UNPRINTABLE.sub(" ", text).strip()


def printable_lines(text: str) -> str:
    """The text in lines, without what nobody sees and what turns lines around."""
    if text.isprintable():
        return text
    return UNPRINTABLE_IN_LINES.sub("", LINE_BREAK.sub("\n", text))


class LineField(forms.CharField):
    """Text of one line.

    A browser sends no other; a line break from elsewhere would pass for a line of ours in a mail.
    """

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        # NUL is for its validator to refuse.
        return text.strip() if "\0" in text else one_line(text).strip()


class LinesField(forms.CharField):
    """Text of several lines.

    A line break is one character, as browsers count: they send it as two (HTML, form submission).
    The form says how much there is and how much fits: told the limit, a browser would cut what is
    pasted, in silence.
    """

    def widget_attrs(self, widget: forms.Widget) -> dict:
        return {
            name: value
            for name, value in super().widget_attrs(widget).items()
            if name != "maxlength"
        }

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        return text.replace("\r\n", "\n").replace("\r", "\n")


class PhrasesFormField(LinesField):
    """Words and phrases, each once, with semicolons between them; a line break is one as well."""

    def to_python(self, value: object) -> str | None:
        text = super().to_python(value)
        if text in self.empty_values:
            return text
        found: dict[str, str] = {}
        for phrase in re.split("[;\n]", text):
            written = " ".join(phrase.split())
            if written:
                found.setdefault(written.casefold(), written)
        return "; ".join(found.values())


def how_to_write_a_day() -> str:
    """What to say beside the field of a date, in the reader's language."""
    day = localize_input(date(2029, 12, 31))
    return _("Day, month and year, such as %(day)s.") % {"day": day}
