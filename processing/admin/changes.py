"""What publishing would change for citizens, in words."""

from collections.abc import Iterable

from django.utils.translation import override

from organisations.directory import directory_as_if_public
from organisations.languages import LANGUAGES
from organisations.models import Organisation
from organisations.read_snapshot import read_snapshot
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.entry.answers import Entry
from processing.entry.comparison import ChangedSection, compare
from processing.entry.sections import entry_in_language
from processing.finding.filters import LANGUAGE_NAMES
from processing.models import ProcessingActivity
from processing.public_record import PublicRecord

# A language, its name, and what changes in it.
Changes = list[tuple[str, str, list[ChangedSection]]]


def changes_for_the_public(activity: ProcessingActivity, record: PublicRecord) -> Changes | None:
    """What publishing the record would change; None if nothing is public."""
    current = activity.publications.filter(is_current=True).first()
    if current is None:
        return None
    return _changes(activity.organisation, current.public_record, record, LANGUAGES)


def news_for_the_public(activity: ProcessingActivity, record: PublicRecord) -> Changes:
    """What publishing the record would change; if nothing is public, all of it.

    In each language in which anything of it is written, be it without a name.
    """
    if (changes := changes_for_the_public(activity, record)) is not None:
        return changes
    nothing = PublicRecord(record.organisation, record.number)
    return _changes(activity.organisation, nothing, record, record.written_languages)


def _changes(
    organisation: Organisation,
    before: PublicRecord,
    after: PublicRecord,
    languages: Iterable[str],
) -> Changes:
    changes = []
    # Without a name it cannot be published.
    for language in languages if after.name else ():
        with override(language):
            entries = [
                entry_as_if_public(record, organisation, language) for record in (before, after)
            ]
        if sections := compare(*entries):
            changes.append((language, str(LANGUAGE_NAMES[language]), sections))
    return changes


def entry_as_if_public(record: PublicRecord, organisation: Organisation, language: str) -> Entry:
    with read_snapshot():
        code_lists = code_lists_at(current_revision())[language]
    return entry_in_language(
        record,
        language,
        directory=directory_as_if_public(organisation, language),
        code_lists=code_lists,
    )
