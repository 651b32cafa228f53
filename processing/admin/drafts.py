"""What somebody types in the form of an activity, kept until it is saved.

The page sends it every few seconds (static/admin-register/drafts.js), and saving begins with
keeping it: what goes wrong then costs nobody a word. Without JavaScript the second remains.
"""

import re
from uuid import UUID, uuid4

from django.contrib.admin import ModelAdmin
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    QueryDict,
)
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import Organisation
from organisations.rows import with_rows_sent
from processing.models import FormDraft, ProcessingActivity
from processing.models.form_draft import Fields, TooManyDrafts
from processing.publishing import MOST_CHARACTERS, too_much_text

# What the form says about itself beside what was typed.
KEY, TURN = "draft", "draft_turn"
NOT_TYPED = (KEY, TURN, "csrfmiddlewaretoken")
FIELD = re.compile(r"[a-z]\w*(-[0-9]{1,4})?(-\w+)?", re.ASCII | re.IGNORECASE)
LONGEST_FIELD = 100


def draft(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity | None = None
) -> HttpResponse:
    """Keep what a page sends; asked with GET, a token for a page that outlived its session."""
    if request.method != "POST":
        return JsonResponse({"person": request.user.pk, "token": get_token(request)})
    key = _key(request.POST)
    if key is None or not re.fullmatch(r"[0-9]{1,9}", turn := request.POST.get(TURN, "")):
        raise BadRequest("The form does not say which it is.")
    try:
        kept = _keep(model_admin, request, activity, key, int(turn))
    except TooManyDrafts as refused:
        return JsonResponse({"told": str(refused)}, status=409)
    except RequestDataTooBig:
        told = " ".join((*too_much_text(_length(request.POST)), _("Not kept: it is too much.")))
        return JsonResponse({"told": told}, status=413)
    if kept is None:
        own = FormDraft.objects.for_user(request.user)
        later = get_object_or_404(own, key=key, activity=activity)
        return JsonResponse({"turn": later.turn}, status=409)
    when = date_format(timezone.localtime(), "TIME_FORMAT")
    return JsonResponse({"told": _("Kept at %(time)s, not saved yet.") % {"time": when}})


def keep_before_saving(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity | None
) -> None:
    """Keep what is about to be saved, in case that fails. What cannot be kept, saving refuses."""
    if key := _key(request.POST):
        try:
            _keep(model_admin, request, activity, key)
        except (TooManyDrafts, RequestDataTooBig, BadRequest, Http404):
            return


def forget_saved(request: HttpRequest) -> None:
    """Erase what was kept of the form that was saved, in the same transaction."""
    if key := _key(request.POST):
        FormDraft.objects.filter(person=request.user, key=key).delete()


def discard(model_admin: ModelAdmin, request: HttpRequest, key: UUID) -> HttpResponse:
    """Throw away what was kept of one form."""
    found = get_object_or_404(FormDraft.objects.for_user(request.user), key=key)
    found.delete()
    text = _("What you had typed and not saved is thrown away.")
    model_admin.message_user(request, text, "SUCCESS")
    return HttpResponseRedirect(_form_address(found))


def taken_up(request: HttpRequest, activity: ProcessingActivity | None) -> FormDraft | None:
    """What the address of a form asks to take up; None where it is no longer kept."""
    key = _key(request.GET)
    if request.method == "POST" or key is None:
        return None
    return FormDraft.objects.for_user(request.user).filter(key=key, activity=activity).first()


def as_sent(draft: FormDraft) -> QueryDict:
    """What was kept, as if the form had sent it."""
    data = QueryDict(mutable=True)
    for name, values in draft.fields.items():
        data.setlist(name, values)
    return data


def context(
    request: HttpRequest, activity: ProcessingActivity | None, taken: FormDraft | None
) -> dict:
    """For the page of a form: how to keep it, and what else was kept and never saved."""
    kept = FormDraft.objects.for_user(request.user).defer("fields")
    kept = list(kept.select_related("activity__organisation"))
    key = taken.key if taken else _key(request.POST) or uuid4()
    own = next((one for one in kept if one.key == key), None)
    others = [
        {"draft": one, "address": f"{_form_address(one)}?{KEY}={one.key}"}
        for one in kept
        if one.key != key
    ]
    return {
        "draft": {
            "key": key,
            "turn": own.turn if own else 0,
            "is_kept": own is not None,
            "is_changed": taken is not None or request.method == "POST",
            "taken_at": taken.at if taken else None,
            "form": _form_address(taken) if taken else "",
            "address": reverse("admin:draft_of_activity", args=[activity.pk])
            if activity
            else reverse("admin:draft_of_new_activity"),
        },
        "offered": [one for one in others if one["draft"].activity == activity],
        "left_elsewhere": [one for one in others if one["draft"].activity != activity],
    }


def _keep(
    model_admin: ModelAdmin,
    request: HttpRequest,
    activity: ProcessingActivity | None,
    key: UUID,
    turn: int | None = None,
) -> int | None:
    """Raises Http404 for a body of others, and what the limits of the form raise."""
    with_rows_sent(request.POST)
    if _length(request.POST) > MOST_CHARACTERS:
        raise RequestDataTooBig("The form holds too much.")
    return FormDraft.keep(
        person=request.user,
        activity=activity,
        key=key,
        bodies=_bodies(model_admin, request, activity),
        fields=_typed(request.POST),
        turn=turn,
    )


def _bodies(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity | None
) -> list[int]:
    """The bodies that the form may be about."""
    if activity:
        return [activity.organisation_id]
    if chosen := request.POST.get("organisation"):
        return [model_admin.own_body(request, chosen).pk]
    return list(Organisation.objects.for_user(request.user).values_list("pk", flat=True))


def _typed(data: QueryDict) -> Fields:
    """What the form holds. The database stores no NUL, and no field accepts one."""
    return {
        name: [value.replace("\0", "") for value in values]
        for name, values in data.lists()
        if name not in NOT_TYPED and len(name) <= LONGEST_FIELD and FIELD.fullmatch(name)
    }


def _length(data: QueryDict) -> int:
    """How many characters were typed: as they are stored, browsers end lines with two."""
    return sum(
        len(value) - value.count("\r\n")
        for name, values in data.lists()
        if name not in NOT_TYPED
        for value in values
    )


def _key(data: QueryDict) -> UUID | None:
    try:
        return UUID(data.get(KEY, ""))
    except ValueError:
        return None


def _form_address(draft: FormDraft) -> str:
    if draft.activity_id:
        return reverse("admin:processing_processingactivity_change", args=[draft.activity_id])
    return reverse("admin:processing_processingactivity_add")
