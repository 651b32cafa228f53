"""What people do with an import: upload, choose, look, confirm, undo.

Each belongs to one body: who takes a step must work for it, or PermissionDenied is raised. What
takes time is done by a worker (`work`): the step only asks for it.

    UPLOADED --choose--> MAPPED --worker--> PREVIEWED --confirm--> WAITING --worker--> DONE
             <---------- choose again ----------------                    DONE --undo--> UNDONE
"""

from collections.abc import Mapping

from organisations.models import Organisation, User
from processing.imports.fields import Target
from processing.models import RegisterImport

# So many files may wait for the people of one body.
MOST_UNFINISHED = 10


def upload(
    data: bytes, name: str, *, organisation: Organisation, by: User | None
) -> RegisterImport:
    """Read a file and keep it, with what its columns seem to mean.

    Raises Unreadable (refusals.reason_of tells why), TooManyImports and PermissionDenied.
    """
    raise NotImplementedError


def choose(
    register_import: RegisterImport,
    targets: Mapping[str, Target],
    *,
    language: str,
    mechanism: str = "",
    joins_by_name: bool = True,
    by: User | None,
) -> None:
    """Say what each column is meant for: remembered for the body; a preview is made anew.

    Raises WrongChoice, WrongStep and PermissionDenied.
    """
    raise NotImplementedError


def confirm(register_import: RegisterImport, *, by: User | None) -> None:
    """Let what the preview shows be imported. Raises WrongStep and PermissionDenied."""
    raise NotImplementedError


def undo(register_import: RegisterImport, *, by: User | None) -> None:
    """Let what an import wrote be undone, if nothing of it was touched since.

    Raises NotUndone, WrongStep and PermissionDenied.
    """
    raise NotImplementedError


def drop(register_import: RegisterImport, *, by: User | None) -> None:
    """Throw away what is not imported yet. Raises WrongStep and PermissionDenied."""
    raise NotImplementedError
