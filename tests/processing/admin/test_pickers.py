"""What people find in the searchable fields of the admin, whichever words they know it by."""

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from organisations.models import Organisation
from processing.models import DataCategory, Synonym, Theme
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

DATA = ("dataitem", "category")
PEOPLE = ("processingactivity", "data_subjects")
PURPOSES = ("purpose", "category")
MECHANISMS = ("transfer", "mechanism")
BODIES = ("recipient", "organisation")


def offered(person: Client, field: tuple[str, str], term: str) -> list[dict[str, str]]:
    model, name = field
    asked = {"app_label": "processing", "model_name": model, "field_name": name, "term": term}
    answer = person.get(reverse("admin:autocomplete"), asked)
    assert answer.status_code == 200
    return answer.json()["results"]


def keys(person: Client, field: tuple[str, str], term: str) -> list[str]:
    return [row["id"] for row in offered(person, field, term)]


@pytest.mark.parametrize(
    ("field", "term", "code"),
    [
        (DATA, "paspoort", "A2"),
        (DATA, "passeport", "A2"),
        (DATA, "Ausweis", "A2"),
        (DATA, "Ausweis", "O12"),
        (DATA, "passport", "A2"),
        (DATA, "e-mail", "A1"),
        (DATA, "email", "A1"),
        (DATA, "E‑Mail-Adresse", "A1"),
        (DATA, "IBAN", "B01"),
        (DATA, "iban", "B01"),
        (DATA, "kinderen", "G3"),
        (DATA, "KINDEREN", "G3"),
        (DATA, "b01", "B01"),
        (DATA, "données d'identification", "A1"),
        (DATA, "donnees d’identification", "A1"),
        (DATA, "kenmerken woning", "L1"),
        (PEOPLE, "kinderen", "09"),
        (PEOPLE, "etranger", "01_08"),
        (PEOPLE, "étranger", "01_08"),
        (PURPOSES, "etranger", "B4_03"),
        (MECHANISMS, "SCC", "02"),
    ],
)
def test_term_is_found_by_what_people_call_it(field, term, code, editor):
    assert code in keys(editor, field, term)


@pytest.mark.parametrize("language", LANGUAGES)
def test_term_is_found_in_all_languages_whichever_the_reader_has(language, editor_a, editor):
    editor_a.language = language
    editor_a.save()

    for term in ("rekeningnummer", "numero de compte", "kontonummer", "account number"):
        assert "B01" in keys(editor, DATA, term)


def test_what_nothing_is_called_finds_nothing(editor):
    assert keys(editor, DATA, "zzzz") == []
    assert keys(editor, DATA, "?!") == []


def test_best_comes_first(editor):
    Theme.objects.all().update(is_active=False)
    for code, label, definition in (
        ("IN_DEFINITION", "Other", "Also about boats."),
        ("BY_SYNONYM", "Vessels", ""),
        ("IN_LABEL", "Small boats", ""),
        ("BEGINNING", "Boats and ships", ""),
        ("BOAT", "Something else", ""),
    ):
        Theme.objects.create(code=code, label_en=label, definition_en=definition)
    Synonym.objects.create(language="en", everyday="boat", means="nothing of ours, vessels")

    found = keys(editor, ("processingactivity", "themes"), "boat")

    assert found == ["BOAT", "BEGINNING", "IN_LABEL", "BY_SYNONYM", "IN_DEFINITION"]


def test_everyday_word_stands_for_texts_of_its_own_language(editor):
    Synonym.objects.create(language="fr", everyday="gift", means="rekeningnummer")

    assert keys(editor, DATA, "gift") == []


