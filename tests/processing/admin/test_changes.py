"""What changed, as the pages of the admin tell it: each text once, its languages beneath."""

import re
from html import unescape

import pytest
from django.test import Client

from organisations.models import User
from processing.models import ProcessingActivity, Processor, Recipient
from processing.publishing import public_record_of
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

Row = tuple[str, ...]


@pytest.fixture
def activity(body_a, editor_a) -> ProcessingActivity:
    activity = factories.create_activity(body_a, name="Visitors")
    activity.remember(by=editor_a)
    return activity


def speaks(person: User, language: str) -> None:
    person.language = language
    person.save()


def tables_on(page: str) -> list[list[Row]]:
    """The rows of each table of differences: the text of each cell."""
    tables = re.findall(r'<table class="register-differences">(.*?)</table>', page, re.S)
    return [
        [
            tuple(
                " ".join(unescape(re.sub(r"<[^>]+>", "", cell)).split())
                for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.S)
            )
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table.partition("</thead>")[2], re.S)
        ]
        for table in tables
    ]


def history_of(person: Client, activity: ProcessingActivity) -> list[Row]:
    """What the last line of the history tells."""
    return tables_on(person.get(f"{ACTIVITIES}{activity.pk}/history/").text)[0]


def remembered(activity: ProcessingActivity, by: User, **values: object) -> None:
    for name, value in values.items():
        setattr(activity, name, value)
    activity.save()
    activity.remember(by=by)


class TestWorkingCopy:
    @pytest.mark.parametrize(
        ("language", "name", "reference"),
        [
            ("nl", "Naam", "Eigen referentie"),
            ("fr", "Nom", "Référence propre"),
            ("de", "Name", "Eigene Referenz"),
            ("en", "Name", "Own reference"),
        ],
    )
    def test_field_is_named_once_in_the_readers_language(
        self, language, name, reference, editor, editor_a, activity
    ):
        speaks(editor_a, language)
        remembered(activity, editor_a, name_nl="Bezoekers", name_en="Guests", reference="7")

        rows = history_of(editor, activity)

        assert [row for row in rows if len(row) == 1] == [(name,)]
        assert ("Nederlands", "–", "Bezoekers") in rows
        assert ("English", "Visitors", "Guests") in rows
        assert (reference, "–", "7") in rows
        assert len(rows) == 4

    def test_text_says_which_language_it_is_in(self, editor, editor_a, activity):
        remembered(activity, editor_a, name_de="Besucher")

        page = editor.get(f"{ACTIVITIES}{activity.pk}/history/").text

        assert '<th scope="row" lang="de">Deutsch</th><td>–</td><td lang="de">Besucher</td>' in page

    def test_row_is_named_by_its_kind(self, editor, editor_a, activity, body_b):
        recipient = Recipient.objects.create(activity=activity, organisation=body_b)
        activity.remember(by=editor_a)
        added = history_of(editor, activity)
        recipient.what_nl = "Alles"
        recipient.save()
        Recipient.objects.create(activity=activity, name_en="Bpost")
        activity.remember(by=editor_a)
        changed = history_of(editor, activity)
        recipient.delete()
        activity.remember(by=editor_a)
        removed = history_of(editor, activity)

        assert added[0] == ("Recipient: new",)
        assert ("Federal body", "–", "Agency body-b") in added
        assert changed[0] == ("Recipient 1",)
        assert changed.index(("Recipient: new",)) < changed.index(("English", "–", "Bpost"))
        assert removed[0] == ("Recipient: removed",)
        assert ("Nederlands", "Alles", "–") in removed

    def test_row_that_took_the_place_of_another_is_another(self, editor, editor_a, activity):
        Processor.objects.create(activity=activity, name_en="First NV")
        activity.remember(by=editor_a)
        activity.processors.all().delete()
        Processor.objects.create(activity=activity, name_en="Second NV")
        activity.remember(by=editor_a)

        assert history_of(editor, activity) == [
            *(("Processor: removed",), ("Name",), ("English", "First NV", "–")),
            *(("Processor: new",), ("Name",), ("English", "–", "Second NV")),
        ]

    def test_every_field_of_every_row_has_a_name(self, editor, editor_a, body_a, body_b):
        activity = ProcessingActivity.objects.create(organisation=body_a, name_en="Empty")
        activity.remember(by=editor_a)
        full = factories.create_full_activity(body_a, body_b, "canary")
        full.history.all().delete()
        full.remember(by=editor_a)
        first = activity.history.get()
        first.activity, first.number, first.pk = full, 2, None
        first.save()

        rows = tables_on(editor.get(f"{ACTIVITIES}{full.pk}/history/2/restore/").text)[0]

        assert len(rows) > 50
        assert [row for row in rows if not row[0]] == []
        assert [row for row in rows if re.search(r"\[(nl|fr|de|en)\]", row[0])] == []


