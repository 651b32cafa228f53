"""What the terms of the code lists mean, for those that have no page of their own."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.public_page import public_page
from processing.code_lists import code_lists_at


@dataclass(frozen=True, slots=True)
class TermList:
    title: Promise
    # The filter by it in the list of all entries, if there is one.
    filter: str = ""


TERM_LISTS = {
    "purposes": TermList(gettext_lazy("Kinds of purposes"), "purpose"),
    "recipients": TermList(gettext_lazy("Kinds of recipients"), "recipient"),
    "transfer_mechanisms": TermList(gettext_lazy("Grounds for a transfer")),
    "processing_types": TermList(gettext_lazy("Kinds of processing")),
    "security_measures": TermList(gettext_lazy("Security measures")),
    "themes": TermList(gettext_lazy("Themes"), "theme"),
}


@public_page()
def term_list(request: HttpRequest, code_list: str) -> HttpResponse:
    """A code list with the meaning of each term, and the way to the entries that have it."""
    name = code_list.replace("-", "_")
    if name not in TERM_LISTS or "_" in code_list:
        raise Http404(_("There is no such list."))
    terms = code_lists_at(request.revision)[get_language()][name].values()
    texts = [text for term in terms for text in (term.label, term.definition) if text]
    context = {
        "list": TERM_LISTS[name],
        "terms": terms,
        "has_fallback": any(text.is_fallback for text in texts),
    }
    return render(request, "processing/term_list.html", context)
