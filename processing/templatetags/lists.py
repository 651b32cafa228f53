from urllib.parse import parse_qsl, urlencode

from django import template
from django.core.paginator import Page
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from organisations.languages import Passage
from processing.summaries import Summary

register = template.Library()

IN_LANGUAGE = {
    "nl": _("in Dutch"),
    "fr": _("in French"),
    "de": _("in German"),
    "en": _("in English"),
}


@register.inclusion_tag("includes/summaries.html")
def entry_summaries(summaries: list[Summary], level: int, *, show_body: bool = True) -> dict:
    """Entries as a list; `level` is that of their headings."""
    return {
        "summaries": summaries,
        "level": level,
        "show_body": show_body,
        "has_fallback": any(summary.has_fallback for summary in summaries),
    }


@register.simple_tag
def other_languages(*texts: Passage | None) -> SafeString:
    """Says of texts of a row in which languages they are, other than that of the page."""
    languages = dict.fromkeys(text.language for text in texts if text and text.is_fallback)
    # For who hears or copies the row, the frame around the words is none.
    mark = '<span class="visually-hidden">,</span> <span class="tag">{}</span>'
    return format_html_join("", mark, ((IN_LANGUAGE[language],) for language in languages))


@register.inclusion_tag("includes/pagination.html", takes_context=True)
def pagination(
    context: dict, page: Page, label: str, *, parameter: str = "page", anchor: str = ""
) -> dict:
    """Links to the other pages of a list; `label` tells a screen reader of which list."""
    request = context["request"]
    others = [pair for pair in parse_qsl(request.page_query) if pair[0] not in (parameter, "more")]

    def address(number: int) -> str:
        # The first page has no number in its address.
        query = urlencode(others + ([(parameter, number)] if number > 1 else []))
        return f"{request.path}?{query}".rstrip("?") + anchor

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "label": label,
        "links": [
            (number, "" if number == page.paginator.ELLIPSIS else address(number))
            for number in numbers
        ],
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }
