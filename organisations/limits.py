"""How much a text may hold: bounded by forms, by full_clean() and by the database alike."""

from collections.abc import Iterable, Iterator, Mapping

from django.core.validators import MaxLengthValidator
from django.db import models
from django.forms import Field
from django.utils.text import capfirst
from django.utils.translation import ngettext

from organisations.form_fields import LinesField, PhrasesFormField
from organisations.lines import printable_lines


class LimitedTextField(models.TextField):
    """A text of several lines with a limit, which Django's own leaves to the browser.

    Its column is a varchar, and so are those of its translations.
    """

    def __init__(self, *args, max_length: int, **kwargs) -> None:
        super().__init__(*args, max_length=max_length, **kwargs)
        # As CharField does.
        self.validators.append(MaxLengthValidator(max_length))

    def to_python(self, value: object) -> str | None:
        """Whoever writes it: forms are one way in of several."""
        text = super().to_python(value)
        return text if text is None else printable_lines(text)

    def formfield(self, **kwargs) -> Field:
        return super().formfield(**{"form_class": LinesField} | kwargs)

    def db_type(self, connection) -> str:
        return f"varchar({self.max_length})"


class PhrasesField(LimitedTextField):
    """Words and phrases with semicolons between them."""

    def formfield(self, **kwargs) -> Field:
        return super().formfield(**{"form_class": PhrasesFormField} | kwargs)


def is_limited(field: models.Field) -> bool:
    """Whether the database refuses more than so many characters; True for what is no text."""
    if isinstance(field, models.TextField):
        return isinstance(field, LimitedTextField)
    return not isinstance(field, models.CharField) or bool(field.max_length)


def too_long(fields: Iterable[models.Field], values: Mapping[str, object]) -> Iterator[str]:
    """What does not fit, in words for people. The values stand under the names of their fields."""
    for field in fields:
        value = values.get(field.name)
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            yield ngettext(
                "“%(field)s” has %(count)d character; %(most)d fit.",
                "“%(field)s” has %(count)d characters; %(most)d fit.",
                len(value),
            ) % {
                "field": capfirst(str(field.verbose_name)),
                "count": len(value),
                "most": field.max_length,
            }
