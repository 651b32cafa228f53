"""Ask the API of a running site all that its description allows, and much that it does not.

`make api-fuzz`: Schemathesis makes the requests, and compares each answer with the description. It
has an environment of its own, in var/: it brings thirty packages that nothing else here needs.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.running_site import RunningSite

ROOT = Path(__file__).resolve().parent.parent.parent
HOME = ROOT / "var" / "api-fuzz"
PACKAGES = ROOT / "requirements" / "api-fuzz.txt"
SETTINGS = Path(__file__).with_name("schemathesis.toml")
HOOKS = Path(__file__).with_name("hooks.py")
GENERATED = re.compile(r"(\d+) generated")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests.api_fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=200, help="so many an operation, at most")
    parser.add_argument("--least", type=int, default=0, help="fail below so many requests")
    parser.add_argument("--seed", type=int, help="the one that an earlier run told")
    options = parser.parse_args()
    program = _installed()
    site = RunningSite()
    try:
        site.start()
        return _ask(program, site, options)
    finally:
        if site.process and site.process.poll() is None:
            site.stop()
        site.remove()


def _ask(program: Path, site: RunningSite, options: argparse.Namespace) -> int:
    description = HOME / "openapi.json"
    told = json.loads(site.get("/api/v1/doc/openapi.json").text)
    description.write_text(json.dumps(_strict(told)))
    command = [program, "--config-file", SETTINGS, "run", description]
    command += ["--url", f"{site.url}/api/v1", "--max-examples", str(options.examples)]
    command += ["--seed", str(options.seed)] if options.seed else []
    environment = os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)}
    done = subprocess.run(command, cwd=HOME, env=environment, stdout=subprocess.PIPE, text=True)
    print(done.stdout)
    found = GENERATED.search(done.stdout)
    if not found or int(found[1]) < options.least:
        print(f"fewer than {options.least} requests")
        return 1
    return done.returncode


def _strict(told: object) -> object:
    """A description by which an answer may hold nothing that it does not declare."""
    if isinstance(told, list):
        return [_strict(each) for each in told]
    if not isinstance(told, dict):
        return told
    strict = {name: _strict(value) for name, value in told.items()}
    if "properties" in strict and strict.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    return strict


def _installed() -> Path:
    """Schemathesis, as requirements/api-fuzz.txt has it."""
    python, noted = HOME / "bin" / "python", HOME / "installed.txt"
    if not noted.exists() or noted.read_text() != PACKAGES.read_text():
        subprocess.run([sys.executable, "-m", "venv", HOME], check=True)
        install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*install, "--require-hashes", "-r", PACKAGES], check=True)
        noted.write_text(PACKAGES.read_text())
    return HOME / "bin" / "schemathesis"


if __name__ == "__main__":
    sys.exit(main())
