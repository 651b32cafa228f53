"""An address that somebody typed in capitals leads to the page."""

import pytest
from django.test import Client

from tests import factories

pytestmark = pytest.mark.django_db

MOVED = {
    "/NL/": "/nl/",
    "/Fr": "/fr/",
    "/DE/Organisations/": "/de/organisations/",
    "/nl/processing/BODY-A/1/": "/nl/processing/body-a/1/",
    "/NL/processing/?theme=TAXE": "/nl/processing/?theme=TAXE",
    "/EN/GDPR/Access": "/en/gdpr/access/",
    # A code has capitals of its own.
    "/NL/Data/M1/": "/nl/data/M1/",
    "/NL/guide/01/TAXE/": "/nl/guide/01/TAXE/",
    "/Sitemap.xml": "/sitemap.xml",
    "/nl/organisations/BODY-A/contact/?kind=access": (
        "/nl/organisations/body-a/contact/?kind=access"
    ),
}


@pytest.mark.parametrize("address", MOVED)
def test_address_in_capitals_leads_to_the_one_in_small_letters(
    address, body_a, publisher_a, visitor
):
    factories.create_publication(body_a, by=publisher_a)

    response = visitor.get(address)

    assert (response.status_code, response.headers["Location"]) == (301, MOVED[address])
    assert visitor.get(MOVED[address]).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/NL/None/",
        "/NONE/",
        "/nl/data/ZZ/",
        "/ES/",
        "/NL//EVIL.EXAMPLE/",
        "/nl/processing/BODY-A/01/",
        # Signs that become ASCII when they are written small.
        "/nl/organisations/bod\N{KELVIN SIGN}/",
        "/ADMIN/",
        "/Admin/organisations/user/",
        "/NL/%0D%0ALocation:%20x/",
    ],
)
def test_address_that_is_not_there_in_small_letters_either_is_not_found(address, body_a, visitor):
    response = visitor.get(address)

    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize("path", ["//EVIL.EXAMPLE/", "//EVIL.EXAMPLE/NL/", "///NL/"])
def test_address_of_another_host_leads_nowhere(path, visitor):
    # The client of the tests would take the host out of the address.
    response = visitor.get("/", PATH_INFO=path)

    assert response.status_code == 404
    assert "Location" not in response.headers


@pytest.mark.parametrize("address", ["/admin/ORGANISATIONS/", "/admin/Processing/theme/"])
def test_admin_has_no_address_in_capitals(address, administrator):
    client = Client()
    client.force_login(administrator)

    assert client.get(address).status_code == 404


def test_form_is_not_sent_on(body_a, visitor):
    assert visitor.post("/nl/organisations/BODY-A/contact/").status_code == 404
