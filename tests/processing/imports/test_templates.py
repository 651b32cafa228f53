"""Registers in the layouts of the templates that bodies use."""

import pytest

from processing.imports import fields
from processing.imports.drafts.cell_accounts import Account
from tests.processing.imports.importing import Imported, imported
from tests.processing.imports.keeping import not_where_it_should_be, words_lost
from tests.processing.imports.register_values import VALUES
from tests.processing.imports.registers import PLURALS, Register, registers
from tests.processing.imports.rows_in_memory import refused

REGISTERS = {f"{r.template}-{r.language}": r for r in registers()}
# Our fields for what templates.csv calls otherwise.
FIELDS = {
    "purposes.legal_basis": {"legal_grounds.ground"},
    # A yes or no is a hint.
    "purposes.special_condition": {"legal_grounds.condition", "special_data"},
    "purposes.law_title": {"legal_grounds.law_title"},
    "purposes.legitimate_interest": {"legal_grounds.legitimate_interest"},
    "data.retention": {"retention.period"},
    "data.retention_after": {"retention.after"},
    "data.about": {"data_subjects", "data.about"},
    "data.category": {"data.category", "data.detail"},
    "recipients.name": {"recipients.party", "recipients.category", "has_no_recipients"},
    "recipients.category": {"recipients.party", "recipients.category", "has_no_recipients"},
    "processors.name": {"processors.party"},
    "joint_controllers.name": {"joint_controllers.party"},
    "transfers.country": {"transfers.country", "transfers"},
    "dpia_done": {"dpia"},
    # The second of two columns with names is the summary, and a question.
    "name": {"name", "summary"},
    # These have fields of their own here, which are internal too.
    "remarks": {"remarks", "policy_documents"},
    "ignore": {"dpia", "acts_as", "people_count", "transfers", "authority_consultation"},
}
# In a workbook with a sheet for each part, one heading means another field on each.
BY_SHEET = "ciso-assistant-processing-en"


def files(register: Register) -> list[Imported]:
    return [imported(data, name, own_body="fps-justice") for name, data in register.files]


@pytest.fixture(scope="module", params=REGISTERS)
def register(request) -> Register:
    return REGISTERS[request.param]


@pytest.fixture(scope="module")
def found(register) -> list[Imported]:
    return files(register)


def test_template_gives_three_activities(register, found):
    names = [draft.names for file in found for draft in file.understanding.drafts]

    assert len(names) == 3
    assert all(names)


def test_template_loses_nothing(found):
    for file in found:
        assert file.lost == set()
        assert words_lost(file) == {}
        assert not_where_it_should_be(file) == []


def test_template_gives_what_the_database_takes(found):
    assert [
        reason for file in found for content in file.contents for reason in refused(content)
    ] == []


def test_template_is_understood(found):
    for file in found:
        assert file.share_understood >= 0.9


def test_template_has_nothing_in_a_wrong_field(register, found):
    wrong = [
        (file.found.columns[account.column].title, account.field, account.text)
        for file in found
        for account in file.understanding.accounts.all
        if account.column and not is_right(register, file, account)
    ]

    assert wrong == []


def is_right(register: Register, file: Imported, account: Account) -> bool:
    """Whether a value is in the field that its column is meant for, or in no field."""
    if account.outcome == "not_taken" or account.field in ("", "remarks"):
        return True
    if f"{register.template}-{register.language}" == BY_SHEET:
        part = account.column.partition("|")[0]
        return not part or account.field.startswith((part, "retention", "legal_grounds"))
    target = register.targets.get(file.found.columns[account.column].heading, "name")
    target = PLURALS.get(target, target).partition(" ")[0]
    return account.field in FIELDS.get(target, {target})


def test_template_tells_its_language(register, found):
    for file in found:
        assert file.proposal.language.code == register.language


def test_internal_columns_stay_internal(register, found):
    internal = {
        value
        for name in ("owner", "system", "remarks", "detailed_measures")
        for value in VALUES[name][register.language]
        if name in {PLURALS.get(target, target) for target in register.targets.values()}
    }
    kept = ("processors", *fields.INTERNAL)
    public = [
        str({name: value for name, value in content.items() if name not in kept})
        for file in found
        for content in file.contents
    ]

    assert [text for text in internal for content in public if f"'{text}'" in content] == []
