from collections.abc import Callable

from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from contact.models import Mail
from organisations.models import User
from organisations.scoping import RegisterAdmin


@admin.register(Mail)
class MailAdmin(RegisterAdmin):
    """What the outbox holds: who gets it and whether it arrived, never what it says."""

    list_display = ("subject", "receiver", "created_at", "state", "attempts", "failure")
    list_filter = ("state", ("organisation", admin.RelatedOnlyFieldListFilter))
    list_select_related = ("organisation",)
    list_per_page = 50
    fields = (
        *("subject", "receiver", "organisation", "question", "created_at", "state", "attempts"),
        *("next_attempt_at", "failure", "settled_at"),
    )
    actions = ["try_again", "give_up"]

    def scope(self, rows: QuerySet, user: User) -> QuerySet:
        return rows.defer("text", "html").for_user(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Mail | None = None) -> bool:
        return False

    @admin.action(description=_("Try to deliver again"), permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, Mail.try_again)

    @admin.action(description=_("Give up delivering"), permissions=["view"])
    def give_up(self, request: HttpRequest, queryset: QuerySet) -> None:
        self._each(request, queryset, Mail.give_up)

    def _each(self, request: HttpRequest, queryset: QuerySet, act: Callable) -> None:
        mails = queryset.unsettled().order_by("pk")
        with transaction.atomic():
            # Not those that are being sent at this moment.
            locked = list(mails.select_for_update(skip_locked=True, of=("self",)))
            for mail in locked:
                act(mail)
        told = ngettext("%(number)d mail changed.", "%(number)d mails changed.", len(locked))
        self.message_user(request, told % {"number": len(locked)}, messages.SUCCESS)
