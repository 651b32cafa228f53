"""The code lists as visitors see them, kept in memory: some hundreds of terms."""

from dataclasses import dataclass

from django.db.models import CharField, F, Value
from django.urls import reverse
from django.utils.translation import override

from organisations.languages import LANGUAGES, Passage, passage
from organisations.revision import RegisterRevision, kept_until_changed
from processing.models.code_lists import CODE_LISTS, DataCategory


@dataclass(frozen=True, slots=True)
class Term:
    """An entry of a code list in one language of the site."""

    code: str
    broader: str | None
    iri: str
    mark: str
    label: Passage
    definition: Passage | None
    # Its place in the list.
    rank: int
    # Where its meaning is told.
    url: str


# List name -> code -> term, in the order of the list.
CodeLists = dict[str, dict[str, Term]]


@kept_until_changed("code_lists")
def code_lists_at(revision: RegisterRevision) -> dict[str, CodeLists]:
    """The code lists in each language: one query when a list changed, else none."""
    labels = [f"{field}_{code}" for field in ("label", "definition") for code in LANGUAGES]
    # Named annotations: unnamed expressions in a union come in an order that nothing promises.
    parts = [
        model.objects.order_by()
        .annotate(
            list_name=Value(name, output_field=CharField()),
            term_mark=F("mark") if model is DataCategory else Value("", output_field=CharField()),
        )
        .values_list("list_name", "position", "code", "broader_id", "iri", "term_mark", *labels)
        for name, model in CODE_LISTS.items()
    ]
    rows = sorted(parts[0].union(*parts[1:], all=True), key=lambda row: row[:3])
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = _in_language(rows, language)
    return found


def _in_language(rows: list[tuple], language: str) -> CodeLists:
    code_lists: CodeLists = {name: {} for name in CODE_LISTS}
    for rank, (name, _position, code, broader, iri, mark, *texts) in enumerate(rows):
        labels = dict(zip(LANGUAGES, texts[: len(LANGUAGES)], strict=True))
        definitions = dict(zip(LANGUAGES, texts[len(LANGUAGES) :], strict=True))
        code_lists[name][code] = Term(
            code=code,
            broader=broader,
            iri=iri,
            mark=mark,
            label=passage(labels, language) or Passage(code, language, language),
            definition=passage(definitions, language),
            rank=rank,
            url=_address(name, code),
        )
    return code_lists


def _address(code_list: str, code: str) -> str:
    """Kinds of data and groups of people have pages of their own."""
    if name := {"data": "data", "data_subjects": "people"}.get(code_list):
        return reverse(f"finding:{name}_detail", args=[code])
    return f"{reverse('finding:term_list', args=[code_list.replace('_', '-')])}#{code}"
