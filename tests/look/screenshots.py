"""Pictures of the key pages, for who decides whether to use this: `make screenshots`."""

from io import BytesIO
from itertools import cycle

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser import CHROMIUM
from tests.running_site import ROOT, RunningSite

DIRECTORY = ROOT / "docs" / "screenshots"
PAGES = {
    "home": "",
    "search": "processing/",
    "found": "processing/?q=pension",
    "entry": "processing/fps-finance/1/",
    "compare": "processing/fps-finance/1/compare/1/2/",
    "bodies": "organisations/",
    "body": "organisations/fps-finance/",
    "exchanges": "exchanges/",
    "people": "people/16/",
    "changes": "changes/",
    "contact": "organisations/fps-justice/contact/",
    "rights": "gdpr/",
}
WINDOWS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}
LANGUAGES = ("nl", "fr", "de", "en")
# Flat colours need no more.
COLOURS = 64


def main() -> None:
    DIRECTORY.mkdir(exist_ok=True)
    site = RunningSite()
    try:
        site.start()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for (name, path), language in zip(PAGES.items(), cycle(LANGUAGES), strict=False):
                for window, size in WINDOWS.items():
                    for scheme in ("light", "dark"):
                        page = browser.new_page(viewport=size, color_scheme=scheme)
                        page.goto(f"{site.url}/{language}/{path}")
                        picture = Image.open(BytesIO(page.screenshot()))
                        picture.convert("RGB").quantize(COLOURS).save(
                            DIRECTORY / f"{name}-{window}-{scheme}.png", optimize=True
                        )
                        page.close()
    finally:
        site.stop()
        site.remove()


if __name__ == "__main__":
    main()
