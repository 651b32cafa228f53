"""What can be said of a draft only when all its cells are read."""

from organisations.languages import LANGUAGES
from processing.imports.drafts.activity_fields import once
from processing.imports.drafts.cell_accounts import Outcome
from processing.imports.drafts.draft import Writer, limits
from processing.imports.files.cells import Place
from processing.law import ImpactAssessment
from processing.snapshots import Content

# Categories of data that are special (GDPR Art. 9) or criminal (Art. 10), by how their codes begin.
SPECIAL = ("A5", "F", "J", "M", "O06", "Q", "R", "S", "T", "U")


def finish(writer: Writer) -> None:
    """Settle yes and no, name the draft, and write its remarks."""
    content = writer.draft.content
    _settle_transfers(writer)
    _settle_parties(writer)
    _settle_special_data(writer)
    _settle_dpia(writer)
    _settle_dates(writer)
    if writer.own_keys is None:
        _without_needless_links(content, "legal_grounds", "purposes", "purposes")
        _without_needless_links(content, "retention", "data", "data")
    if not writer.draft.names:
        _name_by_purpose(writer)
    for name in ("sources", "themes", "data_subjects", "processing_types", "security_measures"):
        # The own workbook has sources in the order of the form.
        if content.get(name) and not (name == "sources" and writer.own_keys is not None):
            content[name] = sorted(content[name])
    if writer.remarks:
        before = str(content.get("remarks") or "")
        content["remarks"] = "\n".join(filter(None, (before, *writer.remarks)))


def _settle_transfers(writer: Writer) -> None:
    """Only what nothing contradicts says that there are none."""
    content = writer.draft.content
    said = writer.said.get("transfers", [])
    waits = _waiting(writer) if said else set()
    is_told = bool(content.get("transfers") or waits)
    has_yes = any(yes for yes, _item in said)
    for yes, item in said:
        if item.place in waits:
            continue
        if yes and not is_told:
            writer.remark(item, "which_countries")
        elif not yes and (is_told or has_yes):
            writer.remark(item, "contradiction")
        else:
            writer.understood(item, "transfers")
            if not yes:
                content["has_no_transfers"] = True


def _waiting(writer: Writer) -> set[Place]:
    """The cells that tell of transfers which lack their mechanisms."""
    return {a.place for a in writer.accounts.all if a.reason == "no_mechanism"}


def _settle_parties(writer: Writer) -> None:
    content = writer.draft.content
    for part in ("recipients", "processors", "joint_controllers"):
        for _no, item in writer.said.get(f"has_{part}", []):
            if part == "recipients" and not content.get(part):
                content["has_no_recipients"] = True
                writer.understood(item, "has_no_recipients")
            else:
                writer.nothing(item)


def _settle_special_data(writer: Writer) -> None:
    """A hint is borne out by what is told of the data, or somebody has to look."""
    rows = writer.draft.content.get("data", [])
    grounds = writer.draft.content.get("legal_grounds", [])
    is_told = any(str(row["category"]).startswith(SPECIAL) for row in rows) or any(
        str(row.get("ground", "")).startswith(("9-", "10-")) for row in grounds
    )
    for yes, item in writer.said.get("special_data", []):
        if yes == is_told:
            writer.account(item, Outcome.NOTHING)
        else:
            writer.remark(item, "which_special_data" if yes else "contradiction")


def _settle_dpia(writer: Writer) -> None:
    """That none is needed is an answer; that one is needed does not say whether it was done."""
    content = writer.draft.content
    for yes, item in writer.said.get("dpia_needed", []):
        state = content.get("dpia")
        is_begun = state in (ImpactAssessment.DONE, ImpactAssessment.UNDER_WAY)
        if yes and state:
            writer.account(item, Outcome.NOTHING)
        elif yes or is_begun:
            writer.remark(item, "uncertain" if yes else "contradiction")
        else:
            content["dpia"] = ImpactAssessment.NOT_NEEDED.value
            writer.understood(item, "dpia")


def _settle_dates(writer: Writer) -> None:
    starts = str(writer.draft.content.get("starts_on", ""))
    for day, item in writer.ends:
        if day < starts:
            writer.remark(item, "ends_before_start")
        else:
            once(writer, item, "ends_on", day)


def _without_needless_links(content: Content, part: str, name: str, of: str) -> None:
    """Rows that name all rows of a kind need not name any."""
    keys = {row["key"] for row in content.get(of, [])}
    for row in content.get(part, []):
        if set(row.get(name, [])) == keys:
            row.pop(name, None)


def _name_by_purpose(writer: Writer) -> None:
    """Citizens have to call it something: where the file has no name, its first purpose."""
    for row in writer.draft.content.get("purposes", []):
        for language in LANGUAGES:
            if text := row.get(f"description_{language}"):
                line = str(text).partition("\n")[0]
                writer.draft.content[f"name_{language}"] = line[: limits()["", f"name_{language}"]]
                writer.draft.is_named_by_purpose = True
        if writer.draft.is_named_by_purpose:
            return
