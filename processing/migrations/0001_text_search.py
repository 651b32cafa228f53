"""How texts are taken apart into words: per language, whatever the accents."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

LANGUAGES = {"nl": "dutch", "fr": "french", "de": "german", "en": "english"}

CREATE = """
CREATE TEXT SEARCH CONFIGURATION register_{code} (COPY = pg_catalog.{name});
ALTER TEXT SEARCH CONFIGURATION register_{code}
    ALTER MAPPING FOR hword, hword_part, word WITH unaccent, {name}_stem;
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        *(
            migrations.RunSQL(
                CREATE.format(code=code, name=name),
                f"DROP TEXT SEARCH CONFIGURATION register_{code};",
            )
            for code, name in LANGUAGES.items()
        ),
    ]
