"""What each role may do in the admin. Whose rows they may do it to: organisations/scoping.py."""

from django.contrib.auth.backends import ModelBackend

from organisations.models import Membership, User
from processing.models import CODE_LISTS, PARTS, ProcessingActivity

# Editors and publishers, in their own bodies. Publishing is no permission of this table: a person
# may publish for one body and only edit for another (Organisation.can_publish). Nor whose questions
# a publisher sees: the scope of the lists tells.
MEMBER = {
    "organisations.view_organisation",
    "organisations.view_membership",
    "organisations.view_department",
    *(f"processing.view_{model._meta.model_name}" for model in CODE_LISTS.values()),
    *(
        f"processing.{verb}_{model._meta.model_name}"
        for verb in ("view", "add", "change", "delete")
        for model in (ProcessingActivity, *PARTS)
    ),
}
PUBLISHER = MEMBER | {
    *(f"organisations.{verb}_department" for verb in ("add", "change", "delete")),
    *("contact.view_question", "contact.change_question", "contact.view_mail"),
}


class RoleBackend(ModelBackend):
    """Permissions from memberships; Django's own groups and permissions grant nothing.

    A central administrator may do everything: User.has_perm() does not even ask.
    """

    def get_all_permissions(self, user_obj: User, obj: object = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if not hasattr(user_obj, "_roles"):
            user_obj._roles = set(user_obj.memberships.values_list("role", flat=True))
        if Membership.Role.PUBLISHER in user_obj._roles:
            return PUBLISHER
        return MEMBER if user_obj._roles else set()
