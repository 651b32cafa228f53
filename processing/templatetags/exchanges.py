from collections.abc import Iterable

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from organisations.addresses import address
from organisations.directory import Body
from processing.exchange_pictures import Partner
from processing.templatetags.lists import number

register = template.Library()


@register.simple_tag
def partners(listed: Iterable[Partner], body: Body, side: str) -> SafeString:
    """The bodies on a side of a body's picture, a hundred and more; `side`: in or out."""
    exchanges, language = address("finding:exchange_list"), get_language()
    rows = []
    for partner in listed:
        giver, receiver = (partner.body, body) if side == "in" else (body, partner.body)
        rows.append(
            f'\n  <li><a href="{exchanges}?from={giver.slug}&amp;to={receiver.slug}">'
            f"{conditional_escape(partner.body.name)}</a> <b>{number(partner.count, language)}</b>"
            '\n    <svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
            f'<rect width="{partner.length}" height="10"/></svg></li>\n  '
        )
    # Slugs and numbers; names are escaped.
    drawn = f'\n<ol class="partners {side}">\n  {"".join(rows)}\n</ol>\n'
    return mark_safe(drawn)  # noqa: S308
