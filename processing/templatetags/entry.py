"""Draws the tables of an entry's page and the lines of its picture: templates would take long."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from html import escape
from itertools import zip_longest

from django import template
from django.utils.html import conditional_escape, mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy

from organisations.templatetags.words import divisible
from processing.entry.answers import Answer, Item, Row, Section, Table

register = template.Library()

# Beside the name of a thing, these answers need no label where there is no heading above them.
CLEAR_WITHOUT_LABEL = (
    gettext_lazy("Purpose"),
    gettext_lazy("Which data"),
    gettext_lazy("What they receive, and why"),
    gettext_lazy("Task"),
    gettext_lazy("What is done for it"),
    gettext_lazy("Who does what"),
)


@register.simple_tag
def sections(told: Iterable[Section]) -> SafeString:
    """Questions with their answers, those folded that come after."""
    return mark_safe("".join([*map(_section, told), "\n"]))  # noqa: S308 (escaped)


def _section(section: Section) -> str:
    key, heading = section.key, f'<h2 id="{section.key}">{escape(section.title)}</h2>'
    if section.is_folded:
        begin = '<section class="question folded"'
        answers = (
            f'\n  <details class="disclosure">\n    <summary>{heading}</summary>'
            f'\n    <div id="{key}-told">{_answers_of(section)}</div>\n  </details>'
        )
    else:
        begin = '<section class="question"' if section.items else '<section class="question unsaid"'
        answers = f"\n  {heading}\n  {_answers_of(section)}"
    return f'\n{begin} aria-labelledby="{key}">\n  {answers}\n  \n</section>\n'


def _answers_of(section: Section) -> str:
    """What a section says: names, lists of labels and answers, tables; or that there is nothing."""
    if not section.items:
        return f"<p>{escape(section.nothing)}</p>"
    drawn = [
        _names(section.names),
        *map(_list, section.first),
        *(_table(table, section.key) for table in section.tables),
        *map(_list, section.others),
    ]
    return "\n".join(drawn)


def _names(names: list[Answer]) -> str:
    rows = "".join(f'<li class="answer">{conditional_escape(name)}</li>' for name in names)
    return rows and f'<ul class="names">{rows}</ul>'


def _table(table: Table, labelled_by: str) -> str:
    """A table whose rows become blocks on a phone: each cell then brings its label."""
    heads = "".join(
        f'<th scope="col">{escape(label)}</th>' for label in (table.kind, *table.labels)
    )
    drawn = "".join(_item(item, table.labels) for item in table.items)
    return (
        f'<table class="answers" aria-labelledby="{labelled_by}">'
        f"<thead><tr>{heads}</tr></thead>\n{drawn}</table>"
    )


def _list(item: Item) -> str:
    """Labels with their answers."""
    title = f"<h3>{conditional_escape(item.title)}</h3>" if item.title else ""
    rows = "".join(
        f"<div><dt>{escape(row.label)}</dt>"
        f"{''.join(f'<dd>{conditional_escape(answer)}</dd>' for answer in row.answers)}</div>\n"
        for row in item.rows
    )
    return f'<div class="answer">{title}<dl>{rows}</dl></div>'


@cache
def _clear_without_label(_language: str | None) -> set[str]:
    return set(map(str, CLEAR_WITHOUT_LABEL))


def _item(item: Item, labels: list[str]) -> str:
    """A row; of a thing that has several periods, a row for each."""
    lists = item.lists or [[]]
    rows = []
    for head, answers in zip_longest([_head(item, len(lists))], lists, fillvalue=""):
        rows.append(f"<tr>{head}{''.join(_cells(answers, labels))}</tr>")
    return f'<tbody class="answer">{"".join(rows)}</tbody>\n'


def _head(item: Item, rows: int) -> str:
    span = f' rowspan="{rows}"' if rows > 1 else ""
    if item.title is None:
        return f"<td{span}></td>"
    marks = "".join(
        f' <span class="tag warn">{conditional_escape(mark)}</span>' for mark in item.marks
    )
    return f'<th scope="row"{span}>{divisible(item.title)}{marks}</th>'


def _cells(rows: list[Row], labels: list[str]) -> Iterator[str]:
    told = {row.label: row.answers for row in rows}
    clear = _clear_without_label(get_language())
    for label in labels:
        if label not in told:
            yield "<td></td>"
            continue
        plain = ' class="clear"' if label in clear else ""
        yield f'<td{plain} data-label="{escape(label)}">{_answers(told[label])}</td>'


def _answers(answers: list[Answer]) -> str:
    # Lines of their own on the screen; the space is for who copies them or hears them.
    return " ".join(f"<span>{conditional_escape(answer)}</span>" for answer in answers)


@register.simple_tag
@lru_cache
def lines(number: int, *, inwards: bool) -> SafeString:
    """Lines between so many boxes of one height and the middle of what stands beside them.

    A picture that stretches: each line meets its box at its middle, however high the boxes are.
    """
    height = 20 * number
    middle = height // 2
    ends = [20 * place + 10 for place in range(number)]
    drawn = "".join(
        f"M0 {end}C50 {end} 50 {middle} 100 {middle}"
        if inwards
        else f"M0 {middle}C50 {middle} 50 {end} 100 {end}"
        for end in ends
    )
    way = "in" if inwards else "out"
    # Numbers only.
    return mark_safe(  # noqa: S308
        f'<svg class="flow {way} beside" viewBox="0 0 100 {height}" preserveAspectRatio="none"'
        f' aria-hidden="true" focusable="false"><path d="{drawn}"/></svg>{arrow(way)}'
    )


@register.simple_tag
def arrow(way: str) -> SafeString:
    """An arrow down, for what stands below each other; `way`: in or out."""
    return mark_safe(  # noqa: S308
        f'<svg class="flow {way} below" viewBox="0 0 48 36" aria-hidden="true" focusable="false">'
        '<path d="M24 0V26"/><path class="head" d="M14 22h20L24 36z"/></svg>'
    )


@register.simple_tag
def bar(share: int | None) -> SafeString:
    """A bar of so many hundredths; an empty one where none is told."""
    full = "" if share is None else f'<rect class="full" width="{share}" height="6"/>'
    unknown = ' class="bar unknown"' if share is None else ' class="bar"'
    # A number only.
    return mark_safe(  # noqa: S308
        f'<svg{unknown} viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"'
        f' focusable="false"><rect width="100" height="6"/>{full}</svg>'
    )
