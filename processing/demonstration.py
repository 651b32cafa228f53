"""Reads the demonstration register: TOML files as fixtures/README.md describes them."""

import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path

from django.core.exceptions import FieldDoesNotExist, ObjectDoesNotExist, ValidationError
from django.db import IntegrityError, models
from django.utils import timezone

from organisations.models import Department, Organisation, User
from processing.models import ProcessingActivity
from processing.public_record import rows_of
from processing.publishing import Refused
from processing.snapshots import NOT_CONTENT

# Keys of a file that are no field of the activity, or are written in another way.
STATE_KEYS = {"state", "published_on", "earlier", "internal", "replaced_by", "number"}
ROWS = rows_of(ProcessingActivity.RECORD)
INTERNAL_KEYS = set(ProcessingActivity.INTERNAL) - NOT_CONTENT
# Fields of an activity that are no content of a file.
KEPT = NOT_CONTENT | {"replaced_by"}


class BadRegisterFile(Exception):
    """A file under fixtures/register that cannot be loaded; says where and why."""


def load_register(path: Path, organisation: Organisation, *, by: User) -> int:
    """Add the activities of one file that the body does not have yet; returns how many.

    Raises BadRegisterFile with the place of the mistake. Run it in a transaction.
    """
    try:
        register = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = register["activity"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise BadRegisterFile(f"{path.name}: {error}") from error
    present = set(organisation.activities.values_list("number", flat=True))
    new = [entry for entry in entries if entry["number"] not in present]
    if not new:
        return 0
    with _place(f"{path.name}, departments"):
        departments = _departments(register, organisation)
    # All first, because an entry may be replaced by one that stands further on.
    activities = {
        entry["number"]: organisation.activities.create(number=entry["number"]) for entry in new
    }
    # What another entry is replaced by must be public before the entry that says so.
    for entry in sorted(new, key=lambda entry: "replaced_by" in entry):
        with _place(f"{path.name}, activity {entry['number']}"):
            _name_departments(entry, departments)
            _bring_to_state(activities[entry["number"]], entry, by=by)
    return len(new)


def _departments(register: dict, organisation: Organisation) -> dict[int, Department]:
    """The departments of the file by their places; the body gets those that it does not have."""
    rows = register.get("department", [])
    if rows and not organisation.departments.exists():
        organisation.shows_departments = register.get("shows_departments", False)
        organisation.save(update_fields=["shows_departments"])
    return {place: _department(row, organisation) for place, row in enumerate(rows, start=1)}


def _department(row: dict, organisation: Organisation) -> Department:
    department = Department(organisation=organisation)
    for key, value in row.items():
        _set(department, key, value)
    _check(department)
    names = {f"name_{language}": text for language, text in row["name"].items()}
    if present := organisation.departments.filter(**names).first():
        return present
    department.save()
    return department


def _name_departments(entry: dict, departments: dict[int, Department]) -> None:
    """Put the departments themselves in the place of their places."""
    for version in (entry, *entry.get("earlier", [])):
        if "department" in version:
            version["department"] = departments[version["department"]]


def _bring_to_state(activity: ProcessingActivity, entry: dict, *, by: User) -> None:
    if successor := entry.get("replaced_by"):
        activity.replaced_by = activity.organisation.activities.get(number=successor)
    if entry["state"] == "draft":
        _write(activity, entry)
        return
    for earlier in entry.get("earlier", []):
        _write(activity, {**entry, **earlier})
        activity.publish(by=by, at=_moment(earlier["published_on"]))
    _write(activity, entry)
    activity.publish(by=by, at=_moment(entry["published_on"]))
    if entry["state"] == "withdrawn":
        activity.withdraw(by=by, reason="Demonstration of a withdrawn entry.")


def _write(activity: ProcessingActivity, values: dict) -> None:
    """Write the entry's fields and replace all its rows; what it does not name becomes empty."""
    several = {}
    _clear(activity)
    for key, value in values.items():
        if key in STATE_KEYS or key in ROWS:
            continue
        if activity._meta.get_field(key).many_to_many:
            several[key] = value
        else:
            _set(activity, key, value)
    internal = values.get("internal", {})
    if unknown := set(internal) - INTERNAL_KEYS:
        raise BadRegisterFile(f"unknown internal keys: {', '.join(sorted(unknown))}")
    for key, value in internal.items():
        _set(activity, key, value)
    _check(activity)
    activity.save()
    for key, codes in several.items():
        _set_many(activity, key, codes)
    for key in ROWS:
        manager = getattr(activity, key)
        manager.all().delete()
        for row in values.get(key, []):
            _add_row(manager.model(activity=activity), row)
    activity.remember(by=None)


def _clear(activity: ProcessingActivity) -> None:
    for field in activity._meta.concrete_fields:
        if field.name not in KEPT:
            setattr(activity, field.name, field.get_default())
    for field in activity._meta.many_to_many:
        getattr(activity, field.name).clear()


def _add_row(instance: models.Model, row: dict) -> None:
    several = {}
    for key, value in row.items():
        field = instance._meta.get_field(key)
        if field.many_to_many:
            several[key] = value
        elif key == "organisation":
            instance.organisation = Organisation.objects.get(slug=value)
        elif field.is_relation:
            setattr(instance, field.attname, value)
        else:
            _set(instance, key, value)
    _check(instance)
    instance.save()
    for key, codes in several.items():
        _set_many(instance, key, codes)


def _check(instance: models.Model) -> None:
    """The fields by themselves and together; constraints are the database's, a query less each."""
    instance.full_clean(validate_unique=False, validate_constraints=False)


def _set(instance: models.Model, key: str, value: object) -> None:
    instance._meta.get_field(key)  # an unknown key is a mistake in the file
    if isinstance(value, dict):
        for language, text in value.items():
            instance._meta.get_field(f"{key}_{language}")
            setattr(instance, f"{key}_{language}", text)
    else:
        setattr(instance, key, value)


def _set_many(instance: models.Model, key: str, codes: list[str]) -> None:
    manager = getattr(instance, key)
    known = set(manager.model.objects.filter(code__in=codes).values_list("code", flat=True))
    if unknown := set(codes) - known:
        raise BadRegisterFile(f"{key}: unknown codes {', '.join(sorted(unknown))}")
    manager.set(codes)


def _moment(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(9)))


@contextmanager
def _place(where: str) -> Iterator[None]:
    """Add the place in the files to what goes wrong within."""
    try:
        yield
    except (
        ValidationError,
        Refused,
        BadRegisterFile,
        LookupError,
        IntegrityError,
        ObjectDoesNotExist,
        FieldDoesNotExist,
    ) as error:
        raise BadRegisterFile(f"{where}: {error}") from error


def register_files(directory: Path) -> Iterator[tuple[str, Path]]:
    """The slug of the body and the path of each file, in a fixed order."""
    for path in sorted(directory.glob("*.toml")):
        yield path.stem, path
