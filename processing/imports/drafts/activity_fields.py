"""The cells that tell of the activity itself: its texts, dates, yes and no, terms."""

import re
from collections.abc import Callable

from processing.imports import fields
from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.draft import Item, Writer
from processing.imports.drafts.listed import find, last_of_heading, values_of
from processing.imports.files.cells import Cell
from processing.imports.values import as_date, is_none, words_of, yes_or_no
from processing.law import ActsAs, ImpactAssessment, Source

PROCESSOR = re.compile(r"\b(?:sub)?(?:processor|verwerker|sous traitant|auftragsverarbeiter)s?\b")
CONTROLLER = re.compile(
    r"\b(?:controller|verantwoordelijke|verwerkingsverantwoordelijke|responsable|verantwortliche)"
)
ABOUT_SO_MANY = re.compile(
    r"(?:ca\.?|circa|±|~|[<>]|\+/-|ongeveer|environ|env\.?|about|approx\.?|approximately|rund|etwa)?"
    r"\s*(\d{1,3}(?:[ .,'’]\d{3}){1,4}|\d{1,12})\s*"
    r"(?:pers(?:onen|onnes|ons|\.)?|people|betrokkenen|individuals|/ ?(?:jaar|an|jahr|year))?",
    re.IGNORECASE,
)
DAY = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{4}|\d{4}-\d{2}-\d{2}")
DPIA_WORDS = (
    (
        ImpactAssessment.NOT_NEEDED,
        "niet nodig|niet vereist|niet verplicht|not required|not needed|not necessary",
    ),
    (
        ImpactAssessment.NOT_NEEDED,
        "non requise?|pas requise?|pas necessaire|non necessaire|nicht erforderlich",
    ),
    (ImpactAssessment.NOT_NEEDED, "nicht notwendig|nicht notig|geen dpia nodig|exempte?"),
    (
        ImpactAssessment.NOT_DONE,
        "niet uitgevoerd|nog niet|not done|not yet|not started|non realisee?|non effectuee?",
    ),
    (
        ImpactAssessment.NOT_DONE,
        "pas encore|a faire|to do|uit te voeren|nicht durchgefuhrt|noch nicht",
    ),
    (
        ImpactAssessment.UNDER_WAY,
        "lopend|bezig|in uitvoering|in progress|en cours|laufend|in arbeit|in bearbeitung",
    ),
    (ImpactAssessment.UNDER_WAY, "ongoing|under way|started|in voorbereiding|gestart|begonnen"),
    (
        ImpactAssessment.DONE,
        "uitgevoerd|afgerond|voltooid|gedaan|klaar|done|completed?|carried out|realisee?",
    ),
    (
        ImpactAssessment.DONE,
        "effectuee?|terminee?|faite?|durchgefuhrt|abgeschlossen|erledigt|finished",
    ),
)
SOURCES = (
    (
        Source.PERSON,
        "betrokkenen?|personnes? concernees?|betroffenen? person(?:en)?|data subjects?",
    ),
    (Source.PERSON, "interesses?|directe? aupres"),
    (
        Source.AUTHENTIC_SOURCE,
        "authentieke bron|sources? authentiques?|authentische quellen?|authentic sources?",
    ),
    (
        Source.AUTHENTIC_SOURCE,
        "rijksregister|registre national|nationalregister|national register|ksz|bcss|kbo|bce",
    ),
)


def read(writer: Writer, item: Item) -> None:
    """A cell of a column that is meant for the activity itself."""
    HANDLERS[item.target.field](writer, item)


def _text(writer: Writer, item: Item) -> None:
    said = yes_or_no(item.text)
    if said is True:
        # A column that says yes or no: what it says yes to is the text.
        value = item.part(last_of_heading(item))
        if writer.put(writer.draft.content, "", item.target.field, value):
            writer.understood(item)
    elif said is False or is_none(item.text):
        writer.nothing(item)
    else:
        writer.put_understood(writer.draft.content, "", item.target.field, item)


