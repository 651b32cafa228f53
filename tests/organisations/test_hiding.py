"""A body that is hidden disappears, however long the database takes to count its words out."""

import pytest
from django.db import connection
from django.test import Client

from organisations.models import Organisation
from processing.models import SearchWord
from tests import factories

pytestmark = pytest.mark.django_db

# Counting takes longer than a query of a page may.
SLOW = """
CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_sleep(0.6); RETURN NULL; END $$;
CREATE TRIGGER slow AFTER DELETE ON processing_searchword
FOR EACH STATEMENT EXECUTE FUNCTION slow();
SET LOCAL statement_timeout = 500;
"""


def test_large_body_can_be_hidden(body_a, publisher_a, administrator):
    factories.create_publication(body_a, by=publisher_a, name="Visitors")
    client = Client()
    client.force_login(administrator)
    address = f"/admin/organisations/organisation/{body_a.pk}/change/"
    form = client.get(address).context["adminform"].form
    values = {name: form[name].value() or "" for name in form.fields}
    formsets = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    with connection.cursor() as cursor:
        cursor.execute(SLOW)

    response = client.post(address, values | formsets | {"is_public": ""})

    assert response.status_code == 302
    assert not Organisation.objects.get(pk=body_a.pk).is_public
    assert list(SearchWord.objects.all()) == []
