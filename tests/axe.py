"""axe, the checker of accessibility, in the windows of the tests.

A package brings one; the newer one that `.ci/run` fetches takes half the time.
"""

from collections.abc import Sequence
from pathlib import Path

import axe_playwright_python

from tests.running_site import ROOT

NEWER = ROOT / "var" / "tools" / "node_modules" / "axe-core" / "axe.min.js"
OF_PACKAGE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
SCRIPT = (NEWER if NEWER.exists() else OF_PACKAGE).read_text(encoding="utf-8")

# It need not fetch the stylesheets again: what it would look for in them are films and sounds.
RUN = """async options => {
    const found = await axe.run({preload: false, resultTypes: ["violations"], ...options});
    return found.violations;
}"""


def load(window) -> None:
    """Into the page of this window, once."""
    if window.evaluate("typeof axe === 'undefined'"):
        window.evaluate(SCRIPT)


def violations(window, only: Sequence[str] = (), **options: object) -> list[dict]:
    """What is wrong with the page in this window; by these rules only where they are named."""
    load(window)
    return window.evaluate(RUN, options | ({"runOnly": only} if only else {}))
