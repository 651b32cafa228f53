"""What others read of this repository before they use it: publiccode.yml, REUSE.toml."""

import re
import tomllib

import yaml
from django.conf import settings

from tests.running_site import ROOT

LICENCE = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["license"]


def test_publiccode_tells_what_is_known_and_nothing_else():
    told = yaml.safe_load((ROOT / "publiccode.yml").read_text())
    languages = {code for code, _name in settings.LANGUAGES}

    assert told["publiccodeYmlVersion"] == "0.7"
    assert told["legal"]["license"] == LICENCE
    assert set(told["description"]) == set(told["localisation"]["availableLanguages"]) == languages
    for text in told["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert 150 <= len(text["longDescription"]) <= 10_000
    # Only who publishes it knows these.
    assert {"url", "maintenance", "landingURL"}.isdisjoint(told)


def test_every_licence_has_its_text_and_every_vendored_directory_a_licence():
    annotations = tomllib.loads((ROOT / "REUSE.toml").read_text())["annotations"]
    used = {
        name for each in annotations for name in re.split(" AND ", each["SPDX-License-Identifier"])
    }

    assert {path.stem for path in (ROOT / "LICENSES").iterdir()} == used
    assert (ROOT / "LICENSES" / f"{LICENCE}.txt").read_text() == (ROOT / "LICENSE").read_text()
    vendored = {f"static/vendor/{path.name}/**" for path in (ROOT / "static/vendor").iterdir()}
    assert vendored <= {each["path"] for each in annotations}
