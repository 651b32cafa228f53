"""The register's own workbook, written and read back: for tests of the way there and back."""

from collections.abc import Iterable

from django.utils.translation import override

from organisations.languages import texts_of
from organisations.models import Organisation
from processing.imports.drafts.terms import Body, Vocabulary, vocabulary_of
from processing.imports.drafts.understanding import Options
from processing.imports.files.reading import read
from processing.imports.own_workbook.writing import own_workbook
from processing.imports.tables.finding import find_tables
from processing.imports.tables.headings import vocabulary
from processing.imports.tables.mapping import Proposal, propose
from processing.models import CODE_LISTS, ProcessingActivity
from processing.public_record import PublicRecord
from processing.publishing import public_record_of
from processing.snapshots import write_content
from tests.processing.imports.importing import Understanding, understand

LANGUAGES = ("nl", "fr", "de", "en")


def of_database(own: Organisation) -> Vocabulary:
    labels = {
        name: {term.code: texts_of(term, "label") for term in model.objects.all()}
        for name, model in CODE_LISTS.items()
    }
    bodies = [
        Body(
            body.pk,
            (*texts_of(body, "name").values(), *texts_of(body, "short_name").values()),
            body.enterprise_number or "",
        )
        for body in Organisation.objects.all()
    ]
    departments = [Body(d.pk, tuple(texts_of(d, "name").values())) for d in own.departments.all()]
    return vocabulary_of(labels, bodies, own.pk, departments)


def read_back(data: bytes, own: Organisation) -> tuple[Proposal, Understanding]:
    """As an import does it, without a separate process."""
    workbook = read(data, "register.xlsx")
    found = find_tables(workbook, vocabulary())
    proposal = propose(found)
    understanding = understand(
        workbook, found, proposal.targets, of_database(own), Options(proposal.language.code or "nl")
    )
    return proposal, understanding


def public_records(body: Organisation) -> list[PublicRecord]:
    rows = ProcessingActivity.objects.filter(organisation=body).order_by("number").with_parts()
    return [public_record_of(activity) for activity in rows]


def workbook_of(body: Organisation, language: str) -> bytes:
    rows = ProcessingActivity.objects.filter(organisation=body).order_by("number").with_parts()
    with override("en"):
        return own_workbook(language, body, rows)


def written_anew(body: Organisation, contents: Iterable[dict]) -> list[PublicRecord]:
    """The public records of the body with these contents instead of its own."""
    ProcessingActivity.objects.filter(organisation=body).update(replaced_by=None)
    for activity, content in zip(
        ProcessingActivity.objects.filter(organisation=body).order_by("number"),
        contents,
        strict=True,
    ):
        write_content(activity, content)
    return public_records(body)
