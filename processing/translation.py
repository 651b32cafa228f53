from modeltranslation.translator import TranslationOptions, register, translator

from processing import models
from processing.public_record import text_fields_of


@register(models.CODE_LISTS.values())
class CodeListTranslation(TranslationOptions):
    fields = ("label", "definition")


@register(models.ActivityTemplate)
class ActivityTemplateTranslation(TranslationOptions):
    fields = ("title", "description")


for model in (models.ProcessingActivity, *models.PARTS):
    translator.register(model, fields=text_fields_of(model.RECORD))
