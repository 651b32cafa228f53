"""Questions from citizens, and the mails about them, for the people who answer."""

from contact.admin import mails, questions

__all__ = ["mails", "questions"]
