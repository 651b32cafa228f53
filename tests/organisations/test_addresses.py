"""Addresses that are drawn up once are those that Django makes."""

from datetime import date

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, get_script_prefix, reverse, set_script_prefix
from django.utils.translation import override

from organisations.addresses import address
from organisations.languages import LANGUAGES

PAGES = [
    ("home", ()),
    ("linked_data:everything", ()),
    ("organisations:organisation_detail", ("body-a",)),
    ("contact:contact_form", ("body-1",)),
    ("finding:data_detail", ("01_03",)),
    ("processing:activity_detail", ("body-a", 7)),
    ("processing:activity_detail", ("987654000", 987_654_000)),
    ("processing:activity_compare", ("body-a", 7, 1, 12)),
    ("share:entry_image", ("body-a", 999_999_999)),
]


@pytest.fixture(params=["/", "/register/"])
def site_at(request):
    """Where the site stands on its host."""
    before = get_script_prefix()
    set_script_prefix(request.param)
    yield request.param
    set_script_prefix(before)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "at"), PAGES)
def test_address_is_that_of_django(name, at, language, site_at):
    template = Template("{% url name " + " ".join(map(repr, at)) + " %}")
    with override(language):
        expected = reverse(name, args=at)

        assert [address(name, *at) for _again in range(2)] == [expected] * 2
        assert template.render(Context({"name": name})) == expected
    assert expected.startswith(site_at)


@pytest.mark.parametrize("ending", ["ttl", "jsonld", "nt"])
def test_last_part_is_one_of_few(ending):
    at = ("body-a", 7, ending)

    assert address("linked_data:entry", *at[:2], last=ending) == reverse(
        "linked_data:entry", args=at
    )
    assert Template("{% url 'linked_data:entry' 'body-a' 7 ending %}").render(
        Context({"ending": ending})
    ) == reverse("linked_data:entry", args=at)


def test_tag_takes_what_else_django_takes():
    with override("en"):
        month = Template("{% url 'finding:change_month' month=month %}")
        missing = Template("{% url 'no-such-page' as found %}[{{ found }}]")
        kept = Template("{% url 'home' as found %}[{{ found }}]")

        assert month.render(Context({"month": date(2026, 11, 1)})) == "/en/changes/2026-11/"
        assert missing.render(Context()) == "[]"
        assert kept.render(Context()) == "[/en/]"


@pytest.mark.parametrize("part", ["a b", "", "../admin", 0, -1, None, "é"])
def test_tag_refuses_what_is_no_part_of_an_address(part):
    template = Template("{% url 'processing:activity_detail' 'body-a' part %}")

    with pytest.raises(NoReverseMatch):
        template.render(Context({"part": part}))
