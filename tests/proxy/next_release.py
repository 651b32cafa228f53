"""The release after this one, made from it: another text, a further column, another stylesheet."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from registry_site.release import DEPLOYED, MANIFEST
from tests.running_site import ROOT

# What only its public pages say.
TEXT = "Served by the next release"
MIGRATION = """\
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("processing", "{last}")]

    operations = [
        migrations.AddField("processingactivity", "shelf", {field}),
    ]
"""
FIELD = 'models.CharField("shelf", max_length=20, null=True, blank=True, db_default="")'
# As deploy/compose.yaml prepares a release. That the migration is what `make check` asks for, and
# no other is missing, is seen before.
PREPARE = """\
import django
django.setup()
from django.core.management import call_command
from registry_site.local.upgrades import problems
assert problems() == [], problems()
call_command("makemigrations", check_changes=True, verbosity=0)
call_command("migrate", interactive=False)
for step in ("load_codelists", "load_templates"):
    call_command(step)
call_command("rebuild_search", missing=True)
"""


class NextRelease:
    """Its code, below a directory of ours; nothing of this one's is changed."""

    def __init__(self, home: Path) -> None:
        self.code = home / "next"
        self.static = home / "next-static"
        self.code.mkdir()
        for name in DEPLOYED:
            source = ROOT / name
            copy = shutil.copytree if source.is_dir() else shutil.copy2
            copy(source, self.code / name)
        self._change("templates/base.html", "</main>", f"</main>\n  <p>{TEXT}</p>")
        activity = "processing/models/activity.py"
        before = "    withdrawal_reason = LimitedTextField("
        self._change(activity, before, f"    shelf = {FIELD}\n{before}")
        self._change(activity, '        "status",\n', '        "status",\n        "shelf",\n')
        migrations = self.code / "processing" / "migrations"
        last = max(path.stem for path in migrations.glob("[0-9]*.py"))
        text = MIGRATION.format(last=last, field=FIELD)
        (migrations / f"{int(last[:4]) + 1:04}_next.py").write_text(text)
        self._collect()

    def _collect(self) -> None:
        """As `collectstatic` would, which takes several seconds: one stylesheet differs."""
        shutil.copytree(settings.STATIC_ROOT, self.static)
        manifest = json.loads((self.static / MANIFEST).read_text())
        names = manifest["paths"]
        before = self.static / names["css/site.css"]
        names["css/site.css"] = "css/site.0123456789ab.css"
        style = before.read_text() + ".next { margin: 0; }\n"
        (self.static / names["css/site.css"]).write_text(style)
        (self.static / MANIFEST).write_text(json.dumps(manifest))
        for file in before.parent.glob(f"{before.name}*"):
            file.unlink()

    def _change(self, name: str, before: str, after: str) -> None:
        path = self.code / name
        text = path.read_text()
        assert text.count(before) == 1, f"{name} has no place for the change"
        path.write_text(text.replace(before, after))

    @property
    def variables(self) -> dict[str, str]:
        return {"STATIC_ROOT": str(self.static), "RELEASE": ""}

    def prepare(self, url: str) -> subprocess.Popen:
        """Begin to bring a database up to date, as is done before the release is started."""
        return subprocess.Popen(
            [sys.executable, "-c", PREPARE],
            cwd=self.code,
            env=self._environment(DATABASE_URL=url),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _environment(self, **variables: str) -> dict[str, str]:
        known = {"DJANGO_SETTINGS_MODULE": "registry_site.settings", "STATEMENT_TIMEOUT": "0"}
        return os.environ | known | self.variables | variables


def stylesheet_on(page: str) -> str:
    return re.search(r'<link rel="stylesheet" href="([^"]+)">', page)[1]
