"""What people do with an import: upload, choose, look, confirm, undo.

Each belongs to one body: who takes a step must work for it, or PermissionDenied is raised; a
program has no person. Whatever reads the file or writes activities is done by a worker (`work`),
the step only asks for it.

    RECEIVED --worker--> UPLOADED --choose--> MAPPED --worker--> PREVIEWED
    PREVIEWED --confirm--> WAITING --worker--> DONE --undo--> UNDOING --worker--> UNDONE
    PREVIEWED --choose--> MAPPED
"""

from collections.abc import Mapping
from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from processing.imports.fields import FIELDS, Target
from processing.imports.files.hostile import refuse_by_name
from processing.imports.reasons import OtherPreview, TooManyImports, WrongChoice, WrongStep
from processing.imports.tables import columns
from processing.models import ImportFile, ImportProgress, RegisterImport, TransferMechanism

# So many files may wait for the people of one body.
MOST_UNFINISHED = 10
State = RegisterImport.State


def upload(
    data: bytes, name: str, *, organisation: Organisation, by: User | None
) -> RegisterImport:
    """Keep a file, and let it be read.

    Raises Unreadable (refusals.reason_of tells why), TooManyImports and PermissionDenied.
    """
    _refuse_stranger(organisation, by)
    refuse_by_name(data, name)
    if _unfinished(organisation) >= MOST_UNFINISHED:
        raise TooManyImports
    with transaction.atomic():
        register_import = RegisterImport.objects.create(
            organisation=organisation,
            by=by,
            writers=[by.pk] if by else [],
            file_name=name[-255:].replace("\0", ""),
            state=State.RECEIVED,
            asked_at=timezone.now(),
        )
        ImportFile.keep(register_import, data)
        ImportProgress.objects.create(register_import=register_import)
    return register_import


def choose(
    register_import: RegisterImport,
    targets: Mapping[str, Target],
    *,
    language: str,
    mechanism: str = "",
    joins_by_name: bool = True,
    by: User | None,
) -> None:
    """Say what columns are meant for, of those that are not as proposed; a preview is made anew.

    What somebody chose is remembered for the body. Raises WrongChoice, WrongStep and
    PermissionDenied.
    """
    with transaction.atomic():
        locked = _locked(register_import, by, State.UPLOADED, State.PREVIEWED)
        present = {column.key: column.target for column in columns.columns_of(locked)}
        _refuse_wrong(targets, present, language, mechanism)
        chosen = {key: replace(target, certainty=1.0) for key, target in targets.items()}
        locked.columns = columns.chosen(locked, present | chosen)
        locked.language, locked.is_language_sure = language, True
        locked.mechanism, locked.joins_by_name = mechanism, joins_by_name
        _note_writer(locked, by)
        if by is not None:
            choices = [c for c in columns.columns_of(locked) if c.key in chosen]
            columns.remember(locked.organisation, choices)
        _ask(locked, State.MAPPED)
    register_import.refresh_from_db()


def confirm(register_import: RegisterImport, *, by: User | None, seen: int | None = None) -> None:
    """Let what the preview shows be imported; `seen` is the one that the person saw, None where
    nobody else may have made it anew. Raises WrongStep and PermissionDenied.
    """
    with transaction.atomic():
        locked = _locked(register_import, by, State.PREVIEWED)
        if seen not in (None, locked.preview):
            raise OtherPreview
        _note_writer(locked, by)
        _ask(locked, State.WAITING)
    register_import.refresh_from_db()


def undo(register_import: RegisterImport, *, by: User | None) -> None:
    """Let what an import wrote be undone. Where something was done with it since, it stays DONE,
    its `failure` tells why, and `counts["touched"]` the numbers of activities.

    Raises WrongStep and PermissionDenied.
    """
    with transaction.atomic():
        locked = _locked(register_import, by, State.DONE)
        locked.by, locked.failure = by, ""
        _ask(locked, State.UNDOING)
    register_import.refresh_from_db()


def drop(register_import: RegisterImport, *, by: User | None) -> None:
    """Throw away what is not imported yet. Raises WrongStep and PermissionDenied."""
    with transaction.atomic():
        not_imported = (State.RECEIVED, State.UPLOADED, State.MAPPED, State.PREVIEWED)
        _locked(register_import, by, *not_imported).delete()


def _unfinished(organisation: Organisation) -> int:
    return RegisterImport.objects.unfinished().filter(organisation=organisation).count()


def _refuse_stranger(organisation: Organisation, by: User | None) -> None:
    if by is not None and not organisation.has_member(by):
        raise PermissionDenied


def _locked(register_import: RegisterImport, by: User | None, *states: str) -> RegisterImport:
    """The import as it is now. One that a worker is at is further on."""
    _refuse_stranger(register_import.organisation, by)
    rows = RegisterImport.objects.filter(pk=register_import.pk, state__in=states)
    locked = rows.select_for_update(skip_locked=True, of=("self",)).first()
    if locked is None:
        raise WrongStep
    return locked


def _note_writer(locked: RegisterImport, by: User | None) -> None:
    """With two-person publishing, none of those who had a hand in it publishes it alone."""
    locked.by = by
    if by is not None:
        locked.writers = sorted({*locked.writers, by.pk})


def _ask(locked: RegisterImport, state: str) -> None:
    """Let a worker do what leads on from the state."""
    locked.state, locked.asked_at = state, timezone.now()
    locked.save()
    ImportProgress.objects.filter(pk=locked.pk).update(done=0, total=0, attempts=0)


def _refuse_wrong(
    targets: Mapping[str, Target], present: Mapping[str, Target], language: str, mechanism: str
) -> None:
    are_known = targets.keys() <= present.keys() and all(
        target.field in (*FIELDS, present[key].field)
        and target.language in ("", *LANGUAGES)
        # A heading tells a code, people do not.
        and target.code in ("", present[key].code)
        for key, target in targets.items()
    )
    mechanisms = TransferMechanism.objects.filter(code=mechanism, is_active=True)
    if not are_known or language not in LANGUAGES or (mechanism and not mechanisms.exists()):
        raise WrongChoice
