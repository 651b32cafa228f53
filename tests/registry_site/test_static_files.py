import gzip
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

SOURCES = settings.BASE_DIR / "static" / "css"
MOST_BYTES = 20_000
APPS = ("organisations", "processing", "contact", "registry_site")


def stylesheet() -> str:
    name = staticfiles_storage.stored_name("css/site.css")
    with staticfiles_storage.open(name) as file:
        return file.read().decode()


def test_stylesheet_is_one_file():
    style = stylesheet()

    assert "@import" not in style
    assert "url(" not in style.replace('url("data:', "")
    assert len(gzip.compress(style.encode())) <= MOST_BYTES


def test_stylesheet_holds_every_component_in_its_layer():
    imported = re.findall(r'url\("(.+?)"\) layer\((\w+)\)', (SOURCES / "site.css").read_text())
    style = stylesheet()

    assert {name for name, _layer in imported} == {
        path.relative_to(SOURCES).as_posix()
        for path in SOURCES.rglob("*.css")
        if path.name != "site.css"
    }
    assert re.findall(r"^@layer (\w+) {$", style, re.MULTILINE) == [
        layer for _name, layer in imported
    ]
    for name, _layer in imported:
        assert rules_of(SOURCES / name) in style, name


def test_every_class_with_a_style_is_used():
    """By a template, or by what draws a part of one."""
    drawn = [
        path.read_text()
        for folder in (*APPS, "templates")
        for kind in ("*.py", "*.html", "*.svg")
        for path in (settings.BASE_DIR / folder).rglob(kind)
    ]
    script = (settings.BASE_DIR / "static" / "js" / "suggestions.js").read_text()
    classes = re.findall(r'class(?:="|: ")([^"]*)"', " ".join([*drawn, script]))
    used = set(re.findall(r"[\w-]+", " ".join(classes)))
    styled = {
        path.name: set(re.findall(r"\.([a-z][\w-]*)", rules_of(path)))
        for path in SOURCES.rglob("*.css")
        if path.name != "site.css"
    }

    assert {name: classes - used for name, classes in styled.items() if classes - used} == {}


def rules_of(path: Path) -> str:
    return re.sub(r"/\*.*?\*/\s*", "", path.read_text(), flags=re.DOTALL)


def test_every_colour_is_a_token():
    colour = re.compile(r"#[0-9a-f]{3,8}\b|\brgb|\bhsl|light-dark\(")
    written = {
        path.name: colour.findall(path.read_text())
        for path in (SOURCES / "components").glob("*.css")
    }

    assert {name: colours for name, colours in written.items() if colours} == {}
