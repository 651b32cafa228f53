"""A register of any size, made of the pieces of the demonstration register."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

import msgspec
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from processing.finding import meanings, search_documents
from processing.models import ProcessingActivity, Publication, SearchMeaning, SearchText
from processing.models.publication import flat_columns
from processing.public_record import PublicRecord

BATCH = 500
MOST_MADE = 100_000
# Makes titles differ, and gives words of every rarity: the first places are chosen most often.
PLACES = [
    "Brussel",
    "Antwerpen",
    "Gent",
    "Liège",
    "Namur",
    "Mons",
    "Leuven",
    "Brugge",
    "Eupen",
    "Arlon",
]


def fill(entries: int, *, made: int = MOST_MADE) -> None:
    """Bring the database to this number of entries of public bodies.

    Beyond so many that are made, copies of what is there are as good, and much faster to make.
    """
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_codelists", verbosity=0)
    call_command("load_organisations", verbosity=0)
    if not Publication.objects.exists():
        call_command("load_demonstration", verbosity=0)
    present = Publication.objects.current().count()
    missing = min(entries, made) - present
    if entries - present <= 0:
        return
    _drop_indexes()
    done, encoding = 0, 0.0
    records = _records(missing)
    while batch := tuple(islice(records, BATCH)):
        encoding += _publish(batch)
        done += len(batch)
        print(f"\r{done} of {missing} entries, {encoding:.0f} s for vectors", end="", flush=True)
    print()
    while (present := Publication.objects.current().count()) < entries:
        _copy(min(present, entries - present))
    search_documents.recount()
    _create_indexes()


def _drop_indexes() -> None:
    """Filling is much faster without the indexes for searching."""
    with connection.cursor() as cursor:
        for index in SearchText._meta.indexes:
            cursor.execute(f'DROP INDEX IF EXISTS "{index.name}"')


def _create_indexes() -> None:
    print("indexes", flush=True)
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
    with connection.schema_editor(atomic=False) as editor:
        for index in SearchText._meta.indexes:
            editor.add_index(SearchText, index)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _records(number: int) -> Iterator[PublicRecord]:
    """Entries whose parts come from different real ones, the popular ones more often."""
    chance = random.Random(number)
    pieces = [
        PublicRecord.from_json(record)
        for record in Publication.objects.current()
        .order_by("pk")
        .values_list("record", flat=True)[:200]
    ]
    bodies = list(Organisation.objects.public().order_by("slug").values_list("pk", flat=True))
    numbers = Counter(dict(_last_numbers()))

    def skewed(things: list):
        """The earlier in the list, the more often."""
        return things[int(len(things) * chance.random() ** 2)]

    for serial in range(number):
        name, purposes, data, people, others = (skewed(pieces) for _ in range(5))
        body = skewed(bodies)
        numbers[body] += 1
        languages = chance.choices(
            [LANGUAGES, ("nl", "fr"), ("nl",), ("fr",), ("de",)], [40, 40, 9, 9, 2]
        )[0]
        place = skewed(PLACES)
        record = msgspec.structs.replace(
            others,
            organisation=body,
            number=numbers[body],
            reference=f"REF-{serial:07}",
            name={code: f"{text} {place}" for code, text in name.name.items()},
            summary=name.summary,
            purposes=purposes.purposes,
            legal_grounds=purposes.legal_grounds,
            data=data.data,
            retention=data.retention,
            data_subjects=people.data_subjects,
            themes=purposes.themes,
            recipients=tuple(party for party in data.recipients if party.organisation != body),
            processors=(),
            transfers=(),
            replaced_by=None,
        )
        yield _only_in(record, languages)


def _only_in(record: PublicRecord, languages: tuple[str, ...]) -> PublicRecord:
    written = {code: text for code, text in record.name.items() if code in languages}
    return msgspec.structs.replace(record, name=written or record.name)


def _last_numbers() -> Iterator[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT organisation_id, max(number) FROM processing_processingactivity GROUP BY 1"
        )
        yield from cursor.fetchall()


def _publish(records: tuple[PublicRecord, ...]) -> float:
    """What publish() does to an activity, to many at once; the seconds that the vectors took."""
    publisher = User.objects.filter(is_superuser=True).first()
    chance = random.Random(records[0].number)
    with transaction.atomic():
        activities = ProcessingActivity.objects.bulk_create(
            ProcessingActivity(
                organisation_id=record.organisation,
                number=record.number,
                status=ProcessingActivity.Status.PUBLISHED,
                is_published=True,
            )
            for record in records
        )
        publications = Publication.objects.bulk_create(
            Publication(
                working_copy=activity,
                version=1,
                is_current=True,
                published_at=_moment(chance),
                published_by=publisher,
                **flat_columns(record),
            )
            for activity, record in zip(activities, records, strict=True)
        )
        made = list(zip((p.pk for p in publications), records, strict=True))
        started = time.perf_counter()
        vectors = meanings.encoded(made)
        encoding = time.perf_counter() - started
        search_documents.add(made, vectors)
    return encoding


def _copy(number: int) -> None:
    """Make that many current publications once more, under other numbers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT max(number) FROM processing_processingactivity")
        (further,) = cursor.fetchone()
        chosen = (
            "SELECT id, working_copy_id FROM processing_publication WHERE is_current"
            f" ORDER BY id LIMIT {number}"
        )
        print(f"{number} copies", flush=True)
        with transaction.atomic():
            _insert_again(cursor, ProcessingActivity, "working_copy_id", chosen, further)
            _insert_again(cursor, Publication, "id", chosen, further)
            for model in (SearchText, SearchMeaning):
                _insert_for_copies(cursor, model, chosen, further)


def _insert_again(cursor, model: type, key: str, chosen: str, further: int) -> None:
    table = model._meta.db_table
    columns = [f.column for f in model._meta.concrete_fields if f.column != "id"]
    values = {column: f"old.{column}" for column in columns}
    values["number"] = f"old.number + {further}"
    if "working_copy_id" in values:
        values["version"] = "1"
        values["working_copy_id"] = (
            "(SELECT id FROM processing_processingactivity AS activity"
            " WHERE activity.organisation_id = old.organisation_id"
            f" AND activity.number = old.number + {further})"
        )
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(values.values())}"
        f" FROM {table} AS old JOIN ({chosen}) AS chosen ON chosen.{key} = old.id"
    )


def _insert_for_copies(cursor, model: type, chosen: str, further: int) -> None:
    """What searches read of the entries, once more for their copies."""
    table = model._meta.db_table
    names = [field.column for field in model._meta.concrete_fields]
    columns = [name for name in names if name not in ("id", "publication_id")]
    cursor.execute(
        f"""
        INSERT INTO {table} (publication_id, {", ".join(columns)})
        SELECT again.id, {", ".join(f"read.{column}" for column in columns)}
        FROM ({chosen}) AS chosen
        JOIN processing_publication AS old ON old.id = chosen.id
        JOIN processing_publication AS again ON again.organisation_id = old.organisation_id
            AND again.number = old.number + {further} AND again.is_current
        JOIN {table} AS read ON read.publication_id = old.id
        """
    )


def _moment(chance: random.Random) -> datetime:
    return timezone.now() - timedelta(seconds=chance.randrange(7 * 365 * 86400))
