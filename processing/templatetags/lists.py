from django import template
from django.core.paginator import Page

from processing.cards import Card

register = template.Library()


@register.inclusion_tag("includes/cards.html")
def entry_cards(cards: list[Card], level: int, *, show_body: bool = True) -> dict:
    """Entries as a list; `level` is that of their headings."""
    return {
        "cards": cards,
        "level": level,
        "show_body": show_body,
        "has_fallback": any(card.has_fallback for card in cards),
    }


@register.inclusion_tag("includes/pagination.html", takes_context=True)
def pagination(
    context: dict, page: Page, label: str, *, parameter: str = "page", anchor: str = ""
) -> dict:
    """Links to the other pages of a list; `label` tells a screen reader of which list."""
    return {
        "page": page,
        # The first page has no number in its address.
        "first": context["request"].path,
        "numbers": page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1),
        "label": label,
        "parameter": parameter,
        "anchor": anchor,
    }
