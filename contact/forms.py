"""The contact form: what a citizen fills in, and what is checked of it."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from contact.kinds import EXPLANATIONS
from contact.models import Question
from organisations.form_fields import LinesField
from organisations.mailboxes import plain_mailbox

LONGEST_MESSAGE = 5000
# Spaces, what nobody sees, dashes, dots and slashes, in the signs that NFKC leaves of them.
BETWEEN = (
    r"[\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
    r"\-\u2010-\u2015\u2043\u2212"
    r".\u00b7\u2022\u2219\u22c5"
    r"/\\\u2044\u2215]{0,4}"
)
# Six digits of a day of birth, three and two more. One may begin within what is none.
GROUPS = BETWEEN.join([r"(\d\d)", r"(\d\d)", r"(\d\d)", r"(\d{3})", r"(\d\d)"])
NATIONAL_NUMBER = re.compile(rf"(?<!\d)(?={GROUPS}(?!\d))")


def holds_national_number(text: str) -> bool:
    """Whether a number in the text has the form and the check digits of the National Register.

    In the digits of any script. The last two digits are 97 less the rest of the first nine by 97;
    for births from 2000 on, a 2 stands before the nine (Royal Decree of 3 April 1984).
    """
    for parts in NATIONAL_NUMBER.findall(unicodedata.normalize("NFKC", text)):
        first, check = int("".join(parts[:4])), int(parts[4])
        if check in {97 - first % 97, 97 - (2_000_000_000 + first) % 97}:
            return True
    return False


class ContactForm(forms.Form):
    kind = forms.ChoiceField(
        choices=[(kind, explanation.label) for kind, explanation in EXPLANATIONS.items()],
        error_messages={
            "required": _("Choose what it is about."),
            "invalid_choice": _("Choose what it is about."),
        },
    )
    name = forms.CharField(
        required=False,
        max_length=200,
        error_messages={"max_length": _("Write your name in at most 200 characters.")},
    )
    email = forms.CharField(
        max_length=254,
        error_messages={
            "required": _("Write your e-mail address: the body answers there."),
            "max_length": _("Write your e-mail address like this: name@example.be."),
        },
    )
    message = LinesField(
        max_length=LONGEST_MESSAGE,
        error_messages={
            "required": _("Write your message."),
            "max_length": _(
                "Your message is too long. It has %(show_value)d characters, and %(limit_value)d "
                "fit in."
            ),
        },
    )
    keep_number = forms.BooleanField(required=False)
    token = forms.CharField(required=False)
    # People do not see it, and leave it empty.
    leave_empty = forms.CharField(required=False)

    def clean_name(self) -> str:
        """On one line: in a mail, others would look like lines of ours."""
        return " ".join(self.cleaned_data["name"].split())

    def clean_email(self) -> str:
        message = _("Write your e-mail address like this: name@example.be.")
        return plain_mailbox(self.cleaned_data["email"], message)

    def clean_leave_empty(self) -> str:
        if self.cleaned_data["leave_empty"]:
            raise ValidationError(
                _("Something filled in a field that people do not see. Send your message again."),
            )
        return ""

    def clean(self) -> dict:
        cleaned = super().clean()
        explanation = EXPLANATIONS.get(cleaned.get("kind", ""))
        has_no_name = "name" not in self.errors and not cleaned["name"]
        if explanation and explanation.needs_name and has_no_name:
            self.add_error("name", _("Write your name: the body must know whose data it is."))
        if not cleaned.get("keep_number") and self.seems_to_hold_a_national_number:
            self.add_error(
                "keep_number",
                _(
                    "Your message seems to hold a national register number. You need not give it. "
                    "Take it out, or tick that you want to send it."
                ),
            )
        return cleaned

    @property
    def seems_to_hold_a_national_number(self) -> bool:
        fields = ("name", "message")
        return any(holds_national_number(self.cleaned_data.get(field, "")) for field in fields)

    def as_question(self) -> Question:
        """The question that was written, without what only the page knows."""
        return Question(
            **{field: self.cleaned_data[field] for field in ("kind", "name", "email", "message")}
        )
