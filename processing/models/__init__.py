from processing.models.activity import ProcessingActivity
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
from processing.models.data import DataItem, Retention
from processing.models.form_draft import FormDraft
from processing.models.history import HistoryEntry
from processing.models.numbering import NumberCounter
from processing.models.parties import (
    JointController,
    Processor,
    Recipient,
    ServedController,
    Transfer,
)
from processing.models.publication import Publication
from processing.models.purposes import LegalGround, Purpose
from processing.models.register_import import (
    ColumnMeaning,
    ImportEntry,
    ImportFile,
    ImportProgress,
    RegisterImport,
)
from processing.models.search import SearchMeaning, SearchText, SearchWord, Synonym
from processing.models.template import ActivityTemplate
from processing.models.words import ActivityWords

# In the order in which they are written: what others refer to comes before these.
PARTS = (
    *(ServedController, Purpose, LegalGround, DataItem, Retention),
    *(Recipient, Processor, JointController, Transfer),
)

__all__ = [
    "CODE_LISTS",
    "PARTS",
    "ActivityTemplate",
    "ActivityWords",
    "CodeListEntry",
    "ColumnMeaning",
    "DataCategory",
    "DataItem",
    "DataSubjectCategory",
    "FormDraft",
    "HistoryEntry",
    "ImportEntry",
    "ImportFile",
    "ImportProgress",
    "JointController",
    "LegalGround",
    "NumberCounter",
    "ProcessingActivity",
    "ProcessingType",
    "Processor",
    "Publication",
    "Purpose",
    "PurposeCategory",
    "Recipient",
    "RecipientCategory",
    "RegisterImport",
    "Retention",
    "SearchMeaning",
    "SearchText",
    "SearchWord",
    "SecurityMeasure",
    "ServedController",
    "Synonym",
    "Theme",
    "Transfer",
    "TransferMechanism",
]
