from processing.models.activity import NumberCounter, ProcessingActivity
from processing.models.code_lists import (
    CODE_LISTS,
    CodeListEntry,
    DataCategory,
    DataSubjectCategory,
    ProcessingType,
    PurposeCategory,
    RecipientCategory,
    SecurityMeasure,
    Theme,
    TransferMechanism,
)
from processing.models.history import HistoryEntry
from processing.models.parts import (
    DataItem,
    JointController,
    Processor,
    Purpose,
    Recipient,
    Transfer,
)
from processing.models.publication import Publication
from processing.models.search import SearchText, SearchWord, Synonym
from processing.models.template import ActivityTemplate
from processing.models.words import ActivityWords

PARTS = (Purpose, DataItem, Recipient, Processor, JointController, Transfer)

__all__ = [
    "CODE_LISTS",
    "PARTS",
    "ActivityTemplate",
    "ActivityWords",
    "CodeListEntry",
    "DataCategory",
    "DataItem",
    "DataSubjectCategory",
    "HistoryEntry",
    "JointController",
    "NumberCounter",
    "ProcessingActivity",
    "ProcessingType",
    "Processor",
    "Publication",
    "Purpose",
    "PurposeCategory",
    "Recipient",
    "RecipientCategory",
    "SearchText",
    "SearchWord",
    "SecurityMeasure",
    "Synonym",
    "Theme",
    "Transfer",
    "TransferMechanism",
]
