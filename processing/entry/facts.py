"""An entry in short: from its codes and periods, and never a part of what people wrote."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from processing.code_lists import Term
from processing.entry.answers import Answer, Fact, Link, Mark
from processing.entry.layout import Layout
from processing.entry.periods import span_in_words
from processing.law import EEA_COUNTRIES
from processing.models.code_lists import DataCategory
from processing.public_record import DataItem, Processor, Recipient

# So many names stand in a fact; of the others, how many there are.
MOST_NAMED = 2
# What is told of special categories of data (Art. 9) and of criminal data (Art. 10).
SENSITIVE = (DataCategory.Mark.SPECIAL, DataCategory.Mark.CRIMINAL)
ICONS = {DataCategory.Mark.SPECIAL: "heart-pulse", DataCategory.Mark.CRIMINAL: "scale"}


def facts_of(layout: Layout) -> list[Fact]:
    """What a person wants to know first, without what the entry does not tell at all."""
    told = (
        _on_behalf_of(layout),
        _what_for(layout),
        _about_whom(layout),
        _data(layout),
        _how_long(layout),
        _receivers(layout),
        _outside(layout),
        _computer(layout),
    )
    return [fact for fact in told if fact.answers or fact.marks]


def destinations_of(layout: Layout, party: Recipient | Processor) -> list[Answer]:
    """Where outside the EEA data are because of a party: by a transfer, or kept there."""
    kind = "processor" if isinstance(party, Processor) else "recipient"
    found = layout.destinations(kind, party.key)
    if isinstance(party, Processor):
        found += [layout.country(code) for code in party.data_countries if is_outside(code)]
    return list(dict.fromkeys(found))


def is_outside(country: str) -> bool:
    return country not in EEA_COUNTRIES


def categories_of(layout: Layout) -> list[str]:
    """The kinds of data, each once."""
    return list(dict.fromkeys(item.category for item in layout.record.data))


def kinds_in_words(layout: Layout) -> str:
    number = len(categories_of(layout))
    return ngettext("%(count)d kind of data", "%(count)d kinds of data", number) % {"count": number}


def _named(names: list[Answer], section: str) -> list[Answer]:
    """The first names, and of the others how many there are."""
    rest = len(names) - MOST_NAMED
    if rest <= 0:
        return names
    more = ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
    return [*names[:MOST_NAMED], Link.of(more, f"#{section}")]


def _labels(layout: Layout, code_list: str, codes: Iterable[str]) -> list[Answer]:
    known = layout.code_lists[code_list]
    return [known[code].label if code in known else code for code in codes]


def _on_behalf_of(layout: Layout) -> Fact:
    names = [layout.name_of(controller) for controller in layout.record.served_controllers]
    return Fact(_("On behalf of"), _named(names, "served"))


def _what_for(layout: Layout) -> Fact:
    """By the categories of the purposes; where none has one, how many purposes there are."""
    purposes = layout.record.purposes
    codes = dict.fromkeys(purpose.category for purpose in purposes if purpose.category)
    if codes:
        return Fact(_("What for"), _named(_labels(layout, "purposes", codes), "purposes"))
    number = len(purposes)
    words = ngettext("%(count)d purpose", "%(count)d purposes", number) % {"count": number}
    return Fact(_("What for"), [Link.of(words, "#purposes")] if number else [])


def _about_whom(layout: Layout) -> Fact:
    codes = layout.in_order("data_subjects", layout.record.data_subjects)
    return Fact(_("About whom"), _named(_labels(layout, "data_subjects", codes), "people-told"))


def _data(layout: Layout) -> Fact:
    if not layout.record.data:
        return Fact(_("Data"), [])
    return Fact(_("Data"), [Link.of(kinds_in_words(layout), "#data")], list(_sensitive(layout)))


def _sensitive(layout: Layout) -> Iterator[Mark]:
    """By the widest categories that are as sensitive: health, and not physical health."""
    known = layout.code_lists["data"]
    marked: dict[str, Term] = {}
    for code in categories_of(layout):
        term = known.get(code)
        if term is None or term.mark not in SENSITIVE:
            continue
        if term.broader in known and known[term.broader].mark == term.mark:
            term = known[term.broader]
        marked[term.code] = term
    terms = list(marked.values())
    for term in terms[:MOST_NAMED]:
        yield Mark(term.label, ICONS[term.mark])
    if rest := len(terms[MOST_NAMED:]):
        more = ngettext("%(count)d more", "%(count)d more", rest) % {"count": rest}
        yield Mark(Link.of(more, "#data"), "triangle-alert")


def _how_long(layout: Layout) -> Fact:
    """The periods as one span, and how many kinds of data are kept by a rule in words."""
    record = layout.record
    if not record.data:
        return Fact(_("How long"), [])
    span = span_in_words(record.retention)
    other = sum(_is_kept_otherwise(layout, item) for item in record.data)
    if not span:
        words = _("no fixed period") if other else _("not told")
        return Fact(_("How long"), [Link.of(words, "#data") if other else words])
    answers: list[Answer] = [Link.of(span, "#data")]
    if other:
        answers.append(
            ngettext(
                "%(count)d kind without a fixed period",
                "%(count)d kinds without a fixed period",
                other,
            )
            % {"count": other}
        )
    return Fact(_("How long"), answers)


def _is_kept_otherwise(layout: Layout, item: DataItem) -> bool:
    """Whether a rule in words is all that is told of how long these data are kept."""
    rows = [row for row in layout.record.retention if row.is_for(item)]
    return any(row.criterion for row in rows) and not any(row.period for row in rows)


def _receivers(layout: Layout) -> Fact:
    record, label = layout.record, _("Who gets them")
    if number := len(record.receivers):
        words = ngettext("%(count)d recipient", "%(count)d recipients", number) % {"count": number}
        is_joint_only = not (record.recipients or record.processors)
        section = "controller-told" if is_joint_only else "recipients"
        return Fact(label, [Link.of(words, f"#{section}")])
    if layout.declared_nothing("recipients"):
        return Fact(label, [_("nobody else")])
    return Fact(label, _not_told(layout, "recipients"))


def _outside(layout: Layout) -> Fact:
    """Where outside the EEA; that nothing goes there, where the body declares it."""
    label = _("Outside the EEA")
    if names := _places_outside(layout):
        section = "transfers-told" if layout.record.transfers else "recipients"
        marks = [Mark(name, "globe", "out") for name in _named(names, section)]
        return Fact(label, [], marks)
    return Fact(label, [_("nothing")] if layout.declared_nothing("transfers") else [])


def _places_outside(layout: Layout) -> list[Answer]:
    """The countries by their codes, each once; an organisation as such, without its name."""
    record = layout.record
    found = [
        layout.country(t.country) if t.country else _("international organisation")
        for t in record.transfers
    ]
    for processor in record.processors:
        found += [layout.country(code) for code in processor.data_countries if is_outside(code)]
    return list(dict.fromkeys(found))


def _computer(layout: Layout) -> Fact:
    decides, label = layout.record.automated_decisions, _("Computer")
    if decides:
        words = _("sometimes decides by itself")
        return Fact(label, [Link.of(words, "#automated-decisions-told")])
    if decides is False:
        return Fact(label, [_("decides nothing by itself")])
    return Fact(label, _not_told(layout, "automated-decisions"))


def _not_told(layout: Layout, section: str) -> list[Answer]:
    """That the entry does not tell; nothing of what a processor need not tell."""
    told = layout.nothing_in(section, _("not told"))
    return [told] if told else []
