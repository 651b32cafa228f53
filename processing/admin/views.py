"""The pages of the admin about one activity, beside its form. Who calls them has scoped it."""

from django.conf import settings
from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.languages import LANGUAGES
from processing.admin.changes import changes_for_the_public, entry_as_if_public
from processing.admin.erasure import ErasureAnswerForm, ErasureForm
from processing.models import ProcessingActivity, Publication
from processing.public_record import PublicRecord
from processing.publishing import Refused

TEMPLATES = "admin/processing/processingactivity"
# What the database says to content that refers to what is gone, or is too long by now.
UNUSABLE = (IntegrityError, DataError)


def tell_if_no_longer_awaited(
    model_admin: ModelAdmin, request: HttpRequest, was_awaited: bool, activity: ProcessingActivity
) -> None:
    """Say that what was asked for is no longer what there is."""
    if was_awaited and not activity.is_awaited:
        text = _(
            "Citizens would now see something else than what awaited approval. It awaits no "
            "approval any more: request it again when you are done."
        )
        model_admin.message_user(request, text, "WARNING")


def preview(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, language: str
) -> HttpResponse:
    """The public page exactly as it would be, in one language."""
    if language not in LANGUAGES:
        raise Http404
    record = activity.public_record()
    if not record.name:
        model_admin.message_user(request, _("Give the activity a name first."), "WARNING")
        return HttpResponseRedirect(change_address(activity))
    with override(language):
        context = _preview_of(request, activity, record, language)
        response = render(request, f"{TEMPLATES}/preview.html", context)
    response.headers["Content-Language"] = language
    return response


def _preview_of(
    request: HttpRequest, activity: ProcessingActivity, record: PublicRecord, language: str
) -> dict:
    name = "admin:processing_processingactivity_preview"
    latest = activity.publications.order_by("-version").values_list("version", flat=True).first()
    return {
        "entry": entry_as_if_public(record, activity.organisation, language),
        "publication": Publication(
            number=activity.number, version=(latest or 0) + 1, published_at=timezone.now()
        ),
        "activity": activity,
        # Of the page that it would be: printed sheets tell it.
        "canonical": _public_address(request, activity),
        "translations": [
            {
                "code": code,
                "name": title,
                "path": reverse(name, args=[activity.pk, code]),
                "url": None,
            }
            for code, title in settings.LANGUAGES
        ],
    }


def _public_address(request: HttpRequest, activity: ProcessingActivity) -> str:
    at = [activity.organisation.slug, activity.number]
    path = reverse("processing:activity_detail", args=at)
    return f"{settings.SITE_URL}{path}" if settings.SITE_URL else request.build_absolute_uri(path)


def compare_with_public(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """What publishing would change on the public page, in each language."""
    context = {"changes": changes_for_the_public(activity, activity.public_record())}
    title = _("What publishing would change")
    return answer(model_admin, request, activity, "compare.html", title, context)


def erase(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """Erase parts of the activity for good, ask for that, or answer who asked."""
    if not activity.organisation.can_publish(request.user):
        raise PermissionDenied
    # Before all that the page shows: what comes meanwhile has not been seen.
    seen = activity.history.count()
    asked = activity.requested_erasure()
    chosen = ErasureAnswerForm if asked else ErasureForm
    form = chosen(request.POST or None, activity=activity, seen=seen)
    if request.method == "POST" and form.is_valid():
        try:
            done = form.take(by=request.user)
        except Refused as refusal:
            form.refuse(refusal)
        else:
            model_admin.message_user(request, done, "SUCCESS")
            address = reverse("admin:processing_processingactivity_history", args=[activity.pk])
            return HttpResponseRedirect(address)
    context = {
        "form": form,
        "asked": asked,
        "is_own": asked is not None and asked.by_id == request.user.pk,
        "takes_two": activity.organisation.requires_two_persons,
    }
    return answer(model_admin, request, activity, "erase.html", _("Erase for good"), context)


def change_address(activity: ProcessingActivity) -> str:
    return reverse("admin:processing_processingactivity_change", args=[activity.pk])


def answer(
    model_admin: ModelAdmin,
    request: HttpRequest,
    activity: ProcessingActivity,
    template: str,
    title: str,
    context: dict,
) -> TemplateResponse:
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "subtitle": str(activity),
        "activity": activity,
        "language": get_language(),
    }
    return TemplateResponse(request, f"{TEMPLATES}/{template}", frame | context)
