"""What publishing would change for citizens, in words."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language

from organisations.directory import directory_as_if_public
from organisations.languages import LANGUAGES
from organisations.models import Organisation
from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.entry.answers import Entry, Item, Row
from processing.entry.comparison import Change, compare
from processing.entry.sections import entry_in_language
from processing.models import ProcessingActivity
from processing.public_record import PublicRecord


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A change as pages tell it in some languages; in none, where all of them say the same."""

    languages: tuple[str, ...]
    change: Change

    @property
    def language_names(self) -> str:
        names = dict(settings.LANGUAGES)
        return ", ".join(names[language] for language in self.languages)


@dataclass(frozen=True, slots=True)
class ToldPlace:
    label: str
    wordings: list[ToldChange]


@dataclass(frozen=True, slots=True)
class ToldSection:
    title: str
    places: list[ToldPlace]


# Change -> the languages whose pages would tell it.
Told = dict[tuple, tuple[Change, list[str]]]


def changes_for_the_public(
    activity: ProcessingActivity, record: PublicRecord
) -> list[ToldSection] | None:
    """What publishing the record would change; None if nothing is public."""
    current = activity.publications.filter(is_current=True).first()
    if current is None:
        return None
    return _changes(activity.organisation, current.public_record, record)


def news_for_the_public(activity: ProcessingActivity, record: PublicRecord) -> list[ToldSection]:
    """What publishing the record would change; if nothing is public, all of it."""
    if (changes := changes_for_the_public(activity, record)) is not None:
        return changes
    nothing = PublicRecord(record.organisation, record.number)
    return _changes(activity.organisation, nothing, record)


def _changes(
    organisation: Organisation, before: PublicRecord, after: PublicRecord
) -> list[ToldSection]:
    """By the questions of the page, in the reader's language; what people wrote, in its own."""
    # Without a name it cannot be published.
    if not after.name:
        return []
    found: dict[str, Told] = {}
    old, new = (_in_each_language(record, organisation) for record in (before, after))
    for language in LANGUAGES:
        for section in compare(old[language], new[language]):
            told = found.setdefault(section.title, {})
            for change in section.changes:
                told.setdefault(_key(change), (change, []))[1].append(language)
    sections = [ToldSection(title, _by_place(told)) for title, told in found.items()]
    return [section for section in sections if section.places]


def _by_place(told: Told) -> list[ToldPlace]:
    own: Told = {}
    for change, languages in told.values():
        if len(languages) == len(LANGUAGES):
            own[_key(change)] = (change, [])
        elif change := _without_what_stands_in(change):
            own.setdefault(_key(change), (change, []))[1].extend(languages)
    places: dict[str, list[ToldChange]] = {}
    for change, languages in own.values():
        places.setdefault(change.place, []).append(ToldChange(tuple(languages), change))
    return [ToldPlace(label, wordings) for label, wordings in places.items()]


def _without_what_stands_in(change: Change) -> Change | None:
    """Of the change, what is in the language of the page: the rest is told where it was written."""
    before, after = (
        None if side and side.language else side for side in (change.before, change.after)
    )
    return replace(change, before=before, after=after) if before or after else None


def _key(change: Change) -> tuple:
    sides = [side and (side.language, *side.pieces) for side in (change.before, change.after)]
    return (change.place, *sides)


def _in_each_language(record: PublicRecord, organisation: Organisation) -> dict[str, Entry]:
    """The entry with what people wrote in each language, and all else in the reader's."""
    reader = get_language()
    with read_snapshot():
        code_lists = code_lists_at(current_revision())[reader]
    directory = directory_as_if_public(organisation, reader)
    entries = {
        language: entry_in_language(record, language, directory=directory, code_lists=code_lists)
        for language in LANGUAGES
    }
    return {language: _named_as(entries[reader], entry) for language, entry in entries.items()}


def _named_as(named: Entry, entry: Entry) -> Entry:
    """The entry with its items called as in the other one, so that each has one name."""
    # Both lay out the same record: they have as many sections and items.
    pairs = zip(named.sections, entry.sections, strict=True)
    sections = []
    for other, section in pairs:
        titles = [str(item.title or "") for item in other.items]
        named_items = zip(titles, section.items, strict=True)
        items = [Item(None, _rows_of(title, item)) for title, item in named_items]
        sections.append(replace(section, items=items))
    return replace(entry, sections=sections)


def _rows_of(title: str, item: Item) -> list[Row]:
    rows = [Row(title, [item.title])] if item.title else []
    return rows + [
        Row(" – ".join(filter(None, (title, row.label))), row.answers) for row in item.rows
    ]


def entry_as_if_public(record: PublicRecord, organisation: Organisation, language: str) -> Entry:
    with read_snapshot():
        code_lists = code_lists_at(current_revision())[language]
    return entry_in_language(
        record,
        language,
        directory=directory_as_if_public(organisation, language),
        code_lists=code_lists,
    )
