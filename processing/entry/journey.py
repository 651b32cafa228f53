"""The journey of the data of an entry, as a picture: from whom, where, to whom, for how long.

Made of codes, names and periods. Lists hold all that it says; the lines between only join them.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.entry.answers import Answer, Bar, Journey, Link, Period, Stop
from processing.entry.facts import destinations_of, kinds_in_words
from processing.entry.layout import Layout
from processing.entry.periods import in_days, span_in_words
from processing.entry.wording import choice_label, period_in_words
from processing.law import Source
from processing.public_record import JointController, Processor, Recipient

# So many stand on one side of the picture: then one stands for all others.
MOST_STOPS = 8
# So many names of data stand beside a bar.
MOST_DATA = 3
# The shortest bar that can be seen, in hundredths of the longest.
LEAST_SHARE = 2
SOURCE_ICONS = {
    Source.PERSON.value: "user",
    Source.AUTHENTIC_SOURCE.value: "database",
    Source.OTHER.value: "building",
}


def journey_of(layout: Layout) -> Journey:
    inside, abroad = _receivers(layout)
    return Journey(
        body=layout.directory.by_id[layout.record.organisation],
        sources=list(_sources(layout)),
        no_sources=layout.nothing_in("sources", _("The entry does not tell from whom.")),
        receivers=_at_most(inside),
        no_receivers=""
        if inside or abroad
        else (
            layout.declared_nothing("recipients")
            or layout.nothing_in("recipients", _("The register mentions no recipients."))
        ),
        abroad=_at_most(abroad),
        stays_within=bool(layout.declared_nothing("transfers")) and not abroad,
        at_body=list(_at_body(layout)),
        bars=_bars(layout),
    )


def _sources(layout: Layout) -> Iterator[Stop]:
    for source in layout.record.sources:
        name = _("You yourself") if source == Source.PERSON else choice_label(Source, source)
        yield Stop(name, SOURCE_ICONS.get(source, "building"), [])


def _at_body(layout: Layout) -> Iterator[Stop]:
    if layout.record.data:
        yield Stop(Link.of(kinds_in_words(layout), "#data"), "files", [])
    if span := span_in_words(layout.record.retention):
        yield Stop(_("kept %(span)s") % {"span": span}, "clock", [])
    if layout.record.automated_decisions:
        words = _("Computer sometimes decides by itself")
        yield Stop(Link.of(words, "#automated-decisions-told"), "cpu", [])


def _receivers(layout: Layout) -> tuple[list[Stop], list[Stop]]:
    """Who receives data within the EEA, and who does so outside it."""
    inside, abroad = [], []
    for party in layout.record.receivers:
        where = [] if isinstance(party, JointController) else destinations_of(layout, party)
        stop = Stop(layout.name_of(party), _icon(party), [*_role(layout, party), *where])
        (abroad if where else inside).append(stop)
    # A transfer to somebody whom the entry does not name.
    for transfer in layout.record.transfers:
        if layout.receiver_of(transfer) is None:
            abroad.append(Stop(layout.destination(transfer), "globe", []))
    return inside, list({(str(s.name), *map(str, s.notes)): s for s in abroad}.values())


def _icon(party: Recipient | Processor | JointController) -> str:
    if isinstance(party, Processor):
        return "factory"
    return "landmark" if party.organisation else "building"


def _role(layout: Layout, party: Recipient | Processor | JointController) -> list[Answer]:
    if isinstance(party, Processor):
        return [layout.role(party)]
    return [_("Joint controller")] if isinstance(party, JointController) else []


def _at_most(stops: list[Stop]) -> list[Stop]:
    """The first ones; one stands for all others."""
    rest = len(stops) - MOST_STOPS + 1
    if rest <= 1:
        return stops
    more = ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
    return [*stops[: MOST_STOPS - 1], Stop(Link.of(more, "#recipients"), "users", [])]


def _bars(layout: Layout) -> list[Bar]:
    """What is kept, the longest first, with a bar for each of its periods; then what is kept by a
    rule in words, or unsaid.
    """
    of_periods, unmeasured = _data_by_period(layout)
    longest = max((length for length, _words in of_periods), default=0)
    # The same data may be kept for several periods, each from another moment on.
    bars: dict[tuple[str, ...], Bar] = {}

    def add(codes: Codes, words: Answer, share: int | None) -> None:
        names = _data_names(layout, codes)
        bar = bars.setdefault(tuple(map(str, names)), Bar(names, []))
        bar.periods.append(Period(words, share))

    for (length, words), codes in sorted(of_periods.items(), key=lambda pair: -pair[0][0]):
        add(codes, words, max(LEAST_SHARE, round(100 * length / longest)))
    for words, codes in unmeasured.items():
        add(codes, Link.of(words, "#data"), None)
    return list(bars.values())


Codes = dict[str, None]


def _data_by_period(layout: Layout) -> tuple[dict[tuple[float, str], Codes], dict[str, Codes]]:
    """Period -> the codes of the data that are kept so long, and the same for those without one."""
    measured: dict[tuple[float, str], Codes] = {}
    unmeasured: dict[str, Codes] = {}
    for item in layout.record.data:
        rows = [row for row in layout.record.retention if row.is_for(item)]
        for row in rows:
            if length := in_days(row):
                words = period_in_words(row.period, row.unit)
                measured.setdefault((length, words), {})[item.category] = None
        if not any(map(in_days, rows)):
            is_ruled = any(row.criterion for row in rows)
            words = _("no fixed period") if is_ruled else _("no period told")
            unmeasured.setdefault(words, {})[item.category] = None
    return measured, unmeasured


def _data_names(layout: Layout, codes: Codes) -> list[Answer]:
    known = layout.code_lists["data"]
    names = [known[code].label if code in known else code for code in codes]
    rest = len(names) - MOST_DATA
    if rest <= 0:
        return names
    more = ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
    return [*names[:MOST_DATA], more]
