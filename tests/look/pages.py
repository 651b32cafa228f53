"""Which pages stand for all: each template, and each state that it has."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

PATHS = (
    "",
    "organisations/",
    "organisations/?q=pension",
    "organisations/fps-finance/",
    "processing/",
    "processing/fps-finance/1/",
    "processing/fps-finance/1/history/",
    "processing/fps-finance/1/versions/1/",
    "processing/fps-finance/1/compare/1/2/",
    "processing/?q=politie&theme=HEAL",
    "processing/?q=weduwepensioen",
    "processing/?q=qqqqqqq",
    "processing/?body=fps-mobility&more=department",
    "data/",
    "data/M/",
    "people/",
    "people/16/",
    "exchanges/",
    "exchanges/?show=list",
    "exchanges/?from=fps-finance",
    "changes/",
    "changes/?body=fps-finance",
    "guide/16/",
    "guide/16/HEAL/",
    "contact/",
    "contact/?kind=erasure",
    "organisations/fps-justice/contact/",
    "organisations/fps-justice/contact/?activity=1",
    "terms/security-measures/",
    "gdpr/",
    "gdpr/rights/",
    "gdpr/access/",
    "gdpr/personal-data/",
    "gdpr/complaint/",
    "gdpr/glossary/",
    "about/",
    "privacy/",
    "accessibility/",
    "open-data/",
    "open-data/api/",
    "disclaimer/",
)

# What is no page: nothing there, no longer there, not understood.
ERRORS = {
    "processing/fps-finance/1000/": 404,
    "processing/fps-justice/8/": 410,
    "processing/?q=%ff": 400,
}


@dataclass(frozen=True)
class Shown:
    """A page in a window."""

    name: str
    status: int


def every_page(window, site, language: str) -> Iterator[Shown]:
    """Open one after the other in this window."""
    for path, status in [*((path, 200) for path in PATHS), *ERRORS.items()]:
        answer = window.goto(f"{site.url}/{language}/{path}")
        assert answer.status == status, path
        yield Shown(path or "home", status)
    for name, act in ACTS.items():
        window.goto(f"{site.url}/{language}/organisations/fps-justice/contact/")
        act(window)
        yield Shown(name, 422)


def _send_nothing(window) -> None:
    form = window.locator("main form").last
    form.evaluate("form => { form.noValidate = true; }")
    with window.expect_navigation():
        form.evaluate("form => form.requestSubmit()")


ACTS: dict[str, Callable] = {"a form with errors": _send_nothing}
