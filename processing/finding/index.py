"""Which current entries stand behind every option of every filter, kept in each process.

Built once from the flat columns of the publications, then brought up to date with the rows that
changed since: whoever reads the register's revision first sees everything up to it.
"""

import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyroaring import BitMap

from organisations.languages import LANGUAGES, Text
from organisations.models import Revision
from organisations.read_snapshot import public_connection, without_time_limit
from organisations.revision import RegisterRevision
from processing.finding import meanings
from processing.finding.beginnings import Beginnings
from processing.finding.matching import Kept, brought_up_to_date
from processing.finding.signs import Signs
from processing.finding.sorted_keys import SortedKeys
from processing.models.publication import Publication

# What the sets are made of. The other columns of a publication are wide, and not read.
COLUMNS = (
    *("id", "organisation_id", "themes", "data_subjects", "data_categories"),
    *("purpose_categories", "legal_bases", "recipient_categories", "recipient_organisations"),
    *("languages", "has_transfers", "has_automated_decisions", "acts_as", "published_at"),
    *("has_joint_controllers", "served_organisations", "departments", "countries"),
    *("processing_types", "security_measures", "transfer_mechanisms"),
)
# Group -> where its options stand in a publication.
GROUPS = {
    "body": "organisation_id::text",
    "theme": "unnest(themes)",
    "people": "unnest(data_subjects)",
    "data": "unnest(data_categories)",
    "purpose": "unnest(purpose_categories)",
    "basis": "unnest(legal_bases)",
    "recipient": "unnest(recipient_categories)",
    "processing_type": "unnest(processing_types)",
    "measure": "unnest(security_measures)",
    "mechanism": "unnest(transfer_mechanisms)",
    "to": "unnest(recipient_organisations)::text",
    "language": "unnest(languages)",
    "transfer": "CASE WHEN has_transfers THEN 'yes' ELSE 'no' END",
    "automated": "CASE WHEN has_automated_decisions THEN 'yes' ELSE 'no' END",
    "country": "unnest(countries)",
    "department": "unnest(departments)::text",
    # Who decides together with others is a controller too.
    "role": "unnest(CASE WHEN has_joint_controllers THEN ARRAY[acts_as::text, 'joint']"
    " ELSE ARRAY[acts_as::text] END)",
    "behalf": "unnest(served_organisations)::text",
    "day": "to_char(published_at AT TIME ZONE 'Europe/Brussels', 'YYYY-MM-DD')",
}
NEWEST = "newest"
# Order -> by which columns, as SQL and for the ORM.
ORDERS = {
    **{language: (f"sort_{language}", "id") for language in LANGUAGES},
    NEWEST: ("-published_at", "-id"),
}

Postings = dict[str, dict[str, BitMap]]


@dataclass(frozen=True)
class Index:
    """The sets of current entries at one revision of the publications."""

    revision: int
    entries: BitMap
    groups: Postings
    # Filled when an order is first asked for.
    orders: dict[str, SortedKeys] = field(default_factory=dict)
    # Long answers to searches.
    kept: Kept = field(default_factory=dict)
    # Column -> the words of its texts in all entries, once somebody asked for them.
    _words: dict[str, Beginnings] = field(default_factory=dict)
    # Filled when something is first looked for by its meaning.
    _signs: list[Signs] = field(default_factory=list)

    def sorted_keys(self, name: str) -> SortedKeys:
        """All entries by their name in a language, or NEWEST first."""
        order = self.orders.get(name)
        if order is None:
            rows = Publication.objects.filter(is_current=True).order_by(*ORDERS[name])
            with without_time_limit():
                keys = list(rows.values_list("id", flat=True))
            order = self.orders[name] = SortedKeys.of(keys)
        return order

    def title_words(self) -> Beginnings:
        """The words in the titles of all entries, and perhaps of some that are none any more."""
        return self._words_of("title")

    def keyword_words(self) -> Beginnings:
        """The same of the words that people use for them."""
        return self._words_of("record__keywords")

    def signs(self) -> Signs:
        """The signs of what all entries say."""
        with _reading_signs:
            if not self._signs:
                with without_time_limit():
                    self._signs.append(Signs().changed(EMPTY, meanings.of_all()))
        return self._signs[0]

    def _words_of(self, column: str) -> Beginnings:
        with _reading_words:
            if column not in self._words:
                with without_time_limit():
                    self._words[column] = Beginnings.of(_texts(column))
        return self._words[column]

    def of(self, group: str, option: str) -> BitMap:
        """The entries behind one option."""
        return self.groups[group].get(option, EMPTY)


EMPTY = BitMap()
# The indexes of the last revisions, in no order. More than threads of a process: a request may
# still read the register as it was some revisions ago.
_recent: deque[Index] = deque(maxlen=8)
_refreshing = threading.Lock()
_reading_words = threading.Lock()
_reading_signs = threading.Lock()


