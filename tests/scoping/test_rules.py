"""The rules that `make scoping` takes away one by one are still there to be taken away."""

import pytest

from tests.scoping.rules import ROOT, RULES, TESTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_stands_in_its_file_once(rule):
    assert (ROOT / rule.file).read_text().count(rule.present) == 1


@pytest.mark.parametrize("path", TESTS)
def test_what_must_notice_is_there(path):
    assert (ROOT / path).exists()
