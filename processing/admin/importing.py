"""An existing register comes in: the pages from the upload of a file to its undoing.

Whose file it is, every page asks: an import of another body is not there.
"""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.languages import LANGUAGES
from processing.admin.import_forms import ColumnsForm, UploadForm
from processing.admin.printing import record_taking
from processing.exports.tables import BYTE_ORDER_MARK, line
from processing.imports import reasons, steps
from processing.imports.files.hostile import Unreadable
from processing.imports.own_workbook.writing import own_workbook
from processing.imports.refusals import reason_of
from processing.imports.register.preview import share_understood
from processing.imports.register.preview_shown import look_at, report_of
from processing.imports.tables.columns import columns_of
from processing.models import ImportEntry, ProcessingActivity, RegisterImport
from processing.publishing import Refused
from processing.spreadsheets import XLSX

TEMPLATES = "admin/processing/imports"
# Entries on a page of the preview, and imports on the first page.
ON_A_PAGE = 20
# So many activities are written into a workbook while the person waits, with so many characters.
MOST_IN_A_WORKBOOK, MOST_CHARACTERS = 500, 1_000_000
STEPS = {"confirm": steps.confirm, "undo": steps.undo, "drop": steps.drop}
# So many digits has the number of a preview, or of an activity in a file, at most.
DIGITS = 9


def imports(model_admin: ModelAdmin, request: HttpRequest) -> HttpResponse:
    """The way in: send a file, go on with an earlier one, or begin with an empty workbook."""
    body = model_admin.own_body(request, request.GET["body"]) if "body" in request.GET else None
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, person=request.user, initial={"organisation": body})
    if request.method == "POST" and form.is_valid():
        try:
            made = steps.upload(
                # Without a copy: it is in memory.
                form.cleaned_data["file"].file.getvalue(),
                form.cleaned_data["file"].name,
                organisation=form.cleaned_data["organisation"],
                by=request.user,
            )
        except Unreadable as refused:
            form.add_error("file", reason_of(refused))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(address_of(made))
    own = RegisterImport.objects.for_user(request.user).select_related("organisation", "by")
    own = own.without_what_was_shown()
    context = {
        "form": form,
        "imports": own.order_by("-pk")[:ON_A_PAGE],
        "body": body or next(iter(form.bodies), None),
        "step": 1,
    }
    return _answer(model_admin, request, "imports.html", _("Import a register"), context)


def workbook(
    model_admin: ModelAdmin, request: HttpRequest, body: int, language: str
) -> HttpResponse:
    """The register's own workbook: empty, or with the entries of the body."""
    if language not in LANGUAGES:
        raise Http404
    own = model_admin.own_body(request, body)
    activities = ProcessingActivity.objects.none()
    if request.GET.get("entries") == "all":
        activities = ProcessingActivity.objects.filter(organisation=own).order_by("number")
        if _is_too_much(activities):
            told = _("Your register has too many activities or too long texts for a workbook.")
            model_admin.message_user(request, told, "WARNING")
            return HttpResponseRedirect(reverse("admin:imports"))
        activities = activities.with_parts()
        if request.method == "GET":
            record_taking(
                model_admin, request, own, _("Downloaded the whole register as a workbook.")
            )
    answer = HttpResponse(own_workbook(language, own, activities), content_type=XLSX)
    answer.headers["Content-Disposition"] = f'attachment; filename="register-{language}.xlsx"'
    return answer


def _is_too_much(activities: QuerySet[ProcessingActivity]) -> bool:
    """Told by their words, each of which is kept once."""
    if activities.count() > MOST_IN_A_WORKBOOK:
        return True
    characters = activities.aggregate(characters=Sum(Length("words__text")))["characters"]
    return (characters or 0) > MOST_CHARACTERS


