"""Suggestions for the search field, while somebody types: processing/finding/suggestions.py."""

import json
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from organisations.languages import Passage
from organisations.public_page import public_page
from processing.finding.register import register_at
from processing.finding.suggestions import Group, as_asked, suggestions

# Whoever takes the answer for a page finds no element in it.
NO_SIGN_OF_HTML = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


@public_page("q")
def suggestion_list(request: HttpRequest) -> HttpResponse:
    """What static/js/suggestions.js shows below the field."""
    text = as_asked(request.GET.get("q", ""))
    query = urlencode({"q": text} if text else {})
    if query != request.page_query:
        return HttpResponseRedirect(f"{request.path}?{query}".rstrip("?"))
    groups = suggestions(text, register_at(request.revision, get_language()))
    answer = {"status": _status(groups), "groups": [_group(group) for group in groups]}
    content = json.dumps(answer, ensure_ascii=False).translate(NO_SIGN_OF_HTML)
    # Not a JsonResponse: the process keeps plain ones.
    return HttpResponse(content, content_type="application/json")


def _status(groups: list[Group]) -> str:
    """What a screen reader is told."""
    count = sum(len(group.suggestions) for group in groups)
    if not count:
        return _("No suggestions")
    return ngettext("%(count)s suggestion", "%(count)s suggestions", count) % {"count": count}


def _group(group: Group) -> dict:
    return {
        "label": str(group.label),
        "suggestions": [
            {"address": address, "texts": [_text(text) for text in (name, note) if text]}
            for name, note, address in group.suggestions
        ],
    }


def _text(text: Passage | Promise | str) -> dict:
    """A text, with its language where that is not the one of the page."""
    if isinstance(text, Passage) and text.is_fallback:
        return {"text": text.plain, "lang": text.language}
    return {"text": str(text)}
