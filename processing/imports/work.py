"""What takes time of an import: done by the process that sends mails, or at once if little."""

from processing.models import RegisterImport

# So many activities are previewed, imported or undone while the person waits for the page.
FEW = 100


def is_small(register_import: RegisterImport) -> bool:
    """Whether what waits can be done while a person waits for the page."""
    raise NotImplementedError


def do_now(register_import: RegisterImport) -> None:
    """Do what waits for a worker; afterwards its state tells how that went."""
    raise NotImplementedError


def work_waiting() -> bool:
    """Do the next of what waits for a worker; False where nothing does."""
    raise NotImplementedError