def one(model_admin: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """An import as it stands: its columns, its preview, how far it is, what became of it."""
    found = own_import(request, key)
    state = RegisterImport.State
    if found.state == state.UPLOADED:
        return _columns(model_admin, request, found)
    if request.method == "POST":
        raise BadRequest("There is nothing to send.")
    if found.is_worked_on:
        return _answer_about(model_admin, request, found, "waiting.html", {"step": _step(found)})
    if found.state == state.PREVIEWED:
        return _preview(model_admin, request, found)
    return _result(model_admin, request, found)


def columns(model_admin: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """The columns again, for who has seen the preview."""
    found = own_import(request, key)
    if found.state not in (RegisterImport.State.UPLOADED, RegisterImport.State.PREVIEWED):
        return HttpResponseRedirect(address_of(found))
    return _columns(model_admin, request, found)


def take(model_admin: ModelAdmin, request: HttpRequest, key: int, step: str) -> HttpResponse:
    """Import what the preview shows, undo it, or throw it away."""
    if step not in STEPS:
        raise Http404
    found = own_import(request, key)
    try:
        if step == "confirm":
            steps.confirm(found, by=request.user, seen=_seen(request))
        else:
            STEPS[step](found, by=request.user)
    except Refused as refused:
        model_admin.message_user(request, str(refused), "WARNING")
    else:
        if step == "drop":
            model_admin.message_user(request, _("The file is thrown away."), "SUCCESS")
            return HttpResponseRedirect(reverse("admin:imports"))
    return HttpResponseRedirect(address_of(found))


def report(model_admin: ModelAdmin, request: HttpRequest, key: int) -> HttpResponse:
    """What the preview shows, as a table to keep: a CSV file that spreadsheet programs open."""
    found = own_import(request, key)
    written = "".join(line(row, ";") for row in report_of(found))
    answer = HttpResponse(BYTE_ORDER_MARK + written, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="import-{found.pk}.csv"'
    return answer


def own_import(request: HttpRequest, key: int) -> RegisterImport:
    """An import of one of the person's bodies; Http404 for others."""
    rows = RegisterImport.objects.for_user(request.user).select_related("organisation", "progress")
    return get_object_or_404(rows.without_what_was_shown(), pk=key)


def address_of(register_import: RegisterImport) -> str:
    return reverse("admin:import", args=[register_import.pk])


def _seen(request: HttpRequest) -> int:
    """The number of the preview that the page showed; there is no preview 0."""
    return _number(request.POST.get("preview", "")) or 0


def _number(told: str) -> int | None:
    return int(told) if told.isascii() and told.isdigit() and len(told) <= DIGITS else None


def _columns(model_admin: ModelAdmin, request: HttpRequest, found: RegisterImport) -> HttpResponse:
    form = ColumnsForm(request.POST if request.method == "POST" else None, register_import=found)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            steps.choose(
                found,
                values["targets"],
                language=values["language"],
                mechanism=values["mechanism"].pk if values["mechanism"] else "",
                joins_by_name=values["joins_by_name"],
                by=request.user,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return HttpResponseRedirect(address_of(found))
    context = {"form": form, "step": 2}
    return _answer_about(model_admin, request, found, "columns.html", context)


def _preview(model_admin: ModelAdmin, request: HttpRequest, found: RegisterImport) -> HttpResponse:
    shown = request.GET.get("show", "")
    if shown not in ("", *ImportEntry.Outcome.values):
        raise BadRequest("There are no such activities.")
    entries = found.entries.measured().order_by("number")
    entries = entries.filter(outcome=shown) if shown else entries
    if (only := _number(request.GET.get("only", ""))) is not None:
        entries = entries.filter(number=only)
    page = Paginator(entries, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "step": 3,
        "page": page,
        "looks": look_at(page.object_list),
        "shown": shown,
        "figures": _figures(found),
        "to_write": sum(found.counts.get(outcome, 0) for outcome in ImportEntry.WRITTEN),
        "share": share_understood(found),
        "public_measures": [c.title for c in columns_of(found) if c.target.field == "security"],
    }
    return _answer_about(model_admin, request, found, "preview.html", context)


def _result(model_admin: ModelAdmin, request: HttpRequest, found: RegisterImport) -> HttpResponse:
    written = found.entries.to_write().filter(activity__isnull=False)
    written = written.select_related("activity__organisation")
    context = {
        "step": _step(found),
        "figures": _figures(found),
        "written": written.order_by("number")[:ON_A_PAGE],
        "failure": reasons.failure_of(found.failure),
        # What is gone has no number any more.
        "touched": [str(number) for number in found.counts.get("touched", []) if number],
    }
    return _answer_about(model_admin, request, found, "result.html", context)


def _step(found: RegisterImport) -> int:
    """The one that it is at, or that failed."""
    state = RegisterImport.State
    if found.state == state.FAILED and not found.preview:
        # A file that nobody could read has no columns.
        return 3 if found.columns else 1
    return {state.RECEIVED: 2, state.MAPPED: 3}.get(found.state, 4)


def _figures(found: RegisterImport) -> list[dict]:
    """How many activities are new, changed, unchanged and not imported."""
    return [
        {"outcome": value, "label": capfirst(str(label)), "number": found.counts.get(value, 0)}
        for value, label in ImportEntry.Outcome.choices
    ]


def _answer_about(
    model_admin: ModelAdmin,
    request: HttpRequest,
    found: RegisterImport,
    template: str,
    context: dict,
) -> TemplateResponse:
    own = {"import": found, "subtitle": found.file_name}
    return _answer(model_admin, request, template, _("Import a register"), own | context)


def _answer(
    model_admin: ModelAdmin, request: HttpRequest, template: str, title: str, context: dict
) -> TemplateResponse:
    frame = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.opts,
        "title": title,
        "language": get_language(),
        "steps": [_("File"), _("Columns"), _("Preview"), _("Import")],
    }
    return TemplateResponse(request, f"{TEMPLATES}/{template}", frame | context)
