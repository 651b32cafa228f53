"""The code lists and the bodies of the product, read from the fixtures: no database."""

import csv
from functools import cache
from pathlib import Path

from organisations.languages import LANGUAGES
from processing.imports.drafts.terms import Body, Vocabulary, vocabulary_of
from processing.models import CODE_LISTS

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def of_fixtures(own_body: str | None = None) -> Vocabulary:
    """The keys of the bodies are their slugs."""
    labels = {
        name: {
            row["code"]: {language: row[f"label_{language}"] for language in LANGUAGES}
            for row in rows(FIXTURES / "codelists" / f"{name}.csv")
        }
        for name in CODE_LISTS
    }
    bodies = [
        Body(
            row["slug"],
            tuple(row[f"{kind}_{lang}"] for kind in ("name", "short_name") for lang in LANGUAGES),
            row["enterprise_number"],
        )
        for row in rows(FIXTURES / "organisations.csv")
    ]
    return vocabulary_of(labels, bodies, own_body)