def _name(writer: Writer, item: Item) -> None:
    column = f"name_{writer.language_of(item)}"
    before = writer.draft.content.get(column)
    if before and words_of(str(before)) != words_of(item.text):
        writer.remark(item, "second_value")
    elif before:
        writer.understood(item)
    else:
        writer.put_understood(writer.draft.content, "", "name", item)


def _source(writer: Writer, item: Item) -> None:
    words = words_of(item.text)
    sources = [source for source, pattern in SOURCES if re.search(rf"\b(?:{pattern})\b", words)]
    for source in sources:
        writer.add_code("sources", source.value)
    if yes_or_no(item.text) is False or is_none(item.text):
        writer.nothing(item)
    else:
        writer.put_understood(writer.draft.content, "", "source_detail", item)


def _internal(writer: Writer, item: Item) -> None:
    field = item.target.field
    between = "; " if field == "owner" else "\n"
    writer.put_understood(writer.draft.content, "", field, item, between=between)


def _remarks(writer: Writer, item: Item) -> None:
    if item.target.certainty:
        writer.remark(item, "", outcome=Outcome.UNDERSTOOD)
    else:
        writer.remark(item, "no_field")


def _reference(writer: Writer, item: Item) -> None:
    before = writer.draft.content.get("reference")
    if before and words_of(str(before)) != words_of(item.text):
        writer.remark(item, "second_value")
    elif len(item.text) > 100:
        writer.remark(item, "too_long")
    else:
        writer.draft.content.setdefault("reference", " ".join(item.text.split()))
        writer.understood(item)


def _acts_as(writer: Writer, item: Item) -> None:
    words = words_of(item.text)
    is_processor, is_controller = PROCESSOR.search(words), CONTROLLER.search(words)
    if bool(is_processor) == bool(is_controller):
        writer.remark(item, "uncertain")
        return
    value = ActsAs.PROCESSOR if is_processor else ActsAs.CONTROLLER
    once(writer, item, "acts_as", value.value)


def once(writer: Writer, item: Item, name: str, value: object) -> None:
    """A field with one value: another one of another cell is kept in the remarks."""
    if writer.draft.content.setdefault(name, value) == value:
        writer.understood(item, name)
    else:
        writer.remark(item, "second_value")


def _people_count(writer: Writer, item: Item) -> None:
    match = ABOUT_SO_MANY.fullmatch(item.text)
    if match and (item.cell.kind == "text" or item.text.isdigit()):
        once(writer, item, "people_count", int(re.sub(r"\D", "", match[1])))
    else:
        writer.remark(item, "no_number")


def _date(writer: Writer, item: Item) -> None:
    day = as_date(item.cell)
    if day is None:
        writer.remark(item, "no_date")
    elif item.target.field == "ends_on":
        writer.ends.append((day.isoformat(), item))
    else:
        once(writer, item, item.target.field, day.isoformat())


def _review(writer: Writer, item: Item) -> None:
    if (day := as_date(item.cell)) and not writer.draft.review_due_on:
        writer.draft.review_due_on = day.isoformat()
        writer.understood(item)
    else:
        writer.remark(item, "second_value" if day else "no_date")


def _yes_or_no(writer: Writer, item: Item) -> None:
    said = False if is_none(item.text) else yes_or_no(item.text)
    if said is not None:
        once(writer, item, item.target.field, said)
        return
    first, _space, rest = item.text.replace(",", " ").replace(":", " ").partition(" ")
    said = yes_or_no(first)
    if said is not None and rest:
        writer.draft.content.setdefault(item.target.field, said)
    writer.remark(item, "no_yes_or_no")


def _dpia(writer: Writer, item: Item) -> None:
    words, said = words_of(item.text), yes_or_no(item.text)
    patterns = ((state, rf"\b(?:{pattern})\b") for state, pattern in DPIA_WORDS)
    found = next((state for state, pattern in patterns if re.search(pattern, words)), None)
    first = yes_or_no(re.split(r"[\s,:;(-]", item.text, maxsplit=1)[0])
    if found is None and first is not None:
        found = ImpactAssessment.DONE if first else ImpactAssessment.NOT_DONE
    if found is None:
        writer.remark(item, "uncertain")
        return
    match = DAY.search(item.text)
    is_all = said is not None or len(words_of(DAY.sub("", item.text)).split()) <= 4
    if found is ImpactAssessment.DONE and match and (day := as_date(Cell(match[0]))):
        writer.draft.content.setdefault("dpia_done_on", day.isoformat())
    if is_all:
        once(writer, item, "dpia", found.value)
    else:
        writer.draft.content.setdefault("dpia", found.value)
        writer.remark(item, "uncertain")