def index_at(revision: RegisterRevision) -> Index:
    """The index of this revision, which what reads it must still see: see read_snapshot().

    No query while nothing was published since.
    """
    index = _kept(revision)
    if index is None:
        with _refreshing:
            index = _kept(revision)
            if index is None:
                index = _brought_up_to_date()
                _recent.append(index)
    return index


def _kept(revision: RegisterRevision) -> Index | None:
    return next((i for i in tuple(_recent) if i.revision == revision.publications), None)


def _brought_up_to_date() -> Index:
    row = Revision.objects.filter(area=Revision.Area.PUBLICATIONS).values_list("number", "recent")
    number, recent = row.first() or (0, [])
    earlier = [index for index in _recent if index.revision in recent]
    if not earlier:
        # The first time, or the database went another way: a restored backup, a rolled back test.
        return _built(number)
    newest = max(earlier, key=lambda index: index.revision)
    return newest if newest.revision == number else _refreshed(newest, number)


def _built(number: int) -> Index:
    with without_time_limit():
        postings, entries = _postings("is_current", [])
    return Index(revision=number, entries=entries, groups=postings)


def _refreshed(index: Index, number: int) -> Index:
    """The next index, sharing with this one the sets that did not change.

    Who changes a publication holds the lock of the revision: rows change in the order of their
    revisions, and all that changed up to a revision is seen with it.
    """
    changed = Publication.objects.filter(revision__gt=index.revision).values_list("id", flat=True)
    touched = BitMap(changed)
    postings, entries = _postings("is_current AND id = ANY(%s)", [list(touched)])
    groups = {}
    for group, options in index.groups.items():
        added = postings[group]
        groups[group] = {
            option: (members - touched) | added.get(option, EMPTY)
            if option in added or members.intersect(touched)
            else members
            for option, members in options.items()
        }
        groups[group].update(
            {option: members for option, members in added.items() if option not in options}
        )
    return Index(
        revision=number,
        entries=(index.entries - touched) | entries,
        groups=groups,
        orders=_reordered(index.orders, touched, entries),
        kept=brought_up_to_date(index.kept, touched),
        _words={
            column: words.with_more(_texts(column, revision__gt=index.revision))
            for column, words in list(index._words.items())
        },
        _signs=[signs.changed(touched, meanings.of(entries)) for signs in index._signs],
    )


def _reordered(orders: dict[str, SortedKeys], gone: BitMap, come: BitMap) -> dict[str, SortedKeys]:
    return {name: order.changed(gone, _places(name, come)) for name, order in list(orders.items())}


def _texts(column: str, **which) -> Iterator[tuple[int, Text]]:
    rows = Publication.objects.filter(is_current=True, **which).values_list("id", column)
    # Not all of them in memory at once.
    return ((key, texts) for key, texts in rows.iterator(chunk_size=5000) if texts)


def _postings(condition: str, parameters: list) -> tuple[Postings, BitMap]:
    """The sets of the publications that meet the condition, and all of them."""
    parts = " UNION ALL ".join(
        f"SELECT '{group}', option, array_agg(id) FROM"  # noqa: S608 (constants of this module)
        f" (SELECT id, {column} AS option FROM entries) AS parts GROUP BY option"
        for group, column in GROUPS.items()
    )
    # One look at the rows, for all groups and of one moment.
    query = (
        f"WITH entries AS MATERIALIZED (SELECT {', '.join(COLUMNS)}"  # noqa: S608
        f" FROM processing_publication WHERE {condition})"
        f" {parts} UNION ALL SELECT '', '', array_agg(id) FROM entries"
    )
    postings: Postings = {group: {} for group in GROUPS}
    with public_connection().cursor() as cursor:
        cursor.execute(query, parameters)
        for group, option, keys in cursor:
            if not group:
                entries = BitMap(keys or ())
            else:
                postings[group][option] = BitMap(keys)
    return postings, entries


def _places(name: str, entries: BitMap) -> list[tuple[int, int | None]]:
    """Where the entries stand in an order: each with the one before it, in the order."""
    columns = ORDERS[name]
    before, direction = (">", "ASC") if columns[0].startswith("-") else ("<", "DESC")
    names = [column.removeprefix("-") for column in columns]
    mine = ", ".join(f"entry.{column}" for column in names)
    theirs = ", ".join(f"other.{column}" for column in names)
    nearest = ", ".join(f"other.{column} {direction}" for column in names)
    wanted = ", ".join(f"entry.{column} {'ASC' if before == '<' else 'DESC'}" for column in names)
    query = f"""
        SELECT entry.id, (
            SELECT other.id FROM processing_publication AS other
            WHERE other.is_current AND ({theirs}) {before} ({mine})
            ORDER BY {nearest} LIMIT 1
        )
        FROM processing_publication AS entry
        WHERE entry.id = ANY(%s)
        ORDER BY {wanted}
    """  # noqa: S608 (columns of this module)
    with public_connection().cursor() as cursor:
        cursor.execute(query, [list(entries)])
        return cursor.fetchall()
