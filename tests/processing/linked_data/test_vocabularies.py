"""No term that its vocabulary does not have, and no code of ours that the lists do not have."""

import re

import pytest

from processing.linked_data.json_ld import context
from processing.linked_data.mappings import mappings
from processing.linked_data.vocabularies import PREFIXES, PROPERTIES
from processing.models.code_lists import CODE_LISTS
from tests.processing.linked_data.conftest import graph_at
from tests.processing.linked_data.test_shapes import VOCABULARIES

# Vocabulary -> the file that has it.
FILES = {"dpv": "dpv.ttl", "eu-gdpr": "eu-gdpr.ttl", "pd": "pd.ttl"}
needs_vocabularies = pytest.mark.skipif(
    not (VOCABULARIES / "dpv.ttl").exists(), reason="no vocabularies here"
)


@needs_vocabularies
@pytest.mark.django_db
@pytest.mark.parametrize("prefix", FILES)
def test_every_term_is_one_of_the_vocabulary(prefix, publication, visitor):
    text = (VOCABULARIES / FILES[prefix]).read_text(encoding="utf-8")
    known = set(re.findall(rf"^{prefix}:([\w-]+) a ", text, re.MULTILINE))
    told = {match.term for match in mappings().values()} | set(PROPERTIES)
    told |= {f"<{term}>" for term in graph_at(visitor, "/data/processing/body-a/1.nt").all_nodes()}
    start = f"<{PREFIXES[prefix]}"

    used = {found[len(start) : -1] for found in told if found.startswith(start)}

    assert len(used) > 10
    assert sorted(used - known) == []


@pytest.mark.django_db
def test_every_mapping_is_of_a_code_that_there_is():
    others = {"grounds", "sources"}
    mapped = {(name, code) for name, code in mappings() if name not in others}
    known = {
        (name, code)
        for name, model in CODE_LISTS.items()
        for code in model.objects.values_list("code", flat=True)
    }

    assert sorted(mapped - known) == []
    assert {match.kind for match in mappings().values()} == {"exact", "close", "broad"}
    assert {name for name, _code in mappings()} == {*CODE_LISTS, *others}


def test_no_two_properties_have_one_name():
    names = [found.name for found in PROPERTIES.values()]

    assert len(names) == len(set(names))
    assert not set(names) & {*PREFIXES, "id"}
    assert set(names) <= {*context()["@context"]}
