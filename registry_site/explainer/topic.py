"""What a page of the explainer is made of."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A page: questions with their answers.

    The answers stand in templates/gdpr/topics/{slug}.html. Each has the name that its question has
    here, which is its anchor on the page too: an address that stays.
    """

    slug: str
    title: Promise
    lead: Promise
    answers: dict[str, Promise]
    # Of the GDPR.
    articles: tuple[int, ...]
    # Slugs of other topics.
    see: tuple[str, ...]

    def get_absolute_url(self) -> str:
        return reverse("gdpr:topic_detail", args=[self.slug])

    def address_of(self, anchor: str) -> str:
        """The address of one answer; raises KeyError for one that is not there."""
        if anchor not in self.questions:
            raise KeyError(anchor)
        return f"{self.get_absolute_url()}#{anchor}"

    @property
    def questions(self) -> dict[str, Promise]:
        """All that the page answers, in the order of the page."""
        return self.answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Right(Topic):
    """A right: its page also tells how long it takes, and leads to the contact form."""

    # The kind of question that the form opens with (contact.models.Question.Kind).
    kind: str

    @property
    def questions(self) -> dict[str, Promise]:
        return self.answers | {"time": _("How long does it take, and what does it cost?")}
