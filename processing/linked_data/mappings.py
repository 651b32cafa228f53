"""What the Data Privacy Vocabulary and others call our codes: fixtures/linked_data.csv."""

import csv
from functools import cache
from typing import NamedTuple

from django.conf import settings

from processing.linked_data.terms import Term, iri

FILE = settings.BASE_DIR / "fixtures" / "linked_data.csv"


class Match(NamedTuple):
    # exact, close or broad, as in SKOS.
    kind: str
    term: Term


@cache
def mappings() -> dict[tuple[str, str], Match]:
    """Name of a code list and code -> the term that says the same, nearly, or more broadly."""
    with FILE.open(encoding="utf-8", newline="") as file:
        return {
            (row["list"], row["code"]): Match(row["match"], iri(row["iri"]))
            for row in csv.DictReader(file)
        }
