"""Which current entries stand behind every option of every filter, kept in each process.

Built once from the flat columns of the publications, then brought up to date with the rows that
changed since: whoever reads the register's revision first sees everything up to it.
"""

import threading
from contextlib import suppress
from dataclasses import dataclass, field

from django.db import connection
from pyroaring import BitMap

from organisations.languages import LANGUAGES
from organisations.models import Revision
from organisations.revision import RegisterRevision
from processing.finding.matching import Kept, brought_up_to_date
from processing.finding.sorted_keys import SortedKeys
from processing.models.publication import Publication

# Group -> where its options stand in a publication.
GROUPS = {
    "body": "organisation_id::text",
    "theme": "unnest(themes)",
    "people": "unnest(data_subjects)",
    "data": "unnest(data_categories)",
    "purpose": "unnest(purpose_categories)",
    "basis": "unnest(legal_bases)",
    "recipient": "unnest(recipient_categories)",
    "to": "unnest(recipient_organisations)::text",
    "language": "unnest(languages)",
    "transfer": "CASE WHEN has_transfers THEN 'yes' ELSE 'no' END",
    "automated": "CASE WHEN has_automated_decisions THEN 'yes' ELSE 'no' END",
    "day": "to_char(published_at AT TIME ZONE 'Europe/Brussels', 'YYYY-MM-DD')",
}
NEWEST = "newest"
# SortedKeys -> by which columns, as SQL and for the ORM.
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

    def sorted_keys(self, name: str) -> SortedKeys:
        """All entries by their name in a language, or NEWEST first."""
        order = self.orders.get(name)
        if order is None:
            rows = Publication.objects.filter(is_current=True).order_by(*ORDERS[name])
            # Read later than the sets, which decide what there is.
            keys = [key for key in rows.values_list("id", flat=True) if key in self.entries]
            keys += self.entries - BitMap(keys)
            order = self.orders[name] = SortedKeys.of(keys)
        return order

    def of(self, group: str, option: str) -> BitMap:
        """The entries behind one option."""
        return self.groups[group].get(option, EMPTY)


EMPTY = BitMap()
_latest: Index | None = None
_refreshing = threading.Lock()


def index_at(revision: RegisterRevision) -> Index:
    """The index of at least this revision: no query while nothing was published since."""
    global _latest
    index = _latest
    if index is None or index.revision != revision.publications:
        with _refreshing:
            index = _latest
            if index is None or index.revision != revision.publications:
                index = _latest = _brought_up_to_date(index)
    return index


def _brought_up_to_date(index: Index | None) -> Index:
    row = Revision.objects.filter(area=Revision.Area.PUBLICATIONS).values_list("number", "recent")
    number, recent = row.first() or (0, [])
    if index is None or index.revision not in recent:
        # The first time, or the database went another way: a restored backup, a rolled back test.
        return _built(number)
    return index if index.revision == number else _refreshed(index, number)


def _built(number: int) -> Index:
    postings, entries, newest = _postings("is_current", [])
    return Index(revision=max(number, newest), entries=entries, groups=postings)


def _refreshed(index: Index, number: int) -> Index:
    """The next index, sharing with this one the sets that did not change.

    Rows change in the order of their revisions, so all up to the newest one that is read are read.
    What changes once more meanwhile has a higher revision and comes with the next refresh.
    """
    rows = Publication.objects.filter(revision__gt=index.revision)
    changed = dict(rows.values_list("id", "revision"))
    touched = BitMap(changed)
    postings, entries, _newest = _postings("is_current AND id = ANY(%s)", [list(changed)])
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
        revision=max([number, *changed.values()]),
        entries=(index.entries - touched) | entries,
        groups=groups,
        orders=_reordered(index.orders, touched, entries),
        kept=brought_up_to_date(dict(index.kept), touched),
    )


def _reordered(orders: dict[str, SortedKeys], gone: BitMap, come: BitMap) -> dict[str, SortedKeys]:
    reordered = {}
    for name, order in list(orders.items()):
        # Something was published meanwhile right before: the order is read anew when asked for.
        with suppress(LookupError):
            reordered[name] = order.changed(gone, _places(name, come))
    return reordered


def _postings(condition: str, parameters: list) -> tuple[Postings, BitMap, int]:
    """The sets of the publications that meet the condition, all of them, and the last revision."""
    parts = " UNION ALL ".join(
        f"SELECT '{group}', option, array_agg(id) FROM"  # noqa: S608 (constants of this module)
        f" (SELECT id, {column} AS option FROM entries) AS parts GROUP BY option"
        for group, column in GROUPS.items()
    )
    # One look at the wide rows, for all groups and of one moment.
    query = (
        f"WITH entries AS MATERIALIZED (SELECT * FROM processing_publication WHERE {condition})"  # noqa: S608
        f" {parts} UNION ALL SELECT 'revision', max(revision)::text, array_agg(id) FROM entries"
    )
    postings: Postings = {group: {} for group in GROUPS}
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        for group, option, keys in cursor:
            if group == "revision":
                entries, newest = BitMap(keys or ()), int(option or 0)
            else:
                postings[group][option] = BitMap(keys)
    return postings, entries, newest


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
    with connection.cursor() as cursor:
        cursor.execute(query, [list(entries)])
        return cursor.fetchall()
