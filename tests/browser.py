"""The browser of the tests: the Chromium of the machine."""

import shutil

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
needs_browser = pytest.mark.skipif(not CHROMIUM, reason="no Chromium: apt-get install chromium")
