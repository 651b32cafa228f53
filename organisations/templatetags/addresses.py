"""The tag `url` of every template, instead of Django's: settings name this library."""

import re

from django import template
from django.template import Context, defaulttags
from django.template.base import Parser, Token
from django.urls import NoReverseMatch
from django.utils.html import conditional_escape

from organisations.addresses import address

register = template.Library()

SLUG = re.compile(r"[-\w]+", re.ASCII)


@register.tag
def url(parser: Parser, token: Token) -> "AddressNode":
    parsed = defaulttags.url(parser, token)
    return AddressNode(parsed.view_name, parsed.args, parsed.kwargs, parsed.asvar)


class AddressNode(defaulttags.URLNode):
    """Quick where all parts are slugs and numbers; as Django's for the rest, and for the admin."""

    def render(self, context: Context) -> str:
        name = self.view_name.resolve(context)
        at = [part.resolve(context) for part in self.args]
        if self.kwargs or name.startswith("admin:") or not all(map(_is_plain, at)):
            return super().render(context)
        try:
            found = address(name, *at)
        except NoReverseMatch:
            return super().render(context)
        if self.asvar:
            context[self.asvar] = found
            return ""
        return conditional_escape(found) if context.autoescape else found


def _is_plain(part: object) -> bool:
    if isinstance(part, str):
        return bool(SLUG.fullmatch(part))
    return type(part) is int and 0 < part < 1_000_000_000
