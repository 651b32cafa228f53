"""Activities that begin as a copy of another, or from a template."""

from dataclasses import dataclass

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from processing.admin.views import TEMPLATES, UNUSABLE, answer, change_address
from processing.models import ActivityTemplate, ProcessingActivity
from processing.publishing import DoesNotFit
from processing.snapshots import Content, content_of, public_part, row_models, write_content

# What no copy takes over, and what none takes over into another body: it names rows of its own.
NOT_COPIED = ("reference", "replaced_by", "starts_on", "ends_on")
OF_ONE_BODY = ("department",)


def copy(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity
) -> HttpResponse:
    """A new activity that says what this one says; for central administrators also a template."""
    if not model_admin.has_add_permission(request):
        raise PermissionDenied
    if request.method == "POST":
        with transaction.atomic():
            # Nobody publishes between the two: the authors are those of this content.
            ProcessingActivity.objects.select_for_update().get(pk=activity.pk)
            content, authors = content_of(activity), activity.authors()
        if "template" in request.POST and request.user.is_superuser:
            template = ActivityTemplate.objects.create(
                slug=_free_slug(activity.name or str(activity.number)),
                content=_copied(_for_any_body(content)),
                authors=sorted(authors),
                **{f"title_{code}": getattr(activity, f"name_{code}") for code in LANGUAGES},
            )
            return HttpResponseRedirect(
                reverse("admin:processing_activitytemplate_change", args=[template.pk])
            )
        body = model_admin.own_body(request, request.POST.get("organisation"))
        if body != activity.organisation:
            content = _for_others(model_admin, request, content)
        start = Start(
            content,
            _("Copied from activity %(number)s.") % {"number": activity.number},
            frozenset(authors),
        )
        return _started(model_admin, request, start, body)
    context = {"bodies": Organisation.objects.for_user(request.user).order_by("slug")}
    return answer(model_admin, request, activity, "copy.html", _("Copy"), context)


def templates(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The library of templates, each a starting point for a new activity."""
    if request.method == "POST":
        slugs = {template.slug: template for template in ActivityTemplate.objects.all()}
        template = slugs.get(request.POST.get("template", ""))
        if template is None:
            raise Http404
        body = model_admin.own_body(request, request.POST.get("organisation"))
        start = Start(
            _for_others(model_admin, request, template.content),
            _("Made from the template “%(template)s”.") % {"template": template},
            frozenset(template.authors),
        )
        return _started(model_admin, request, start, body)
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": _("Start from a template"),
        "templates": ActivityTemplate.objects.all(),
        "bodies": Organisation.objects.for_user(request.user).order_by("slug"),
    }
    return TemplateResponse(request, f"{TEMPLATES}/templates.html", context)


@dataclass(frozen=True)
class Start:
    """What a new activity begins with."""

    content: Content
    # Where it comes from, for the history.
    remark: str
    # The keys of who wrote what of it nobody else has published.
    authors: frozenset[int] = frozenset()


def _started(
    model_admin: ModelAdmin, request: HttpRequest, start: Start, body: Organisation
) -> HttpResponse:
    """Lead to a new activity that begins so, or back with the reason why there is none."""
    try:
        made = start_activity(start, body, by=request.user)
    except DoesNotFit as refused:
        model_admin.message_user(request, str(refused), "ERROR")
        return HttpResponseRedirect(request.path)
    except UNUSABLE:
        text = _("This cannot be taken over: it refers to something that no longer exists.")
        model_admin.message_user(request, text, "ERROR")
        return HttpResponseRedirect(request.path)
    text = _("Made: %(activity)s. Citizens see it once it is published.") % {"activity": made}
    model_admin.message_user(request, text, "SUCCESS")
    return HttpResponseRedirect(change_address(made))


@transaction.atomic
def start_activity(start: Start, organisation: Organisation, *, by: User) -> ProcessingActivity:
    """A new draft of the body. Raises DoesNotFit."""
    activity = ProcessingActivity.objects.create(organisation=organisation)
    write_content(activity, _copied(start.content))
    activity.remember(by=by, remark=start.remark, brought=start.authors)
    return activity


def _for_others(model_admin: ModelAdmin, request: HttpRequest, content: Content) -> Content:
    """Of what another body wrote, what is public: without rows about bodies that are not.

    The people of such a body may choose it, and take it along.
    """
    content = _for_any_body(content)
    bodies = model_admin.admin_site.get_model_admin(Organisation).choices(request.user)
    known = {None, *bodies.values_list("pk", flat=True)}
    kinds = row_models(ProcessingActivity)
    kept = {
        kind: [row for row in content[kind] if row.get("organisation") in known] for kind in kinds
    }
    left_out = sum(len(content[kind]) - len(kept[kind]) for kind in kinds)
    if not left_out:
        return content
    told = ngettext(
        "%(number)d row is left out: it names a federal body that is not on this site.",
        "%(number)d rows are left out: they name federal bodies that are not on this site.",
        left_out,
    )
    model_admin.message_user(request, told % {"number": left_out}, "WARNING")
    return content | {kind: _naming_what_is_there(kept, kind) for kind in kinds}


def _naming_what_is_there(kept: Content, kind: str) -> list[Content]:
    """The rows, without the keys of parties that are left out."""
    rows = kept[kind]
    for name, named in row_models(ProcessingActivity)[kind].REFERS_TO.items():
        keys = {row["key"] for row in kept[named]}
        rows = [
            row | {name: None} if isinstance(row[name], int) and row[name] not in keys else row
            for row in rows
        ]
    return rows


def _copied(content: Content) -> Content:
    return {name: value for name, value in content.items() if name not in NOT_COPIED}


def _for_any_body(content: Content) -> Content:
    """Of a content, what may go to people of another body."""
    public = public_part(content, ProcessingActivity)
    return {name: value for name, value in public.items() if name not in OF_ONE_BODY}


def _free_slug(name: str) -> str:
    slug = slugify(name)[:40] or "template"
    taken = set(ActivityTemplate.objects.values_list("slug", flat=True))
    candidates = [slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3))]
    return next(candidate for candidate in candidates if candidate not in taken)
