"""The pages on which a step is taken, with one activity or with several, after a look at it."""

from django.contrib.admin import ModelAdmin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from organisations.models import Organisation, User
from organisations.selections import Selected, is_confirmed, look_first, seen_of
from processing.admin import workflow
from processing.admin.changes import news_for_the_public
from processing.admin.forms import RemarkForm
from processing.admin.views import TEMPLATES, answer, change_address
from processing.completeness import completeness_of
from processing.models import ProcessingActivity
from processing.publishing import MOST_ROWS, public_record_of

# The steps with several, and the actions of the list that lead to them.
ACTIONS = {
    "request": "request_approval",
    "publish": "publish",
    "withdraw": "withdraw",
    "review": "reviewed",
}
LEADS_TO_THE_PUBLIC = ("request", "publish")


def step(
    model_admin: ModelAdmin, request: HttpRequest, activity: ProcessingActivity, name: str
) -> HttpResponse:
    """Take one step, after a look at what it does."""
    is_publisher = activity.organisation.can_publish(request.user)
    chosen = workflow.STEPS.get(name)
    if chosen is None:
        raise Http404
    if chosen.is_for_publishers and not is_publisher:
        raise PermissionDenied
    form = RemarkForm(
        request.POST or None, is_required=chosen.is_remark_required, label=chosen.remark_label
    )
    if request.method == "POST" and form.is_valid():
        remark, seen = form.cleaned_data["remark"], request.POST.get("seen", "")
        outcome = workflow.take(chosen, {activity: seen}, by=request.user, remark=remark)
        workflow.tell(request, model_admin, chosen, outcome)
        if not outcome.changed_meanwhile:
            return HttpResponseRedirect(change_address(activity))
        # Who looks again has lost nothing of what was typed.
    record = activity.public_record()
    leads_to_the_public = name in LEADS_TO_THE_PUBLIC
    context = {
        "step": chosen,
        "form": form,
        "seen": chosen.about(activity, record),
        "next_review": _next_review(activity) if name == "review" else "",
        "hindrance": workflow.hindrance(name, activity, by=request.user, is_publisher=is_publisher),
        "missing": completeness_of(record).required if leads_to_the_public else [],
        "changes": news_for_the_public(activity, record) if leads_to_the_public else None,
    }
    return answer(model_admin, request, activity, "step.html", str(chosen.label), context)


def step_with_several(
    model_admin: ModelAdmin, request: HttpRequest, selected: QuerySet, name: str
) -> HttpResponse | None:
    """Take one step with each of the selected, after a look at what it does to them.

    None leads back to the list.
    """
    chosen = workflow.STEPS[name]
    activities = list(selected.select_related("organisation").with_parts())
    data = request.POST if is_confirmed(request) else None
    form = RemarkForm(data, is_required=chosen.is_remark_required, label=chosen.remark_label)
    if data is not None and form.is_valid():
        seen, remark = seen_of(request, activities), form.cleaned_data["remark"]
        outcome = workflow.take(chosen, seen, by=request.user, remark=remark)
        workflow.tell(request, model_admin, chosen, outcome)
        return None
    return look_first(
        model_admin,
        request,
        _what_it_does(name, activities, request.user),
        action=ACTIONS[name],
        label=chosen.label,
        explanation=chosen.explanation,
        template=f"{TEMPLATES}/steps.html",
        step=chosen,
        form=form,
    )


def _what_it_does(name: str, activities: list[ProcessingActivity], user: User) -> list[Selected]:
    """What the step would do to each, and why it leaves some out."""
    own = set(Organisation.objects.published_by(user).values_list("pk", flat=True))
    listed, rows = [], 0
    for activity in activities:
        record = public_record_of(activity)
        one = Selected(activity, workflow.STEPS[name].about(activity, record))
        listed.append(one)
        is_publisher = activity.organisation_id in own
        one.what = workflow.hindrance(name, activity, by=user, is_publisher=is_publisher)
        if one.what:
            one.is_left_out = True
        elif name in LEADS_TO_THE_PUBLIC:
            rows += record.number_of_rows
            if rows > MOST_ROWS:
                # It has a page of its own, where it can be looked at.
                one.is_left_out = True
                one.what = _("This does not fit on the page. Look at it by itself.")
            else:
                one.changes = news_for_the_public(activity, record)
        elif name == "review":
            one.what = _next_review(activity)
    return listed


def _next_review(activity: ProcessingActivity) -> str:
    """When a body that reviews the activity now looks at it again."""
    following = activity.organisation.next_review_after(timezone.now())
    told = _("Next review on %(day)s.")
    return told % {"day": date_format(following, "SHORT_DATE_FORMAT")}
