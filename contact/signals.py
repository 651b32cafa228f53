"""What apps that build on this one can hear of."""

from django.dispatch import Signal

# Sent before the waiting mails are: who still has some to write does it now.
before_mail_is_sent = Signal()
