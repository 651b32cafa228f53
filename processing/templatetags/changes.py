"""Draws what changed in a text: pages tell hundreds of pieces."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, mark_safe

from processing.entry.comparison import Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece], tag: str) -> str:
    """The text, those pieces that only one version has between tags: del or ins."""
    drawn = (
        f"<{tag}>{escape(piece.text)}</{tag}>" if piece.is_changed else escape(piece.text)
        for piece in pieces
    )
    return mark_safe("".join(drawn))  # noqa: S308 (escaped)