def _dpia_needed(writer: Writer, item: Item) -> None:
    """What it says depends on whether one was done: see finishing.py."""
    said = yes_or_no(item.text)
    if said is None:
        writer.remark(item, "no_yes_or_no")
    else:
        writer.say("dpia_needed", yes=said, item=item)


def _terms(writer: Writer, item: Item) -> None:
    field = item.target.field
    for value in values_of(writer, item):
        said = yes_or_no(value.text)
        if said is False or is_none(value.text):
            writer.nothing(value)
        elif item.target.code:
            _about_a_term(writer, field, value, said=bool(said))
        else:
            asked = value if said is None else value.part(last_of_heading(item))
            _term(writer, field, value, asked.text)


def _about_a_term(writer: Writer, field: str, item: Item, *, said: bool) -> None:
    """A column about one term says yes, or what is done for it."""
    if said:
        writer.add_code(field, item.target.code)
        writer.understood(item)
    elif field != "security_measures":
        writer.remark(item, "no_yes_or_no")
    elif _kept(writer, field, item):
        writer.add_code(field, item.target.code)
        writer.understood(item, "detailed_measures")


def _term(writer: Writer, field: str, item: Item, text: str) -> None:
    match = find(writer, field, text)
    if match:
        writer.add_code(field, match.code)
    if match and match.is_whole and match.certainty >= fields.SURE:
        writer.understood(item)
    elif _kept(writer, field, item):
        writer.account(item, Outcome.KEPT, "detailed_measures", "" if match else "unknown_term")
    else:
        writer.remark(item, "guessed_term" if match else "unknown_term")


def _kept(writer: Writer, field: str, item: Item) -> bool:
    """Measures in words are for the body alone: citizens read only which kinds there are."""
    if field != "security_measures":
        return False
    return writer.put(writer.draft.content, "", "detailed_measures", item)


def _organisation(writer: Writer, item: Item) -> None:
    body, own = writer.vocabulary.bodies.find(item.text), writer.vocabulary.own_body
    if body is not None and body == own:
        writer.understood(item, "organisation")
    elif own is None or body is None:
        writer.remark(item, "uncertain")
    else:
        writer.remark(item, "other_body")


def _not_taken(writer: Writer, item: Item) -> None:
    reason = "breach" if item.target.field == "breach" else "not_taken"
    writer.account(item, Outcome.NOT_TAKEN, item.target.field, reason)


def _special_data(writer: Writer, item: Item) -> None:
    """A hint, which what is told of the data bears out or not: see finishing.py."""
    said = yes_or_no(item.text)
    if said is None:
        writer.remark(item, "no_yes_or_no")
    else:
        writer.say("special_data", yes=said, item=item)


HANDLERS: dict[str, Callable[[Writer, Item], None]] = {
    **dict.fromkeys(fields.TEXTS, _text),
    **dict.fromkeys(fields.INTERNAL, _internal),
    **dict.fromkeys(fields.TERM_LISTS, _terms),
    **dict.fromkeys(fields.DATES, _date),
    **dict.fromkeys(fields.YES_OR_NO, _yes_or_no),
    "name": _name,
    "source_detail": _source,
    "remarks": _remarks,
    "reference": _reference,
    "acts_as": _acts_as,
    "people_count": _people_count,
    "review_due_on": _review,
    "dpia": _dpia,
    "dpia_needed": _dpia_needed,
    "replaced_by": lambda writer, item: writer.remark(item, "uncertain"),
    "organisation": _organisation,
    "ignore": _not_taken,
    "breach": _not_taken,
    "special_data": _special_data,
}
