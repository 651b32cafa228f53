"""The public register as one request reads it: of one revision, in one language."""

from dataclasses import dataclass

from django.utils.functional import Promise

from organisations.directory import Directory, directories
from organisations.languages import LANGUAGES, Passage
from organisations.public_servers import once_more_elsewhere
from organisations.read_snapshot import public_snapshot
from organisations.revision import RegisterRevision, current_revision
from processing.code_lists import CodeLists, code_lists_at
from processing.finding import encoder
from processing.finding.filters import FILTERS, FacetIndex, facet_index_at
from processing.finding.index import ORDERS
from processing.finding.lexicon import everyday_words, other_words
from processing.finding.named_options import terms


@dataclass(frozen=True, slots=True)
class Register:
    """Entries, bodies and code lists, all of them kept in memory."""

    revision: RegisterRevision
    language: str
    facets: FacetIndex
    directory: Directory
    code_lists: CodeLists

    def name_of(self, name: str, option: str) -> Passage | Promise | str:
        """What an option of the filter with this name is called."""
        return FILTERS[name].name_of(option, self.code_lists, self.directory)


def read_register() -> None:
    """Read all that requests keep in memory, so that none has to wait for it.

    Run it in a read snapshot. What is kept already costs next to nothing.
    """
    revision = current_revision()
    index = facet_index_at(revision).index
    for order in ORDERS:
        index.sorted_keys(order)
    index.title_words()
    index.keyword_words()
    if encoder.is_available():
        index.signs()
    for language in LANGUAGES:
        register_at(revision, language)
    for read in (terms, other_words, everyday_words):
        read(revision)


def read_public_register() -> None:
    """The same, as a public page reads it."""

    def read() -> None:
        with public_snapshot():
            read_register()

    once_more_elsewhere(read)


def register_at(revision: RegisterRevision, language: str) -> Register:
    """The register at this revision, for a page in this language."""
    return Register(
        revision=revision,
        language=language,
        facets=facet_index_at(revision),
        directory=directories(revision)[language],
        code_lists=code_lists_at(revision)[language],
    )
