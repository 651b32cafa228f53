"""Whom a citizen may mean: bodies by what somebody types of their names, in any language."""

from organisations.choice_search import Choice, best_first, fit, typed_words
from organisations.directory import Body, Directory, directories
from organisations.languages import LANGUAGES
from organisations.revision import RegisterRevision, kept_until_changed


def named(text: str, directory: Directory, revision: RegisterRevision) -> list[Body]:
    """The public bodies whose names hold the words, the best first, as this directory has them."""
    typed = typed_words(text)
    if not typed:
        return []
    choices = _choices(revision)
    return best_first((body, fit(typed, choices[body.slug])) for body in directory)


@kept_until_changed("organisations")
def _choices(revision: RegisterRevision) -> dict[str, Choice]:
    """What tells each body apart, by its slug."""
    found = directories(revision)
    return {
        body.slug: Choice(
            codes=[body.slug, *_short_names(body.slug, found)],
            labels={code: found[code].by_slug[body.slug].name for code in LANGUAGES},
            synonyms=body.former_names.splitlines(),
        )
        for body in found[LANGUAGES[0]]
    }


def _short_names(slug: str, found: dict[str, Directory]) -> list[str]:
    names = (found[code].by_slug[slug].short_name for code in LANGUAGES)
    return [name for name in names if name]
