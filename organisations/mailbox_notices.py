"""Telling others of it when mails about questions from citizens go somewhere else.

They hold personal data: whoever leads them away in silence would get them for years.
"""

from django.urls import reverse

from organisations import mail
from organisations.models import Organisation, User

# What decides who gets these mails, and what stands in them.
DECIDES = {"contact_mailbox", "dpo_mailbox", "is_message_mailed"}


def tell_of_mailboxes(body: Organisation, *, by: User) -> None:
    """Mail the other publishers or, where there are none, the central administrators.

    Not the mailboxes of before: whoever changes them could have anybody mailed.
    """
    page = reverse("admin:organisations_organisation_change", args=[body.pk])
    context = {"body": body, "by": by, "address": mail.admin_address(page)}
    others = body.publishers().exclude(pk=by.pk)
    if not others.exists():
        others = User.objects.filter(is_active=True, is_superuser=True).exclude(pk=by.pk)
    mail.send(others, "mail/mailboxes_changed.txt", context)
