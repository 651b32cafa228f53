"""Mails to people about their accounts that strangers can cause."""

from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse

from contact.allowances import Allowances
from contact.signals import before_mail_is_sent
from organisations import mail
from organisations.invitations import password_address
from organisations.models import User
from registry_site.accounts.models import Notice


def notify(about: str, address: str, *, most: int) -> None:
    """Let the account with the address have a mail, if there is such an account.

    At most so many in a day. The same statements for every address, known or not.
    """
    if not Allowances.of_today().take(f"notice of {about}", address, most=most):
        return
    found = User.objects.filter(email=address, is_active=True).values_list("pk", flat=True).first()
    Notice.objects.create(about=about, user_id=found)


@receiver(before_mail_is_sent)
def write(sender: object, **kwargs) -> None:
    """Make mails of what waits; each in a transaction, so that none is written twice."""
    while True:
        with transaction.atomic():
            waiting = Notice.objects.select_for_update(skip_locked=True).order_by("pk")
            notice = waiting.first()
            if notice is None:
                return
            _write(notice)
            notice.delete()


def _write(notice: Notice) -> None:
    person = notice.user
    # An invited person has no password yet: the invitation is the way in.
    if person is None or not person.is_active or not person.has_usable_password():
        return
    if notice.about == Notice.About.LINK:
        context = {"address": password_address(person)}
        mail.send([person], "mail/new_password.txt", context)
    else:
        context = {"address": mail.admin_address(reverse("admin_password_reset"))}
        mail.send([person], "mail/wrong_passwords.txt", context)
