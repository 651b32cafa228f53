"""Each name of a term or a body finds what is filed under it, in every language of the site."""

import io
from collections.abc import Iterator
from itertools import product

import pytest
from django.core.management import call_command
from pyroaring import BitMap

from organisations.directory import directories
from organisations.languages import LANGUAGES
from organisations.models import Organisation
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.finding.filters import FILTERED_LISTS, OTHER_LISTS, facet_index_at
from processing.finding.search import Search
from processing.models import DataItem, ProcessingActivity, Purpose, Recipient, Transfer
from tests import factories
from tests.processing.finding.pages import find, found

pytestmark = pytest.mark.django_db
LISTS = FILTERED_LISTS | OTHER_LISTS


@pytest.fixture
def register(administrator, settings) -> None:
    """An entry of every body, each filed under other terms, until every term has one."""
    # Names are found by their words.
    settings.SEARCH_MEANING = False
    call_command("load_organisations", stdout=io.StringIO())
    bodies = list(Organisation.objects.order_by("slug"))
    lists = code_lists_at(current_revision())["nl"]
    codes = {name: list(lists[code_list]) for name, code_list in LISTS.items()}
    for place in range(max(len(bodies), *map(len, codes.values()))):
        term = {name: listed[place % len(listed)] for name, listed in codes.items()}
        # No word of any name stands in its texts.
        activity = factories.create_activity(
            bodies[place % len(bodies)], name=f"Qwx{place}", language=LANGUAGES[place % 4]
        )
        file_under(activity, **term)
        activity.publish(by=administrator)


def file_under(
    activity: ProcessingActivity,
    *,
    theme: str,
    people: str,
    data: str,
    purpose: str,
    recipient: str,
    processing_type: str,
    measure: str,
    mechanism: str,
) -> None:
    activity.themes.set([theme])
    activity.data_subjects.set([people])
    activity.processing_types.set([processing_type])
    activity.security_measures.set([measure])
    DataItem.objects.filter(activity=activity).update(category_id=data)
    Purpose.objects.filter(activity=activity).update(category_id=purpose)
    Recipient.objects.create(activity=activity, category_id=recipient)
    Transfer.objects.create(activity=activity, mechanism_id=mechanism, country="US")


def names() -> Iterator[tuple[str, str, str]]:
    """Each name in each language, with the filter and the option that it is the name of."""
    revision = current_revision()
    for language in LANGUAGES:
        for name, code_list in LISTS.items():
            for term in code_lists_at(revision)[language][code_list].values():
                yield term.label.plain, name, term.code
        for body in directories(revision)[language]:
            yield body.name.plain, "body", body.slug
            yield body.call_name.plain, "body", body.slug


def test_name_in_any_language_finds_what_is_filed_under_it(register):
    revision = current_revision()
    facets = facet_index_at(revision)
    filed: dict[str, BitMap] = {}
    for name, filter_name, option in names():
        filed[name] = filed.get(name, BitMap()) | facets.options[filter_name][option]

    missed = [
        (language, name)
        for language, (name, entries) in product(LANGUAGES, filed.items())
        if not entries or entries - Search(name, language, facets, revision).entries
    ]

    assert missed == []
    assert len(filed) > 1200


@pytest.fixture
def filed(body_a, publisher_a) -> ProcessingActivity:
    """An entry that is filed under one term of each list, and another that is not."""
    factories.create_activity(body_a, name="Another", language="nl").publish(by=publisher_a)
    activity = factories.create_activity(body_a, name="Qwx", language="nl")
    file_under(
        activity,
        theme="HEAL",
        people="16",
        data="M1",
        purpose="A1_01",
        recipient="H",
        processing_type="02",
        measure="08",
        mechanism="01",
    )
    activity.publish(by=publisher_a)
    return activity


def test_pages_show_what_the_entry_is_filed_under(filed, visitor):
    lists = code_lists_at(current_revision())
    terms = {"processing_types": "02", "security_measures": "08", "transfer_mechanisms": "01"}

    wrong = []
    for (name, code), language, shown_in in product(terms.items(), LANGUAGES, LANGUAGES):
        text = find(visitor, shown_in, q=lists[language][name][code].label.plain)
        if found(text) != ["Qwx"] or f" {lists[shown_in][name][code].label}</p>" not in text:
            wrong.append((name, language, shown_in))

    assert wrong == []
