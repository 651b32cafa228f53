"""The whole register of a body on paper, internal fields included: for its authority (Art. 30(4)).

A page that browsers print or save as a PDF: docs/decisions/0043. It is sent while it is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.contrib.admin import ModelAdmin
from django.http import Http404, HttpRequest, HttpResponseBase, StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from organisations.languages import passage, texts_of
from organisations.models import Organisation
from organisations.places import Places
from organisations.public_page import TooManyFiles
from processing.admin.form_layout import SECTIONS
from processing.admin.forms import KINDS
from processing.models import ProcessingActivity
from processing.paging import PAGE_NUMBER
from processing.snapshots import Names, Said, content_of, in_words

# So many activities stand on one page, for the sake of browsers: further ones on the next.
MOST_ON_A_PAGE = 500
AT_ONCE = 50
# So many are made at once in each process, beside the large files of the public: one a person.
PRINTED_AT_ONCE = 2
_places = Places(PRINTED_AT_ONCE)
TEMPLATE = "admin/processing/processingactivity/print.html"
# Where the activities stand in it.
PLACE = "<!-- activities -->"


def whole_register(
    model_admin: ModelAdmin, request: HttpRequest, body: Organisation
) -> HttpResponseBase:
    """All activities of one of the person's bodies, each whole."""
    activities = ProcessingActivity.objects.filter(organisation=body).order_by("number")
    number = activities.count()
    pages = range(1, max(1, -(-number // MOST_ON_A_PAGE)) + 1)
    asked = request.GET.get("page", "1")
    if not PAGE_NUMBER.fullmatch(asked) or int(asked) not in pages:
        raise Http404
    start = (int(asked) - 1) * MOST_ON_A_PAGE
    keys = list(activities.values_list("pk", flat=True)[start : start + MOST_ON_A_PAGE])
    context = {
        "body": body,
        "number": number,
        "page": int(asked),
        "pages": pages,
        "today": localdate(),
    }
    frame = render_to_string(TEMPLATE, context, request).split(PLACE)
    parts = _parts(frame, keys, get_language(), person=str(request.user.pk))
    # Before anything is sent: there may be no place.
    first = next(parts)
    if request.method == "GET":
        record_taking(model_admin, request, body, _("Downloaded the whole register, for printing."))
    else:
        parts.close()
    return StreamingHttpResponse(_chained(first, parts))


def record_taking(
    model_admin: ModelAdmin, request: HttpRequest, body: Organisation, told: str
) -> None:
    """In the history of the body: who has all that is internal outside the site."""
    model_admin.admin_site.get_model_admin(Organisation).log_change(request, body, told)


def _chained(first: str, others: Iterator[str]) -> Iterator[str]:
    try:
        yield first
        yield from others
    finally:
        others.close()


def _parts(frame: Sequence[str], keys: list[int], language: str, *, person: str) -> Iterator[str]:
    """The page in parts. Beside the turns of the admin: it would hold up everybody."""
    before, after = frame
    names: Names = {}
    # In no snapshot: what the request still writes, such as who takes this, would be in it.
    with _place_of(person):
        yield before
        for start in range(0, len(keys), AT_ONCE):
            some = ProcessingActivity.objects.filter(pk__in=keys[start : start + AT_ONCE])
            with override(language):
                drawn = [_drawn(each, names) for each in some.with_parts().order_by("number")]
            yield "".join(drawn)
        yield after


@contextmanager
def _place_of(person: str) -> Iterator[None]:
    """While a register is made. Raises TooManyFiles."""
    if not _places.take(person):
        raise TooManyFiles
    try:
        yield
    finally:
        _places.leave(person)


def _drawn(activity: ProcessingActivity, names: Names) -> str:
    """One activity, in the order of its form. What it says nothing about is left out."""
    whole = in_words(content_of(activity), ProcessingActivity, names)
    name = passage(texts_of(activity, "name"), get_language())
    title = escape(name.plain) if name else escape(_("Without a name"))
    lang = f' lang="{name.language}"' if name else ""
    drawn = [
        f'<article><h2>{activity.number}. <span{lang}>{title}</span></h2><p class="state">',
        f"{escape(capfirst(str(activity.state_label)))}</p>",
    ]
    for section in SECTIONS:
        listed = "".join(_contents(section.contents, whole.fields, whole.rows))
        if listed:
            drawn.append(f"<h3>{escape(section.heading)}</h3>{listed}")
    drawn.append("</article>\n")
    return "".join(drawn)


def _contents(
    names: Iterable[str], fields: dict[str, Said], rows: dict[str, list[list[Said]]]
) -> Iterator[str]:
    for name in names:
        if name in fields:
            yield f"<dl>{_field(fields[name])}</dl>"
        kind = KINDS.get(name)
        for place, row in enumerate(rows.get(name, ()), start=1):
            label = escape(capfirst(str(kind._meta.verbose_name)))
            said = "".join(map(_field, row))
            yield f"<section><h4>{label} {place}</h4><dl>{said}</dl></section>"


def _field(said: Said) -> str:
    mark = f' <span class="internal">{escape(_("Internal: never public"))}</span>'
    drawn = [f"<div><dt>{escape(said.label)}{mark if said.is_internal else ''}</dt>"]
    for language, text in said.texts.items():
        if language:
            drawn.append(f'<dd lang="{language}"><b>{language.upper()}</b> {escape(text)}</dd>')
        else:
            drawn.append(f"<dd>{escape(text)}</dd>")
    return "".join((*drawn, "</div>"))
