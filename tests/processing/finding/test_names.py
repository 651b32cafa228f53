"""Each name of a term or a body finds what is filed under it, in every language of the site."""

import io
from collections.abc import Iterator
from itertools import count

import pytest
from django.core.management import call_command

from organisations.directory import directories
from organisations.languages import LANGUAGES
from organisations.models import Organisation
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.finding.filters import FILTERED_LISTS, facet_index_at
from processing.finding.search import Search
from processing.models import DataItem, Purpose, Recipient
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(administrator) -> None:
    """An entry of every body, each filed under other terms, until every term has one."""
    call_command("load_organisations", stdout=io.StringIO())
    bodies = list(Organisation.objects.order_by("slug"))
    lists = code_lists_at(current_revision())["nl"]
    codes = {name: list(lists[code_list]) for name, code_list in FILTERED_LISTS.items()}
    for place in range(max(len(bodies), *map(len, codes.values()))):
        term = {name: listed[place % len(listed)] for name, listed in codes.items()}
        # No word of any name stands in its texts.
        activity = factories.create_activity(
            bodies[place % len(bodies)], name=f"Qwx{place}", language=LANGUAGES[place % 4]
        )
        activity.themes.set([term["theme"]])
        activity.data_subjects.set([term["people"]])
        DataItem.objects.filter(activity=activity).update(category_id=term["data"])
        Purpose.objects.filter(activity=activity).update(category_id=term["purpose"])
        Recipient.objects.create(activity=activity, category_id=term["recipient"])
        activity.publish(by=administrator)


def names(language: str) -> Iterator[tuple[str, str, str]]:
    """Filter, option and each of its names in the language."""
    revision = current_revision()
    for name, code_list in FILTERED_LISTS.items():
        for term in code_lists_at(revision)[language][code_list].values():
            yield name, term.code, term.label.plain
    for body in directories(revision)[language]:
        yield "body", body.slug, body.name.plain
        yield "body", body.slug, body.call_name.plain


def test_name_in_any_language_finds_what_is_filed_under_it(register):
    revision = current_revision()
    facets = facet_index_at(revision)
    turn = count()

    missed, asked = [], 0
    for language in LANGUAGES:
        for filter_name, option, name in dict.fromkeys(names(language)):
            # On pages of its own language, and of one other language in turn.
            for page in (language, *[o for o in LANGUAGES if o != language][next(turn) % 3 :][:1]):
                filed = facets.options[filter_name][option]
                missing = filed - Search(name, page, facets, revision).entries
                asked += 1
                if missing or not filed:
                    missed.append((page, language, filter_name, option, name))

    assert missed == []
    assert asked >= 2 * len(LANGUAGES) * 300
