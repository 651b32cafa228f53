"""The mark of the site: the same lines and colours on pages, in icons and in pictures."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from PIL import Image

from registry_site.sharing import drawing

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
LIGHT, DARK = TOKENS.split("prefers-color-scheme: dark")
HEAD = "includes/icons.html"


def token(name: str, tokens: str) -> str:
    return re.search(rf"--{name}: (#[0-9a-f]+);", tokens)[1]


def test_colour_of_the_browser_is_that_of_the_bar():
    colours = re.findall(
        r'name="theme-color" content="(.+?)" media="\(prefers-color-scheme: (\w+)\)"',
        render_to_string(HEAD),
    )

    assert colours == [(token("brand", LIGHT), "light"), (token("brand", DARK), "dark")]


def test_icon_is_the_mark_on_the_colour_of_the_bar():
    mark = (settings.BASE_DIR / "templates" / "includes" / "mark.svg").read_text()
    icon = (settings.BASE_DIR / "static" / "icon.svg").read_text()

    shapes = r'd="[^"]+"|cx="\d+" cy="\d+" r="[\d.]+"'
    assert re.findall(shapes, icon) == re.findall(shapes, mark)
    assert f'fill="{token("brand", LIGHT)}"' in icon
    assert icon.count(f'fill="{token("focus", LIGHT)}"') == mark.count('class="lit"')


@pytest.mark.parametrize("size", [32, 180])
def test_icons_for_browsers_that_know_no_svg_have_their_size(size):
    with Image.open(finders.find(f"icon-{size}.png")) as icon:
        assert (icon.format, icon.size) == ("PNG", (size, size))


def test_pictures_have_the_colours_of_the_pages():
    assert (token("brand", LIGHT), token("focus", LIGHT)) == (drawing.BRAND, drawing.LIT)
    assert (token("sens-tint", LIGHT), token("sens", LIGHT)) == (drawing.WARN_TINT, drawing.WARN)
