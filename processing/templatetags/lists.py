from datetime import date
from functools import lru_cache
from html import escape
from urllib.parse import parse_qsl, urlencode

from django import template
from django.core.paginator import Page
from django.utils.formats import localize
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from organisations.calendar import day_in_words
from organisations.languages import Passage
from processing.finding.narrowing import Group, Option
from processing.retention_periods import Kept
from processing.summaries import Summary

register = template.Library()

# For who hears or copies a row, the frame around the words is none.
TAG = '<span class="visually-hidden">,</span> <span class="tag">{}</span>'

IN_LANGUAGE = {
    "nl": _("in Dutch"),
    "fr": _("in French"),
    "de": _("in German"),
    "en": _("in English"),
}


@register.inclusion_tag("includes/summaries.html")
def entry_summaries(summaries: list[Summary], level: int) -> dict:
    """Entries as a list; `level` is that of their headings."""
    # As one text: a template looks long at each that it is given.
    rows = (f"<li>\n    {_row(summary, level)}\n  </li>\n  " for summary in summaries)
    return {
        "rows": mark_safe("".join(rows)),  # noqa: S308 (escaped)
        "has_fallback": any(summary.has_fallback for summary in summaries),
    }


def _row(summary: Summary, level: int) -> str:
    """An entry of a list; as a template, these rows took a third of the time of the page."""
    language = get_language()
    on_behalf = _on_behalf(language) if summary.is_on_behalf_of_others else ""
    row = [
        f'<h{level}><a href="{escape(summary.get_absolute_url())}">',
        conditional_escape(summary.shown_title),
        f'</a></h{level}>\n    <p class="meta">{conditional_escape(summary.body.call_name)} · ',
        f"{_day(summary.published_on, language)}{on_behalf}",
        f"{other_languages(summary.title, summary.summary)}</p>",
    ]
    if summary.shown_summary:
        row.append(f'\n    <p class="summary">{conditional_escape(summary.shown_summary)}</p>')
    if summary.found:
        row.append(_why(gettext("In the text:"), conditional_escape(summary.found)))
    if summary.filed_under:
        names = ", ".join(map(conditional_escape, summary.filed_under))
        row.append(_why(gettext("Found under:"), names))
    return "".join(row)


def _why(label: str, found: str) -> str:
    """The reason of a find, of which `found` is escaped."""
    return f'\n    <p class="why"><span>{escape(label)}</span> {found}</p>'


@lru_cache(maxsize=512)
def _day(day: date, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), day_in_words(day))


@lru_cache
def _on_behalf(_language: str | None) -> SafeString:
    return format_html(TAG, gettext("On behalf of others"))


@register.simple_tag
def retention(kept: Kept) -> SafeString:
    """How long an entry of a list keeps data, as a bar and in words."""
    if not (kept.words or kept.has_others):
        return SafeString()
    if not kept.words:
        words = gettext("no fixed period")
    elif kept.has_others:
        words = gettext("%(period)s, partly without a fixed period") % {"period": kept.words}
    else:
        words = kept.words
    # Numbers, and words that are escaped.
    return mark_safe(  # noqa: S308
        '<p class="retention"><svg viewBox="0 0 100 10" preserveAspectRatio="none"'
        ' aria-hidden="true"><rect class="whole" width="100" height="10"/>'
        f'<rect class="some" width="{kept.longest}" height="10"/>'
        f'<rect class="all" width="{kept.shortest}" height="10"/></svg>'
        f" <span>{escape(words)}</span></p>"
    )


@register.simple_tag
def filter_groups(groups: list[Group], path: str) -> SafeString:
    """Filters to open, each with its options, of the list at this path."""
    return mark_safe("".join(_filter_group(group, path) for group in groups))  # noqa: S308 (escaped)


def _filter_group(group: Group, path: str) -> str:
    label, explanation, more = escape(group.label), "", ""
    if group.explanation:
        explanation = f'<p class="explanation">{escape(group.explanation)}</p>'
    if group.more:
        address = f"{escape(path)}?{escape(group.more_query)}#filter-{group.name}"
        more = f'<p class="more"><a href="{address}">{escape(group.more)}</a></p>'
    return (
        f'\n<details id="filter-{group.name}"{" open" if group.is_open else ""}>'
        f"\n  <summary>{label}</summary>\n  {explanation}\n  <fieldset>"
        f'\n    <legend class="visually-hidden">{label}</legend>'
        f"\n    {choices(group.options)}\n  </fieldset>\n  {more}\n</details>\n"
    )


@register.simple_tag
def choices(options: list[Option]) -> SafeString:
    """Boxes to tick, each with how many entries it gives: a page has a hundred and more."""
    language = get_language()
    # Not format_html_join(), which looks at each piece three times.
    boxes = (
        f'<label><input type="checkbox" form="find" name="{option.parameter}"'
        f' value="{escape(option.value)}"{" checked" if option.is_chosen else ""}>'
        f" {conditional_escape(option.name)}"
        f' <span class="number">{number(option.count, language)}</span></label>'
        for option in options
    )
    return mark_safe("\n      ".join(boxes))  # noqa: S308 (escaped)


@lru_cache(maxsize=4096)
def number(counted: int, _language: str | None) -> str:
    """A number as the language writes it."""
    return str(localize(counted))


@register.simple_tag
def other_languages(*texts: Passage | None) -> SafeString:
    """Says of texts of a row in which languages they are, other than that of the page."""
    languages = dict.fromkeys(text.language for text in texts if text and text.is_fallback)
    return _in_languages(tuple(languages), get_language()) if languages else SafeString()


@lru_cache
def _in_languages(languages: tuple[str, ...], _language: str | None) -> SafeString:
    return format_html_join("", TAG, ((IN_LANGUAGE[language],) for language in languages))


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
