"""What the texts of one body's register can mean: the code lists and the bodies as they are now."""

from django.db.models import Q

from organisations.languages import LANGUAGES
from organisations.models import Organisation, User
from processing.imports.drafts.terms import Body, Vocabulary, vocabulary_of
from processing.models import CODE_LISTS

NAMES = [f"{kind}_{language}" for kind in ("name", "short_name") for language in LANGUAGES]
LABELS = [f"label_{language}" for language in LANGUAGES]


def vocabulary_for(organisation: Organisation, by: User | None) -> Vocabulary:
    """Made anew for each file. A body that is not public exists for its own people only."""
    names = [f"name_{language}" for language in LANGUAGES]
    departments = [
        Body(key, tuple(filter(None, called)))
        for key, *called in organisation.departments.values_list("pk", *names)
    ]
    return vocabulary_of(_labels(), _bodies(organisation, by), organisation.pk, departments)


def _labels() -> dict:
    """Of the terms that are in use."""
    return {
        name: {
            code: {
                language: label for language, label in zip(LANGUAGES, labels, strict=True) if label
            }
            for code, *labels in model.objects.filter(is_active=True).values_list("code", *LABELS)
        }
        for name, model in CODE_LISTS.items()
    }


def _bodies(organisation: Organisation, by: User | None) -> list[Body]:
    known = Q(is_public=True) | Q(pk=organisation.pk)
    if by is not None:
        known |= Q(pk__in=Organisation.objects.for_user(by).values("pk"))
    columns = ("pk", "enterprise_number", "former_names", *NAMES)
    rows = Organisation.objects.filter(known).order_by("pk").values_list(*columns)
    return [
        Body(key, (*filter(None, names), *former.splitlines()), number or "")
        for key, number, former, *names in rows
    ]
