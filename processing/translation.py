from modeltranslation.translator import TranslationOptions, register

from processing import models


@register(models.CODE_LISTS)
class CodeListTranslation(TranslationOptions):
    fields = ("label", "definition")


@register(models.ProcessingActivity)
class ProcessingActivityTranslation(TranslationOptions):
    fields = (
        "name",
        "summary",
        "automated_logic",
        "automated_consequences",
        "source_detail",
        "security",
        "dpia_summary",
        "rights_procedure",
    )


@register(models.Purpose)
class PurposeTranslation(TranslationOptions):
    fields = ("description", "law_title", "legitimate_interest")


@register(models.DataItem)
class DataItemTranslation(TranslationOptions):
    fields = ("detail", "retention_criterion")


@register(models.Recipient)
class RecipientTranslation(TranslationOptions):
    fields = ("name", "what", "authorisation")


@register(models.Processor)
class ProcessorTranslation(TranslationOptions):
    fields = ("task",)


@register(models.JointController)
class JointControllerTranslation(TranslationOptions):
    fields = ("name", "arrangement")


@register(models.Transfer)
class TransferTranslation(TranslationOptions):
    fields = ("international_organisation", "safeguards")


@register(models.ActivityTemplate)
class ActivityTemplateTranslation(TranslationOptions):
    fields = ("title", "description")
