"""What the terms of the code lists mean, for those that have no page of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.public_page import public_page
from processing.code_lists import code_lists_at
from processing.finding.filters import FILTERED_LISTS, facet_index_at

# Code list -> the title of its page.
TITLES = {
    "purposes": gettext_lazy("Kinds of purposes"),
    "recipients": gettext_lazy("Kinds of recipients"),
    "transfer_mechanisms": gettext_lazy("Grounds for a transfer"),
    "processing_types": gettext_lazy("Kinds of processing"),
    "security_measures": gettext_lazy("Security measures"),
    "themes": gettext_lazy("Themes"),
}
FILTERS = {code_list: name for name, code_list in FILTERED_LISTS.items()}


@public_page()
def term_list(request: HttpRequest, code_list: str) -> HttpResponse:
    """A code list with the meaning of each term, and the way to the entries that have it."""
    name = code_list.replace("-", "_")
    if name not in TITLES or "_" in code_list:
        raise Http404(_("There is no such list."))
    terms = code_lists_at(request.revision)[get_language()][name].values()
    # The filter by it in the list of all entries, if there is one.
    filtered_by = FILTERS.get(name)
    counts = facet_index_at(request.revision).counts({}).get(filtered_by, {})
    texts = [text for term in terms for text in (term.label, term.definition) if text]
    context = {
        "title": TITLES[name],
        "filter": filtered_by,
        "terms": [(term, counts.get(term.code, 0)) for term in terms],
        "has_fallback": any(text.is_fallback for text in texts),
    }
    return render(request, "processing/term_list.html", context)
