"""Telling others of it when mails about questions from citizens go somewhere else.

They hold personal data: whoever leads them away in silence would get them for years.
"""

from django.urls import reverse

from organisations import mail
from organisations.models import Organisation, User

MAILBOXES = ("contact_mailbox", "dpo_mailbox")
# What decides who gets these mails, and what stands in them.
DECIDES = {*MAILBOXES, "is_message_mailed"}


def tell_of_mailboxes(body: Organisation, *, before: dict[str, object], by: User) -> None:
    """Mail the other publishers, or else central administrators, and the mailboxes of before."""
    page = reverse("admin:organisations_organisation_change", args=[body.pk])
    context = {"body": body, "by": by, "address": mail.admin_address(page)}
    template = "mail/mailboxes_changed.txt"
    others = body.publishers().exclude(pk=by.pk)
    if not others.exists():
        others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=by.pk)
    mail.send(others, template, context)
    now = {getattr(body, name) for name in MAILBOXES}
    for mailbox in {before[name] for name in MAILBOXES} - now - {"", None}:
        mail.compose(template, context, to=mailbox, language=body.mail_language).send()
