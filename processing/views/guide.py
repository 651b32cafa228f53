"""A way to the right entries in three steps: who, about what, and what to know."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.public_page import public_page
from processing.code_lists import CodeLists, Term, code_lists_at
from processing.finding.filters import facet_index_at, strongest
from processing.finding.list_query import ListQuery

# What one can want to know, its icon, and how the list answers it.
WISHES = (
    (gettext_lazy("Everything"), "files", {}),
    (gettext_lazy("Which federal bodies do this"), "landmark", {"more": "body"}),
    (
        gettext_lazy("Where sensitive data are processed"),
        "heart-pulse",
        {"selection": {"sensitive": ["special"]}},
    ),
    (
        gettext_lazy("Where a computer decides without a person"),
        "cpu",
        {"selection": {"automated": ["yes"]}},
    ),
    (
        gettext_lazy("Which data leave the European Economic Area"),
        "globe",
        {"selection": {"transfer": ["yes"]}},
    ),
    (gettext_lazy("What was published lately"), "calendar", {"sort": "newest"}),
)


@public_page()
def guide_themes(request: HttpRequest, people: str) -> HttpResponse:
    """The second step: the themes in which there is something about these people."""
    code_lists = code_lists_at(request.revision)[get_language()]
    facets = facet_index_at(request.revision)
    selection = {"people": [people]}
    who = _term(code_lists, "data_subjects", people)
    counts = facets.counts(selection, names=["theme"])["theme"]
    context = {
        "who": who,
        "count": len(facets.found(selection)),
        "themes": [(code_lists["themes"][code], count) for code, count in strongest(counts)],
    }
    return render(request, "processing/guide_themes.html", context)


@public_page()
def guide_wishes(request: HttpRequest, people: str, theme: str) -> HttpResponse:
    """The third step: what to know of it; every answer is a list."""
    code_lists = code_lists_at(request.revision)[get_language()]
    facets = facet_index_at(request.revision)
    who = _term(code_lists, "data_subjects", people)
    what = _term(code_lists, "themes", theme)
    wishes = []
    for label, icon, wish in WISHES:
        selection = {"theme": [theme], "people": [people], **wish.get("selection", {})}
        if count := len(facets.found(selection)):
            address = _address(ListQuery(**wish | {"selection": selection}))
            wishes.append((label, icon, address, count))
    context = {"who": who, "what": what, "wishes": wishes}
    return render(request, "processing/guide_wishes.html", context)


def _address(query: ListQuery) -> str:
    """Its query; with the place of the options that were asked for."""
    return f"{query.encoded}#filter-{query.more}" if query.more else query.encoded


def _term(code_lists: CodeLists, code_list: str, code: str) -> Term:
    """Raises Http404 for a code that the list does not have."""
    try:
        return code_lists[code_list][code]
    except KeyError:
        raise Http404(_("There is no such category.")) from None
