from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from organisations.mailboxes import MailboxField, account_address


class UserManager(BaseUserManager):
    """Accounts are found by their e-mail address, however it is spelled."""

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email=account_address(email))

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who works in the admin. Citizens have no account."""

    username = None
    email = MailboxField(_("e-mail address"), unique=True)
    language = models.CharField(
        _("language"),
        max_length=2,
        choices=settings.LANGUAGES,
        default="nl",
        help_text=_("The language of the admin and of the mails for this person."),
    )
    # Sessions of another generation have ended.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    objects = UserManager()

    # The stored address is in one spelling: one person, one account.
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    PUBLIC = ()
    INTERNAL = (
        "email",
        "language",
        "session_generation",
        "password",
        "first_name",
        "last_name",
        "is_active",
        "is_staff",
        "is_superuser",
        "last_login",
        "date_joined",
        "groups",
        "user_permissions",
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(
                name="user_email_in_lower_case", condition=Q(email=Lower("email"))
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def save(self, *args, **kwargs) -> None:
        self.email = account_address(self.email)
        super().save(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        self.email = account_address(self.email)

    def end_sessions(self) -> None:
        """Whoever is logged in as this person has to log in anew."""
        later = models.F("session_generation") + 1
        User.objects.filter(pk=self.pk).update(session_generation=later)
        self.refresh_from_db(fields=["session_generation"])

    def get_session_auth_hash(self) -> str:
        return self._of_this_generation(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._of_this_generation, super().get_session_auth_fallback_hash())

    def _of_this_generation(self, hash_of_password: str) -> str:
        """Django ends the sessions that began with another than this."""
        return f"{hash_of_password}.{self.session_generation}"


class Membership(models.Model):
    """A person who works on the register of a body."""

    class Role(models.TextChoices):
        EDITOR = "editor", _("editor")
        PUBLISHER = "publisher", _("publisher (data protection officer)")

    user = models.ForeignKey(
        User, verbose_name=_("person"), on_delete=models.CASCADE, related_name="memberships"
    )
    organisation = models.ForeignKey(
        "Organisation",
        verbose_name=_("federal body"),
        on_delete=models.CASCADE,
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)

    PUBLIC = ()
    INTERNAL = ("user", "organisation", "role")

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                name="membership_once_per_body",
                violation_error_message=_("This person already has a role at this body."),
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=["editor", "publisher"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.organisation} ({self.get_role_display()})"
