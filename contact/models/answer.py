"""What a body answers a citizen through the site."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contact.models.mail import Mail
from contact.models.question import Question
from organisations.limits import LimitedTextField
from organisations.models import User

LONGEST_ANSWER = 20_000


class Answer(models.Model):
    """An answer that was mailed to the citizen. It is erased together with its question."""

    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="answers"
    )
    text = LimitedTextField(_("answer"), max_length=LONGEST_ANSWER)
    by = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    # As long as the outbox holds it.
    mail = models.OneToOneField(
        Mail, on_delete=models.SET_NULL, null=True, blank=True, related_name="answer"
    )

    PUBLIC = ()
    INTERNAL = ("question", "text", "by", "written_at", "mail")

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.question)

    @property
    def is_on_its_way(self) -> bool:
        return self.mail is not None and self.mail.state == Mail.State.WAITING

    @property
    def did_not_arrive(self) -> bool:
        """Whether no mail server took it, and people must look at it."""
        return self.mail is not None and self.mail.state in Mail.NOT_TAKEN
