from modeltranslation.translator import TranslationOptions, register

from organisations.models import Department, Organisation


@register(Organisation)
class OrganisationTranslation(TranslationOptions):
    fields = ("name", "short_name", "website", "street", "city", "description")


@register(Department)
class DepartmentTranslation(TranslationOptions):
    fields = ("name",)
