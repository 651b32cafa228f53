"""The page of components, for who develops: complete there, and nowhere else."""

import re

import pytest
from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from registry_site.styleguide import STATES, states, styleguide, styleguide_patterns

SOURCES = settings.BASE_DIR / "static" / "css"


def test_it_is_routed_while_developing_only():
    assert styleguide_patterns(is_development=False) == []
    assert [str(found.pattern) for found in styleguide_patterns(is_development=True)] == [
        "styleguide/",
        "styleguide/states.css",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/styleguide/", "/styleguide/states.css", "/en/styleguide/"])
def test_in_production_there_is_no_such_page(address, visitor):
    assert visitor.get(address).status_code == 404
    with pytest.raises(NoReverseMatch):
        reverse("styleguide")


class TestWhileDeveloping:
    @pytest.fixture
    def urlconf(self, settings, monkeypatch):
        """The addresses of the site with those of the style page."""
        from registry_site import urls

        added = styleguide_patterns(is_development=True)
        monkeypatch.setattr(urls, "urlpatterns", [*added, *urls.urlpatterns])
        # Another name, so that nothing that was resolved before is taken for it.
        settings.ROOT_URLCONF = tuple(urls.urlpatterns)
        with override("en"):
            yield

    @pytest.fixture
    def page(self, urlconf, rf) -> str:
        return styleguide(rf.get("/styleguide/")).text

    def test_it_shows_every_component_class(self, page):
        shown = set(re.findall(r"[\w-]+", " ".join(re.findall(r'class="([^"]*)"', page))))

        for name in ("controls", "choices", "disclosure", "tables"):
            style = (SOURCES / "components" / f"{name}.css").read_text()
            assert set(re.findall(r"\.([a-z][\w-]*)", style)) <= shown, name

    def test_it_shows_every_state(self, page):
        for shown in STATES.values():
            assert shown[1:] in page
        assert 'aria-current="page"' in page
        assert 'aria-invalid="true"' in page
        assert " disabled>" in page

    def test_names_of_places_are_unique(self, page):
        places = re.findall(r'\sid="([^"]+)"', page)

        assert len(places) == len(set(places))

    def test_states_are_those_of_the_stylesheet(self, rf):
        style = states(rf.get("/styleguide/states.css")).text

        assert "@import" not in style
        assert ".button.is-hover" in style
        for state in STATES:
            assert state not in style
