"""The message catalogues: collect the texts of the code, and say what is not complete.

`python -m registry_site.local.catalogues` collects; needs GNU gettext.
"""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

BASE_DIR = Path(__file__).resolve().parent.parent.parent
LOCALE = BASE_DIR / "locale"
# What the texts are translated into. English needs no catalogue: it stands in the code.
LANGUAGES = ("nl", "fr", "de")
# Header lines that say when and by whom, not what.
NOISE = (
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Report-Msgid-Bugs-To",
)


def collect() -> None:
    """Bring all catalogues up to date with the texts in the code; raises SystemExit if it fails."""
    for program in ("xgettext", "msgmerge", "msgattrib"):
        if not shutil.which(program):
            raise SystemExit(f"{program} is missing: install GNU gettext.")
    languages = [f"--locale={language}" for language in LANGUAGES]
    ignored = [f"--ignore={name}" for name in (".venv", "var", "tests", "static")]
    form = ["--no-obsolete", "--no-wrap", "--add-location=file", "--verbosity=0"]
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", *languages, *ignored, *form],
        cwd=BASE_DIR,
        check=True,
    )
    for language in LANGUAGES:
        path = catalogue_path(language)
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not line.startswith(tuple(f'"{n}' for n in NOISE))]
        path.write_text("".join(kept), encoding="utf-8")


def catalogue_path(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    with catalogue_path(language).open("rb") as file:
        return read_po(file, locale=language)


def texts(language: str, places: tuple[str, ...] = ("",)) -> Iterator[str]:
    """The texts in one language that stand in these files, each form of those with a number."""
    is_translated = language in LANGUAGES
    for message in read(language if is_translated else LANGUAGES[0]):
        if message.id and any(path.startswith(places) for path, _line in message.locations):
            text = message.string if is_translated else message.id
            yield from filter(None, text if isinstance(text, tuple | list) else [text])


def problems() -> list[str]:
    """What keeps the catalogues from being complete: missing, fuzzy, obsolete, broken texts."""
    found = []
    for language in LANGUAGES:
        catalogue = read(language)
        found += [f"{language}: obsolete: {message_id}" for message_id in catalogue.obsolete]
        for message in catalogue:
            if message.id:
                found += [
                    f"{language}: {problem}: {message.id}" for problem in message_problems(message)
                ]
    return found


def message_problems(message: Message) -> list[str]:
    texts = message.string if isinstance(message.string, tuple | list) else (message.string,)
    found = []
    if not all(texts):
        found.append("not translated")
    if message.fuzzy:
        found.append("fuzzy")
    if all(texts):
        found += [str(error) for error in message.check()]
    return found


if __name__ == "__main__":
    collect()
    if remaining := problems():
        print("\n".join(remaining))
        print(f"{len(remaining)} texts to translate or to mend.")
