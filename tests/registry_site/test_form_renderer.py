"""Forms that are drawn without templates look as Django's templates draw them."""

import re

import pytest
from django.test import Client

from processing.models import ProcessingActivity
from tests import factories
from tests.admin_forms import ACTIVITIES, form_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a, body_b) -> ProcessingActivity:
    return factories.create_full_activity(body_a, body_b, "<b>&\"'é")


@pytest.fixture
def central(administrator) -> Client:
    client = Client()
    client.force_login(administrator)
    return client


def plainly(page: str) -> str:
    """Without what differs from one answer to the next, and without the space between tags."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
    page = re.sub(r'name="draft" value="[\w-]+"', "", page)
    page = re.sub(r"<script[^>]*>.*?</script>|<!--.*?-->", "", page, flags=re.S)
    return re.sub(r"\s*(<[^>]*>)\s*", lambda tag: f"\n{' '.join(tag[1].split())}\n", page)


def drawn_by_django(ask, settings) -> str:
    settings.FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
    return ask()


@pytest.mark.parametrize("state", ["change", "add", "errors"])
def test_form_of_an_activity_is_drawn_as_by_django(state, central, activity, settings):
    address = f"{ACTIVITIES}{activity.pk}/change/"
    wrong = form_of(central, activity) | {
        **{"retention-0-period": "x", "legal_grounds-0-law_url": "<x>", "starts_on": "x"},
        **{"transfers-0-country": "FR", "summary_nl": "x" * 6000, "data-0-category": ""},
    }
    ask = {
        "change": lambda: central.get(address).text,
        "add": lambda: central.get(f"{ACTIVITIES}add/").text,
        "errors": lambda: central.post(address, wrong).text,
    }[state]

    ours = ask()
    theirs = drawn_by_django(ask, settings)

    assert plainly(ours).splitlines() == plainly(theirs).splitlines()
    assert ("errorlist" in ours) == (state == "errors")


@pytest.mark.parametrize(
    "address", ["/admin/organisations/user/add/", "/admin/processing/theme/add/"]
)
def test_other_forms_are_drawn_as_by_django(address, central, settings):
    def ask() -> str:
        return central.post(address, {"email": "<", "is_active": "on"}).text

    ours = ask()

    assert plainly(ours) == plainly(drawn_by_django(ask, settings))
