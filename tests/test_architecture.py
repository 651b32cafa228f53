"""Imports run one way, and the public side cannot reach the working copy."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

from tests.addresses import patterns

ROOT = Path(__file__).resolve().parent.parent
APPS = ("organisations", "processing", "contact", "registry_site")
# What an app may import of ours beside itself.
MAY_IMPORT = {
    "organisations": set(),
    "processing": {"organisations"},
    "contact": {"organisations", "processing"},
    "registry_site": {"organisations", "processing", "contact"},
}
# The working copy: only the editors' side and the door may know it.
WORKING_COPY = {
    "processing.models",
    *(
        f"processing.models.{name}"
        for name in (
            *("activity", "workflow", "erasure", "parts", "purposes", "data", "parties"),
            *("history", "template", "form_draft", "words", "numbering"),
            "register_import",
        )
    ),
    "processing.snapshots",
}
WORKING_COPY_NAMES = {"working_copy", "working_copy_id", "activities", "get_model", "apps"}


def module_files() -> list[Path]:
    return sorted(path for app in APPS for path in (ROOT / app).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in module_files()}


def imports(path: Path) -> set[str]:
    """Our modules that a file imports: `from a import b` counts as a.b when that is a module."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                found.add(inner if inner in MODULES else node.module)
    return {name for name in found if name.split(".")[0] in APPS}


@pytest.mark.parametrize("path", module_files(), ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_run_one_way(path):
    app = path.relative_to(ROOT).parts[0]

    foreign = {name.split(".")[0] for name in imports(path)} - {app}

    assert foreign <= MAY_IMPORT[app]


@pytest.mark.parametrize(
    "path",
    [path for path in module_files() if "models" in path.parts or path.name == "models.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_models_import_no_forms_views_or_admin(path):
    names = {part for name in imports(path) for part in name.split(".")}

    assert not names & {"forms", "views", "admin", "urls"}


def public_modules() -> set[str]:
    """The modules of every view outside the admin and all that they import of ours."""
    assert get_resolver().url_patterns
    waiting = {
        view.__module__
        for _route, pattern in patterns()
        if (view := unwrap(pattern.callback)).__module__.split(".")[0] in APPS
    }
    waiting |= {"registry_site.urls", "registry_site.sitemaps", "registry_site.context_processors"}
    # What a request meets before a view, and what templates load.
    waiting |= {path.rpartition(".")[0] for path in settings.MIDDLEWARE} & set(MODULES)
    waiting |= {name for name in MODULES if ".templatetags." in name}
    reached = set()
    while waiting:
        name = waiting.pop()
        if name in reached or name not in MODULES:
            continue
        reached.add(name)
        waiting |= imports(MODULES[name])
    return reached


def unwrap(view):
    view = getattr(view, "func", view)
    while hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    return view


def test_public_modules_are_found():
    found = public_modules()

    assert {"processing.views.entries", "processing.entry.layout", "registry_site.views"} <= found
    assert "processing.models.publication" in found


def test_public_modules_do_not_import_the_working_copy():
    reached = public_modules()

    assert not reached & WORKING_COPY


def test_public_modules_do_not_walk_from_a_publication_to_the_working_copy():
    offending = []
    for name in public_modules() - {"processing.models.publication"}:
        tree = ast.parse(MODULES[name].read_text())
        for node in ast.walk(tree):
            words = set()
            if isinstance(node, ast.Attribute):
                words = {node.attr}
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                words = set(node.value.split("__"))
            elif isinstance(node, ast.keyword) and node.arg:
                words = set(node.arg.split("__"))
            if words & WORKING_COPY_NAMES:
                offending.append(f"{name}:{node.lineno}")
    assert offending == []


def test_no_other_path_leads_from_a_public_model_to_the_working_copy():
    """Reverse relations are the paths that no import shows."""
    hidden = {
        model
        for model in apps.get_app_config("processing").get_models(include_auto_created=True)
        if model.__module__ in WORKING_COPY
    }
    paths = {
        relation.get_accessor_name()
        for model in set(apps.get_models()) - hidden
        for relation in model._meta.related_objects
        if relation.related_model in hidden and not relation.hidden
    }

    assert paths == {"activities"}
    assert hidden