@pytest.mark.parametrize("term", ["kenteken", "X"])
def test_retired_term_is_not_offered(term, editor):
    Synonym.objects.create(language="nl", everyday="kenteken", means="nummerplaat")
    before = keys(editor, DATA, term)

    DataCategory.objects.filter(code="X").update(is_active=False)

    assert "X" in before
    assert set(before) - set(keys(editor, DATA, term)) == {"X"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", "X1 Nummerplaat"),
        ("fr", "X1 Plaque d’immatriculation"),
        ("en", "X1 Number plate"),
    ],
)
def test_label_that_stands_twice_is_told_with_the_term_above_it(language, text, editor_a, editor):
    editor_a.language = language
    editor_a.save()

    texts = {row["id"]: row["text"] for row in offered(editor, DATA, "nummerplaat")}

    assert texts["X1"].startswith(f"{text} (")
    assert texts["X"] in texts["X1"].removeprefix(text)


def test_chosen_term_is_called_as_it_was_offered(editor, body_a):
    activity = factories.create_activity(body_a)
    activity.data.update(category="X1")

    page = editor.get(f"/admin/processing/processingactivity/{activity.pk}/change/").text

    assert "X1 Number plate (part of X Number plate)</option>" in page


class TestBodies:
    @pytest.fixture
    def bodies(self, body_a) -> dict[str, Organisation]:
        call_command("load_organisations", verbosity=0)
        return {body.slug: body for body in Organisation.objects.all()}

    @pytest.mark.parametrize(
        ("term", "slug"),
        [
            ("RSZ", "nsso"),
            ("onss", "nsso"),
            ("0206731645", "nsso"),
            ("0206.731.645", "nsso"),
            ("BE 0206.731.645", "nsso"),
            ("0206 731 645", "nsso"),
            ("securite sociale", "nsso"),
            ("interieur", "fps-home-affairs"),
            ("Ministerie van Oudheden", "fanc"),
            ("ministère des antiquités", "fanc"),
        ],
    )
    def test_body_is_found_by_all_its_names_and_its_number(self, term, slug, editor, bodies):
        former = "Ministerie van Oudheden\nMinistère des Antiquités"
        Organisation.objects.filter(slug="fanc").update(former_names=former)

        assert str(bodies[slug].pk) in keys(editor, BODIES, term)

    def test_short_name_comes_first(self, editor, bodies):
        assert keys(editor, BODIES, "RSZ")[0] == str(bodies["nsso"].pk)

    @pytest.mark.parametrize("term", ["", "hidden", "secretname", "formerly", "0206731645"])
    def test_hidden_body_exists_for_its_people_only(
        self, term, editor, publisher_b, publisher_a, body_b
    ):
        Organisation.objects.filter(pk=body_b.pk).update(
            is_public=False,
            name_nl="hidden",
            short_name_fr="secretname",
            former_names="formerly",
            enterprise_number="0206731645",
        )
        their_own = Client()
        their_own.force_login(publisher_b)

        assert str(body_b.pk) in keys(their_own, BODIES, term)
        assert str(body_b.pk) not in keys(editor, BODIES, term)

    def test_list_is_searched_in_the_same_way(self, administrator, bodies):
        central = Client()
        central.force_login(administrator)

        page = central.get("/admin/organisations/organisation/?q=0206.731.645").text

        assert "nsso" in page
        assert "fanc" not in page

    def test_citizens_find_a_body_by_its_former_names(self, visitor, body_a, publisher_a):
        Organisation.objects.filter(pk=body_a.pk).update(former_names="Old Office\nAlter Dienst")
        factories.create_publication(body_a, by=publisher_a, name="Guests")

        page = visitor.get("/nl/organisations/body-a/").text

        assert "<dd>Old Office</dd><dd>Alter Dienst</dd>" in page
        assert "Guests" in visitor.get("/en/processing/?q=alter+dienst").text


@pytest.mark.parametrize("rows", [0, 30])
def test_number_of_queries_does_not_grow(rows, editor, django_assert_num_queries):
    for number in range(rows):
        DataCategory.objects.create(
            code=f"Z{number}", label_en="Number plate", broader_id="X", definition_en="IBAN"
        )
    keys(editor, DATA, "iban")

    # Session, person, roles, terms, synonyms, and the session within a savepoint.
    with django_assert_num_queries(8):
        keys(editor, DATA, "iban")
