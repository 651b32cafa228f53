"""Numbers of published entries that many pages show, kept until something is published."""

from organisations.revision import RegisterRevision, kept_until_changed
from processing.models.publication import Publication


@kept_until_changed("publications", "organisations")
def entries_per_body(revision: RegisterRevision) -> dict[int, int]:
    """Key of the body -> number of its published entries."""
    return Publication.objects.current().count_by_organisation()


@kept_until_changed("publications", "organisations")
def all_entries(revision: RegisterRevision) -> int:
    """Number of published entries on the site."""
    return sum(entries_per_body(revision).values())
