"""Draws what changed in a text: pages tell hundreds of pieces."""

from collections.abc import Iterable

from django import template
from django.utils.html import escape, mark_safe
from django.utils.translation import gettext

from processing.entry.comparison import MixedPiece, Piece

register = template.Library()


@register.filter
def marked(pieces: Iterable[Piece], tag: str) -> str:
    """The text, those pieces that only one version has between tags: del or ins."""
    drawn = (
        f"<{tag}>{escape(piece.text)}</{tag}>" if piece.is_changed else escape(piece.text)
        for piece in pieces
    )
    return mark_safe("".join(drawn))  # noqa: S308 (escaped)


@register.filter
def in_one(pieces: Iterable[MixedPiece]) -> str:
    """The text of both versions, what only one has between tags that say so in words too."""
    said = {"del": gettext("removed:"), "ins": gettext("added:")}
    drawn = []
    for piece in pieces:
        if not piece.tag:
            drawn.append(escape(piece.text))
            continue
        # The space behind a word is not marked.
        text = piece.text.rstrip()
        words = f'<span class="visually-hidden">{escape(said[piece.tag])} </span>{escape(text)}'
        drawn.append(f"<{piece.tag}>{words}</{piece.tag}>{piece.text[len(text) :] or ' '}")
    return mark_safe("".join(drawn))  # noqa: S308 (escaped)
