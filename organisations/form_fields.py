from django import forms


class LinesField(forms.CharField):
    """Text of several lines.

    A line break is one character, as browsers count: they send it as two (HTML, form submission).
    """

    def to_python(self, value: object) -> str:
        text = super().to_python(value)
        return text.replace("\r\n", "\n").replace("\r", "\n")
