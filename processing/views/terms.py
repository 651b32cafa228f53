"""What the terms of the code lists mean, for those that have no page of their own."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from organisations.public_page import public_page
from processing.vocabulary import PATHS, vocabularies

TITLES = {
    "purposes": gettext_lazy("Kinds of purposes"),
    "recipients": gettext_lazy("Kinds of recipients"),
    "transfer_mechanisms": gettext_lazy("Grounds for a transfer"),
    "processing_types": gettext_lazy("Kinds of processing"),
    "security_measures": gettext_lazy("Security measures"),
    "themes": gettext_lazy("Themes"),
}
# List name -> its filter in the list of all entries.
FILTERS_OF = {"purposes": "purpose", "recipients": "recipient", "themes": "theme"}


@public_page()
def term_list(request: HttpRequest, code_list: str) -> HttpResponse:
    """A code list with the meaning of each term, and the way to the entries that have it."""
    name = {path: name for name, path in PATHS.items()}.get(code_list)
    if name is None:
        raise Http404(_("There is no such list."))
    context = {
        "title": TITLES[name],
        "terms": vocabularies(request.revision)[get_language()][name].values(),
        "filter": FILTERS_OF.get(name, ""),
    }
    return render(request, "processing/term_list.html", context)
