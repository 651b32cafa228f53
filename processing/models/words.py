"""The words of working copies, for who looks for one in the list of the admin."""

from collections.abc import Iterable, Iterator

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from organisations.languages import LANGUAGES, as_looked_for
from organisations.limits import LimitedTextField
from organisations.models import Organisation
from processing.snapshots import Content, content_of

# Room for the words of the longest activity (processing/publishing.py), spaces included.
LONGEST = 500_000
REBUILT_AT_ONCE = 50


class ActivityWords(models.Model):
    """Each word of a working copy and its rows once, public and internal, in all languages.

    Narrow, so that the list reads it only to find; without an index, which would make each save
    slow: the lists of a body have some thousands at most. Follows from what the working copy says,
    and is written with it: nothing stays here that was taken out there.
    """

    activity = models.OneToOneField(
        "processing.ProcessingActivity",
        verbose_name=_("processing activity"),
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="words",
    )
    # As as_looked_for() gives them, with a space before and behind each.
    text = LimitedTextField(max_length=LONGEST)

    PUBLIC = ()
    INTERNAL = ("activity", "text")

    def __str__(self) -> str:
        return str(self.activity_id)

    @classmethod
    def keep(cls, said: Iterable[tuple[models.Model, Content]]) -> None:
        """Write the words of activities, each with its content: two queries."""
        names = _names_of_bodies()
        cls.objects.bulk_create(
            [
                cls(activity=activity, text=_words(_written(type(activity), content, names)))
                for activity, content in said
            ],
            update_conflicts=True,
            unique_fields=["activity"],
            update_fields=["text"],
        )

    @classmethod
    def rebuild(cls, activities: models.QuerySet) -> Iterator[int]:
        """Write those of the activities anew, in steps; gives how many each step did."""
        keys = list(activities.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), REBUILT_AT_ONCE):
            some = activities.model.objects.filter(pk__in=keys[start : start + REBUILT_AT_ONCE])
            with transaction.atomic():
                # Whoever saves one meanwhile waits, and writes the words of that.
                locked = list(some.with_parts().order_by("pk").select_for_update(of=("self",)))
                cls.keep([(activity, content_of(activity)) for activity in locked])
            yield len(locked)


def holding(words: Iterable[str]) -> models.Q:
    """The condition that an activity holds all the words, given as as_looked_for() does.

    A word may be a part of one that it holds; a number is a whole one, or that of the activity.
    """
    condition = models.Q()
    for word in words:
        if word.isdecimal():
            found = models.Q(words__text__contains=f" {word} ")
            if len(word) < 10:
                found |= models.Q(number=int(word))
        else:
            found = models.Q(words__text__contains=word)
        condition &= found
    return condition


def _words(texts: Iterable[str]) -> str:
    words = dict.fromkeys(word for text in texts for word in as_looked_for(text).split())
    return f" {' '.join(words)} "[:LONGEST]


def _written(
    model: type[models.Model], content: Content, names: dict[int, list[str]]
) -> Iterator[str]:
    """What people wrote, whichever fields and rows there are, and the names of bodies."""
    for name, value in content.items():
        field = model._meta.get_field(name)
        if field.one_to_many:
            for row in value:
                yield from _written(field.related_model, row, names)
        elif field.related_model is Organisation:
            for body in value if isinstance(value, list) else [value]:
                yield from names.get(body, [])
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield value or ""


def _names_of_bodies() -> dict[int, list[str]]:
    """Key -> names: there are some hundreds at most."""
    columns = [f"{field}_{code}" for field in ("name", "short_name") for code in LANGUAGES]
    rows = Organisation.objects.values_list("pk", "former_names", *columns)
    return {key: [name for name in names if name] for key, *names in rows}
