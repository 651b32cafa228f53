import tomllib

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from organisations.limits import too_long
from processing.models import ActivityTemplate, ProcessingActivity
from processing.snapshots import Content, content_fields, row_models, what_does_not_fit

DIRECTORY = settings.BASE_DIR / "fixtures" / "templates"


class Command(BaseCommand):
    help = "Add the templates of common activities. Can be run again: those that exist stay."

    @transaction.atomic
    def handle(self, *args, **options) -> None:
        added = 0
        for path in sorted(DIRECTORY.glob("*.toml")):
            try:
                values = tomllib.loads(path.read_text(encoding="utf-8"))
                content = content_of_file(values["content"])
            except (tomllib.TOMLDecodeError, LookupError) as error:
                raise CommandError(f"{path.name}: {error}") from error
            texts = _columns({name: values[name] for name in ("title", "description")})
            reasons = list(too_long(ActivityTemplate._meta.concrete_fields, texts))
            reasons += what_does_not_fit(content, ProcessingActivity)
            if reasons:
                raise CommandError(f"{path.name}: {' '.join(reasons)}")
            _template, is_new = ActivityTemplate.objects.get_or_create(
                slug=path.stem, defaults={"content": content, **texts}
            )
            added += is_new
        self.stdout.write(f"templates: {added} added")


def content_of_file(values: dict) -> Content:
    """The content that a file names; raises LookupError for fields that there are not."""
    models = row_models(ProcessingActivity)
    content = _known(ProcessingActivity, {k: v for k, v in values.items() if k not in models})
    for name, model in models.items():
        content[name] = [_known(model, row) for row in values.get(name, [])]
    return content


def _known(model: type, values: dict) -> Content:
    columns = _columns(values)
    names = {field.name for field in content_fields(model, without=set())}
    if unknown := columns.keys() - names:
        raise LookupError(f"{model.__name__} has no {', '.join(sorted(unknown))}")
    return columns


def _columns(values: dict) -> Content:
    """Texts by language as the columns that hold them."""
    columns = {}
    for name, value in values.items():
        if isinstance(value, dict):
            columns |= {f"{name}_{language}": text for language, text in value.items()}
        else:
            columns[name] = value
    return columns
