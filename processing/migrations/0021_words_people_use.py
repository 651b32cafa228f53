"""The everyday words that a body writes for what an entry is about."""

from django.db import migrations

from organisations.limits import PhrasesField

TOLD = (
    "Everyday words for what this is about, as somebody types them who does not know the official "
    "name, with semicolons between them: “holiday money; when do I get paid”. Searches find the "
    "activity by them, and its page shows them at the end."
)


def keywords(language: str = "") -> migrations.AddField:
    return migrations.AddField(
        model_name="processingactivity",
        name=f"keywords_{language}" if language else "keywords",
        field=PhrasesField(
            blank=True,
            help_text=TOLD,
            max_length=2000,
            null=bool(language),
            verbose_name="words people use",
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("processing", "0020_more_filters_and_changes")]

    operations = [keywords(language) for language in ("", "nl", "fr", "de", "en")]
