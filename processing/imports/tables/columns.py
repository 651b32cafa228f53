"""The columns of an uploaded file, what each is meant for, and what a body decided earlier."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from organisations.models import Organisation
from processing.imports.fields import Target
from processing.imports.tables.layout import Column
from processing.imports.tables.mapping import UNKNOWN, Proposal
from processing.models import ColumnMeaning, RegisterImport

# So many decisions of a body are kept.
MOST_REMEMBERED = 5_000


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """A column of the file as people choose what it is meant for."""

    key: str
    # What to call it, for people, and the sheet where it was found first.
    title: str
    sheet: str
    # Three values that stand in it, at most.
    samples: list[str] = field(default_factory=list)
    # What it is meant for now: proposed, remembered or chosen.
    target: Target = UNKNOWN

    @property
    def is_question(self) -> bool:
        """Whether somebody has to look at it."""
        return not self.target.is_sure


def columns_of(register_import: RegisterImport) -> list[ColumnChoice]:
    """The columns of the file, in its order."""
    return [
        ColumnChoice(**{**stored, "target": Target(**stored["target"])})
        for stored in register_import.columns
    ]


def proposed(columns: Mapping[str, Column], proposal: Proposal) -> list[dict]:
    """The columns with what is proposed, as a RegisterImport stores them."""
    return [
        _stored(key, column.title, column.sheet, proposal.samples[key], proposal.targets[key])
        for key, column in columns.items()
    ]


def chosen(register_import: RegisterImport, targets: Mapping[str, Target]) -> list[dict]:
    """The columns with what somebody chose, as a RegisterImport stores them."""
    return [
        _stored(column.key, column.title, column.sheet, column.samples, targets[column.key])
        for column in columns_of(register_import)
    ]


def _stored(key: str, title: str, sheet: str, samples: list[str], target: Target) -> dict:
    meant = {
        "field": target.field,
        "code": target.code,
        "language": target.language,
        "certainty": target.certainty,
    }
    return {"key": key, "title": title, "sheet": sheet, "samples": samples, "target": meant}


def remembered(organisation: Organisation) -> dict[str, Target]:
    """Key of a column -> what the body decided that it is meant for."""
    meanings = ColumnMeaning.objects.filter(organisation=organisation)
    return {
        meaning.key: Target(meaning.field, meaning.code, meaning.language) for meaning in meanings
    }


def remember(organisation: Organisation, choices: Iterable[ColumnChoice]) -> None:
    """Note what the body decided, for its next file; the last decisions are kept."""
    choices = list(choices)
    meanings = ColumnMeaning.objects.filter(organisation=organisation)
    # Decided anew, it is the last again.
    meanings.filter(key__in=[choice.key for choice in choices]).delete()
    ColumnMeaning.objects.bulk_create(
        [
            ColumnMeaning(
                organisation=organisation,
                key=choice.key,
                field=choice.target.field,
                code=choice.target.code,
                language=choice.target.language,
            )
            for choice in choices
        ],
        update_conflicts=True,
        unique_fields=["organisation", "key"],
        update_fields=["field", "code", "language"],
    )
    last = meanings.order_by("-pk").values("pk")[:MOST_REMEMBERED]
    meanings.exclude(pk__in=last).delete()
