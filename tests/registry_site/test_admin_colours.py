"""The admin has the colours of the public pages, and they can be read."""

import re

import pytest
from django.conf import settings

STATIC = settings.BASE_DIR / "static"
TOKENS = (STATIC / "css" / "tokens.css").read_text()
COLOURS = (STATIC / "admin-register" / "colours.css").read_text()
VARIABLE = re.compile(r"--([\w-]+): (#[0-9a-f]+);")
# The admin, by where its variables stand: light, dark by the system, dark by choice.
THEMES = {
    "light": dict(VARIABLE.findall(COLOURS.split("@media")[0])),
    "dark": dict(VARIABLE.findall(COLOURS.split('html[data-theme="dark"]')[1])),
}
# (text, ground): as the stylesheets of the admin and ours put them together.
TOGETHER = [
    *(
        (text, ground)
        for text in ("body-fg", "link-fg", "link-hover-color", "body-quiet-color", "error-fg")
        for ground in ("body-bg", "darkened-bg", "selected-row", "register-tinted")
    ),
    *(("body-fg", f"message-{kind}-bg") for kind in ("success", "warning", "error")),
    *(("body-fg", "selected-bg"), ("link-fg", "selected-bg"), ("body-quiet-color", "selected-bg")),
    *((text, "header-bg") for text in ("header-color", "header-link-color")),
    ("header-branding-color", "header-bg"),
    *(("breadcrumbs-fg", "breadcrumbs-bg"), ("breadcrumbs-link-fg", "breadcrumbs-bg")),
    *(
        ("button-fg", f"{button}{hover}-bg")
        for button in ("button", "default-button", "close-button", "delete-button", "object-tools")
        for hover in ("", "-hover")
    ),
    *(("primary-fg", "primary"), ("primary-fg", "secondary"), ("header-link-color", "primary")),
    *(("register-warn", "body-bg"), ("register-warn", "register-tinted")),
]


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    parts = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """WCAG 2.2, between 1 and 21."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_has_a_contrast_of_four_and_a_half(theme):
    colours = THEMES[theme]

    faint = {
        (text, ground): round(contrast(colours[text], colours[ground]), 2)
        for text, ground in TOGETHER
        if contrast(colours[text], colours[ground]) < 4.5
    }

    assert faint == {}


@pytest.mark.parametrize("theme", THEMES)
def test_every_colour_is_one_of_the_public_pages(theme):
    light, dark = TOKENS.split("prefers-color-scheme: dark")
    known = dict(VARIABLE.findall(light)) | (
        dict(VARIABLE.findall(dark)) if theme == "dark" else {}
    )

    assert set(THEMES[theme].values()) <= set(known.values())


def test_dark_is_the_same_by_choice_and_by_the_system():
    by_system = COLOURS.split("prefers-color-scheme: dark")[1].split("html[data-theme")[0]

    assert dict(VARIABLE.findall(by_system)) == THEMES["dark"]
    assert THEMES["dark"].keys() == THEMES["light"].keys()
