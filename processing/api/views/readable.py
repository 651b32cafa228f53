"""The page that explains the API to people, with examples: made from what the views declare."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from organisations.origin import origin
from organisations.public_page import public_page
from processing.api.openapi import operations
from processing.api.parameters import MOST_PER_PAGE, NARROWING
from processing.api.references import BASE
from processing.finding.list_query import LONGEST_TEXT

# What stands behind the address of the API -> what it gives.
EXAMPLES = {
    "/processingActivities?q=pension&pageSize=5": _("The first five that a search finds"),
    "/processingActivities?theme=HEAL&transfer=yes&sort=-publishedAt": _(
        "About health, with data that leave the European Economic Area, the newest first"
    ),
    "/processingActivities?people=01&people=12&embed=items": _(
        "About at least one of two groups of people, with all that is published about each "
        "processing activity"
    ),
    "/organisations?kind=agency&lang=fr&select=(items(id,name),next)": _(
        "The names of all agencies, in French"
    ),
    "/changes?since=2026-01-01": _("What was published, changed or withdrawn since a given day"),
    "/refData/dataSubjects": _("All groups of people, with their codes"),
}
PROBLEMS = {
    "400": _("Something that was asked for is not there or not allowed: “issues” says what."),
    "404": _("There is nothing at this address."),
    "405": _("This API can only be read."),
    "406": _("There is no such format: this API gives JSON."),
    "410": _("The federal body withdrew it: “withdrawnOn” tells on which day."),
    "503": _("The answer took too long: try again later, or ask for less."),
}


@public_page()
def api_page(request: HttpRequest) -> HttpResponse:
    found = dict(operations())
    base = f"{origin(request)}{BASE}"
    others = found["/processingActivities"].parameters
    context = {
        "base": base,
        "operations": [(f"{BASE}{path}", made.summary) for path, made in found.items()],
        "filters": NARROWING.values(),
        "parameters": [other for other in others if other not in NARROWING.values()],
        "examples": [(f"{base}{path}", text) for path, text in EXAMPLES.items()],
        "problems": PROBLEMS.items(),
        "most_per_page": MOST_PER_PAGE,
        "longest_text": LONGEST_TEXT,
    }
    return render(request, "processing/api.html", context)
