"""What the columns of an uploaded file seem to mean: for people to look at."""

from processing.imports.fields import OWN_COLUMN
from processing.imports.files.separate_process import read_safely
from processing.imports.register.preview import Progress
from processing.imports.tables import columns
from processing.imports.tables.finding import find_tables
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.mapping import Proposal, propose
from processing.models import RegisterImport

State = RegisterImport.State


def recognise(register_import: RegisterImport, progress: Progress) -> None:
    """Note the columns of the file; the caller holds the import locked. Raises Unreadable.

    Of the register's own workbook there is nothing to look at: its preview is made next.
    """
    workbook = read_safely(bytes(register_import.file.data), register_import.file_name)
    found = find_tables(workbook, vocabulary())
    proposal = propose(found, columns.remembered(register_import.organisation))
    register_import.columns = columns.proposed(found.columns, proposal)
    register_import.language = proposal.language.code
    register_import.is_language_sure = proposal.language.is_sure
    if _is_own(proposal):
        register_import.state = State.MAPPED
    else:
        register_import.state, register_import.asked_at = State.UPLOADED, None
    register_import.save()


def _is_own(proposal: Proposal) -> bool:
    fields = {target.field for target in proposal.targets.values()}
    return fields == {OWN_COLUMN}
