"""What is public and for how long, and what is derived from the record of a version."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from organisations.models import Organisation, Revision
from processing import public_record
from processing.models import ProcessingActivity, Publication, SearchText
from processing.models import publication as module
from processing.models.publication import DERIVED, EMPTY, Erased, distinct, flat_columns
from processing.public_record import DataItem, LegalGround, PublicRecord, Purpose, Recipient
from processing.public_rows import current_version, rows_of
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


class TestVisibility:
    @pytest.fixture
    def register(self, body_a, body_b, publisher_a, publisher_b) -> None:
        """At each body an entry with two versions, and one that was withdrawn."""
        for body, publisher in ((body_a, publisher_a), (body_b, publisher_b)):
            activity = factories.create_activity(body)
            activity.publish(by=publisher)
            activity.name_en = "Second version"
            activity.save()
            activity.publish(by=publisher)
            withdrawn = factories.create_publication(body, by=publisher).working_copy
            withdrawn.withdraw(by=publisher, reason="")

    def addresses(self, versions) -> list[tuple[str, int, int]]:
        found = versions.order_by("organisation__slug", "number", "version")
        return list(found.values_list("organisation__slug", "number", "version"))

    @pytest.mark.parametrize("hidden", ["", "body-b"])
    def test_each_version_is_current_earlier_or_withdrawn(self, hidden, register):
        Organisation.objects.filter(slug=hidden).update(is_public=False)
        bodies = [slug for slug in ("body-a", "body-b") if slug != hidden]
        objects = Publication.objects

        assert self.addresses(objects.current()) == [(slug, 1, 2) for slug in bodies]
        assert self.addresses(objects.history()) == [
            (slug, 1, version) for slug in bodies for version in (1, 2)
        ]
        assert self.addresses(objects.withdrawn()) == [(slug, 2, 1) for slug in bodies]

    def test_address_is_a_body_and_a_number(self, register):
        found = Publication.objects.at("body-b", 1)

        assert self.addresses(found) == [("body-b", 1, 1), ("body-b", 1, 2)]

    def test_page_is_read_by_one_query(self, register, django_assert_num_queries):
        with django_assert_num_queries(1):
            version = current_version("body-b", 1)

        assert version.public_record.name == {"en": "Second version"}
        assert (version.number, version.version) == (1, 2)
        assert timezone.now() - version.published_at < timedelta(hours=1)

    def test_rows_of_pages_are_current_ones_of_public_bodies(self, register):
        versions = list(Publication.objects.values_list("pk", flat=True))
        Organisation.objects.filter(slug="body-a").update(is_public=False)
        [shown] = Publication.objects.current()

        assert rows_of(versions, "number", "version") == [(shown.pk, 1, 2)]
        assert current_version("body-b", 1) is not None
        hidden, withdrawn, unknown = ("body-a", 1), ("body-b", 2), ("body-c", 1)
        assert [current_version(*at) for at in (hidden, withdrawn, unknown)] == [None] * 3


class TestSteps:
    def test_version_says_who_made_it_current_and_when(self, body_a, publisher_a):
        activity = factories.create_activity(body_a)

        first = activity.publish(by=publisher_a, at=LONG_AGO)
        activity.withdraw(by=publisher_a, reason="", at=LONG_AGO + timedelta(days=1))
        second = activity.publish(by=publisher_a)

        first.refresh_from_db()
        assert (first.version, first.is_current, first.published_by) == (1, False, publisher_a)
        assert (first.published_at, first.withdrawn_at) == (LONG_AGO, LONG_AGO + timedelta(days=1))
        assert (second.version, second.is_current, second.working_copy) == (2, True, activity)
        assert str(second) == f"{body_a.pk}/1 version 2"

    def test_version_that_is_replaced_is_no_longer_found(self, body_a, publisher_a):
        activity = factories.create_activity(body_a)
        first = activity.publish(by=publisher_a)
        activity.name_en = "Second version"
        activity.save()
        assert SearchText.objects.filter(publication=first).count() == 4

        second = activity.publish(by=publisher_a)

        assert set(SearchText.objects.values_list("publication", flat=True)) == {second.pk}
        activity.withdraw(by=publisher_a, reason="")
        assert not SearchText.objects.exists()

    def test_withdrawing_tells_how_many_were_public(self, body_a, publisher_a):
        activity = factories.create_activity(body_a)
        activity.publish(by=publisher_a)
        activity.name_en = "Second version"
        activity.save()
        activity.publish(by=publisher_a)
        ProcessingActivity.objects.update(status="withdrawn", is_published=False)

        assert activity.publications.all().withdraw(at=LONG_AGO) == 2
        assert activity.publications.all().withdraw() == 0
        assert set(activity.publications.values_list("withdrawn_at", flat=True)) == {LONG_AGO}

    def test_erasing_tells_how_many_said_something(self, body_a, publisher_a):
        activity = factories.create_activity(body_a)
        activity.publish(by=publisher_a)
        activity.withdraw(by=publisher_a, reason="")
        activity.publish(by=publisher_a)

        assert activity.publications.all().erase(at=LONG_AGO) == 1

        erased = activity.publications.get(version=1)
        assert erased.erased_at == LONG_AGO
        assert {name: getattr(erased, name) for name in EMPTY} == EMPTY
        with pytest.raises(Erased):
            _ = erased.public_record
        assert list(activity.publications.with_content()) == [activity.publications.get(version=2)]


class TestRebuild:
    def test_steps_tell_how_many_versions_they_made_anew(self, body_a, publisher_a, monkeypatch):
        monkeypatch.setattr(module, "REBUILT_AT_ONCE", 2)
        for number in range(5):
            factories.create_publication(body_a, by=publisher_a, name=f"Entry {number}")
        before = list(SearchText.objects.order_by("publication", "language").values())

        steps = Publication.objects.filter(number__gt=0).rebuild()

        assert [next(steps), next(steps), next(steps)] == [2, 2, 1]
        assert list(steps) == []
        after = list(SearchText.objects.order_by("publication", "language").values())
        assert [row | {"id": 0} for row in after] == [row | {"id": 0} for row in before]
        assert list(Publication.objects.none().rebuild()) == []

    def test_only_what_is_asked_for_is_made_anew(self, body_a, publisher_a):
        first = factories.create_publication(body_a, by=publisher_a)
        second = factories.create_publication(body_a, by=publisher_a)
        SearchText.objects.update(spellings="other")

        assert list(Publication.objects.filter(pk=first.pk).rebuild()) == [1]

        spellings = SearchText.objects.exclude(spellings="other")
        assert set(spellings.values_list("publication", flat=True)) == {first.pk}
        assert SearchText.objects.filter(publication=second, spellings="other").count() == 4

    def test_every_process_reads_again_what_searches_find_now(self, body_a, publisher_a):
        publication = factories.create_publication(body_a, by=publisher_a)
        before = Revision.objects.get(area="publications").number

        assert list(Publication.objects.all().rebuild()) == [1]

        publication.refresh_from_db()
        assert publication.revision == Revision.objects.get(area="publications").number > before

    def test_record_stays_as_it_was_written(self, body_a, publisher_a, monkeypatch):
        monkeypatch.setitem(public_record.UPCASTS, 0, lambda stored: stored)
        with monkeypatch.context() as earlier:
            earlier.setattr(public_record, "FORMAT", 0)
            publication = factories.create_publication(body_a, by=publisher_a)
        version = Publication.objects.filter(pk=publication.pk)
        written = version.get().record
        version.update(sort_nl="other")

        assert list(version.rebuild()) == [1]

        assert version.get().record == written | {"format": 0}
        assert version.get().sort_nl == publication.sort_nl

    @pytest.mark.parametrize("name", DERIVED)
    def test_one_column_that_is_otherwise_is_enough(self, name, body_a, body_b, publisher_a):
        publication = factories.create_full_activity(body_a, body_b, "x").publish(by=publisher_a)
        version = Publication.objects.filter(pk=publication.pk)
        version.update(**{name: EMPTY[name]})

        assert list(version.rebuild()) == [1]

        assert getattr(version.get(), name) == getattr(publication, name)


class TestColumns:
    def test_columns_are_what_the_record_says(self):
        record = PublicRecord(
            organisation=7,
            number=3,
            name={"nl": "Ärzte", "en": "x" * 700},
            summary={"nl": "Kort"},
            themes=("TAXE", "HEAL"),
            data_subjects=("01",),
            purposes=(
                Purpose(key=1, category="B"),
                Purpose(key=2, category="A"),
                Purpose(key=3),
            ),
            legal_grounds=(
                LegalGround(ground="9-b"),
                LegalGround(ground="6-e", purposes=(1,)),
                LegalGround(ground="6-e", law_article="3"),
                LegalGround(),
            ),
            data=(
                DataItem(key=1, category="M1"),
                DataItem(key=2, category="A1"),
                DataItem(key=3, category="M1"),
            ),
            recipients=(
                Recipient(key=1, organisation=9),
                Recipient(key=2, category="H"),
                Recipient(key=3),
            ),
        )

        columns = flat_columns(record)

        assert columns == {
            "organisation_id": 7,
            "number": 3,
            "record": record.to_json(),
            "title": {"nl": "Ärzte", "en": "x" * 700},
            "summary": {"nl": "Kort"},
            "sort_nl": "arzte\tÄrzte",
            "sort_fr": "arzte\tÄrzte",
            "sort_de": "arzte\tÄrzte",
            "sort_en": "x" * 600,
            "acts_as": "controller",
            "languages": ["nl", "en"],
            "themes": ["TAXE", "HEAL"],
            "data_subjects": ["01"],
            "data_categories": ["M1", "A1"],
            "purpose_categories": ["B", "A"],
            "legal_bases": ["e"],
            "recipient_categories": ["H"],
            "recipient_organisations": [9],
            "processing_types": [],
            "security_measures": [],
            "transfer_mechanisms": [],
            "has_transfers": False,
            "has_automated_decisions": False,
            "has_joint_controllers": False,
            "served_organisations": [],
            "departments": [],
            "countries": [],
            "changed_fields": [],
        }
        assert columns.keys() - {"organisation_id", "number"} == EMPTY.keys()
        assert [name for name in EMPTY if name != "record"] == DERIVED

    def test_record_without_a_name_sorts_first(self):
        columns = flat_columns(PublicRecord(organisation=7, number=3))

        assert [columns[f"sort_{language}"] for language in ("nl", "fr", "de", "en")] == [""] * 4

    def test_values_are_listed_once_in_their_order(self):
        assert distinct(["b", "", "a", None, "b", 0]) == ["b", "a"]
