import re
from datetime import date

from django import forms
from django.utils.formats import localize_input
from django.utils.translation import gettext as _

from organisations.lines import one_line


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
