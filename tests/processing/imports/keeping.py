"""Whether what stood in a file is still there: in a field, in the remarks, or in the list."""

import json

from processing.imports.drafts.cell_accounts import Account
from processing.imports.files.cells import places
from processing.imports.values import cleaned, words_of
from tests.processing.imports.importing import Imported

# A value of these becomes a code, a day, a number, yes or no: its words are not there any more.
TRANSLATED = {
    *("themes", "data_subjects", "processing_types", "security_measures", "data.category"),
    *("data.about", "purposes.category", "legal_grounds.ground", "legal_grounds.condition"),
    *("recipients.party", "recipients.category", "processors.party", "processors.category"),
    *("joint_controllers.party", "joint_controllers.category", "processors.country", "transfers"),
    *("transfers.country", "transfers.mechanism", "retention.period", "retention.after", "dpia"),
    *("dpia_done_on", "starts_on", "ends_on", "review_due_on", "vulnerable_people", "reference"),
    *("automated_decisions", "acts_as", "people_count", "data.is_mandatory", "organisation"),
    *("has_no_recipients", "transfers.name"),
}


def not_where_it_should_be(imported: Imported) -> list[Account]:
    """The accounts that say that a text was kept, in drafts that do not hold it."""
    texts = [json.dumps(content, ensure_ascii=False) for content in imported.contents]
    words = [words_of(text.replace("\\n", " ")) for text in texts]
    return [
        account
        for account in imported.understanding.accounts.all
        if _keeps_words(account) and words_of(account.text) not in words[account.draft]
    ]


def _keeps_words(account: Account) -> bool:
    if account.outcome in ("kept", "remark"):
        return True
    is_yes_or_no = len(words_of(account.text).split()) <= 1
    return account.outcome == "understood" and account.field not in TRANSLATED and not is_yes_or_no


def words_lost(imported: Imported) -> dict[tuple, set[str]]:
    """Cells of which a word is in no account: (place, words)."""
    told: dict[tuple, str] = {}
    for account in imported.understanding.accounts.all:
        told[account.place] = f"{told.get(account.place, '')} {words_of(account.text)}"
    lost = {}
    for place, cell in places(imported.workbook).items():
        there = set(told.get(place, "").split())
        # The numbers of numbered lines, and the words between values, say nothing.
        words = {w for w in words_of(cleaned(cell.text)).split() if not w.isdigit()} - BETWEEN
        if missing := words - there:
            lost[place] = missing
    return lost


BETWEEN = {"en", "et", "und", "and", "of", "ou", "oder", "or"}