class TestPublicPage:
    def what_publishing_changes(self, person: Client, activity: ProcessingActivity) -> str:
        return person.get(f"{ACTIVITIES}{activity.pk}/steps/publish/").text

    def test_text_is_told_once_though_all_pages_show_it(self, publisher, activity):
        page = self.what_publishing_changes(publisher, activity)

        assert page.count("<ins>Visitors</ins>") == 1
        assert page.count("<ins>Purpose of Visitors.</ins>") == 1
        assert ("English", "–", "Visitors") in tables_on(page)[0]

    def test_what_is_no_text_is_told_once(self, publisher, publisher_a, activity):
        activity.publish(by=publisher_a)
        remembered(activity, publisher_a, dpia="done", reference="7")

        rows = [
            row
            for table in tables_on(self.what_publishing_changes(publisher, activity))
            for row in table
        ]

        assert sorted(rows) == [
            ("Impact assessment", "–", "Done"),
            ("Reference of the body", "–", "7"),
        ]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_headings_are_in_the_readers_language(
        self, language, publisher, publisher_a, activity, body_b
    ):
        speaks(publisher_a, language)
        Recipient.objects.create(activity=activity, organisation=body_b, what_fr="Tout")
        remembered(activity, publisher_a, name_nl="Bezoekers")
        receives = {
            "nl": "Wie ontvangt de gegevens?",
            "fr": "Qui reçoit les données ?",
            "de": "Wer erhält die Daten?",
            "en": "Who receives the data?",
        }

        page = unescape(self.what_publishing_changes(publisher, activity))

        headings = [" ".join(text.split()) for text in re.findall(r"<h3>(.*?)</h3>", page, re.S)]
        assert receives[language] in headings
        assert not set(receives.values()) - {receives[language]} & set(headings)
        assert len(headings) == len(set(headings))

    def test_new_row_has_a_name(self, publisher, publisher_a, activity, body_b):
        activity.publish(by=publisher_a)
        Recipient.objects.create(activity=activity, organisation=body_b, what_nl="Alles")
        Recipient.objects.create(activity=activity, name_fr="La Poste", name_nl="De Post")
        activity.remember(by=publisher_a)

        (rows,) = tables_on(self.what_publishing_changes(publisher, activity))

        assert [row for row in rows if not row[0]] == []
        assert ("Agency body-b", "–", "Agency body-b") in rows
        assert ("Agency body-b – What they receive, and why",) in rows
        assert ("Nederlands", "–", "Alles") in rows
        assert ("Français", "–", "La Poste") in rows

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_every_word_that_becomes_public_is_told(
        self, language, publisher, publisher_a, body_a, body_b
    ):
        speaks(publisher_a, language)
        activity = factories.create_full_activity(body_a, body_b, "canary")
        activity.remember(by=publisher_a)
        written = set(re.findall(r"canary[\w-]+", str(public_record_of(activity).to_json())))

        page = unescape(
            re.sub("</?(ins|del)>", "", self.what_publishing_changes(publisher, activity))
        )

        assert len(written) > 50
        assert [word for word in written if word not in page] == []

    def test_text_that_is_taken_away_in_one_language_is_told(
        self, publisher, publisher_a, activity
    ):
        remembered(activity, publisher_a, name_fr="Visiteurs")
        activity.publish(by=publisher_a)
        remembered(activity, publisher_a, name_fr="")

        (rows,) = tables_on(self.what_publishing_changes(publisher, activity))

        assert rows == [("Name",), ("Français", "Visiteurs", "–")]


ANSWERS = [
    *[(name, False, True) for name in ("has_no_transfers", "has_no_recipients")],
    *[(name, True, False) for name in ("has_no_transfers", "has_no_recipients")],
    *[("has_no_special_data", *pair) for pair in ((False, True), (True, False))],
    *[("vulnerable_people", *pair) for pair in ((False, True), (True, False))],
    *[("automated_decisions", *pair) for pair in ((None, False), (False, None), (True, False))],
    ("people_count", None, 0),
]


class TestAnswers:
    """That there is nothing, "no" and 0 are answers."""

    @pytest.mark.parametrize(("name", "before", "after"), ANSWERS)
    def test_publisher_is_told_what_citizens_would_see(
        self, name, before, after, editor, publisher_a, editor_a, activity, visitor
    ):
        remembered(activity, editor_a, **{name: before})
        activity.publish(by=publisher_a)
        address = f"body-a/{activity.number}/"
        public = visitor.get(f"/en/processing/{address}").text
        remembered(activity, editor_a, **{name: after})

        told = editor.get(f"{ACTIVITIES}{activity.pk}/compare/").text
        activity.publish(by=publisher_a)
        compared = visitor.get(f"/en/processing/{address}compare/1/2/").text

        differs = entry_on(public) != entry_on(visitor.get(f"/en/processing/{address}").text)
        assert ("Citizens would see what they see now" not in told) == differs
        assert ("both versions say the same" not in compared) == differs

    @pytest.mark.parametrize(("name", "before", "after"), ANSWERS)
    def test_history_tells_it(self, name, before, after, editor, editor_a, activity):
        remembered(activity, editor_a, **{name: before})

        remembered(activity, editor_a, **{name: after})

        label = ProcessingActivity._meta.get_field(name).verbose_name
        assert str(label).capitalize() in {row[0] for row in history_of(editor, activity)}


def entry_on(page: str) -> str:
    """What the page says of the entry, without which version it is."""
    return re.sub(r"<p[^>]*>\s*Version .*?</p>", "", page[page.index("<main") :], flags=re.S)
