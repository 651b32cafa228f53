"""An entry at a glance: its facts in short, the journey of its data, what stands in tables."""

import re

import pytest
from django.utils.html import strip_tags

from processing.models import (
    DataItem,
    JointController,
    ProcessingActivity,
    Processor,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


@pytest.fixture
def published(activity, publisher_a, visitor):
    """Publish the activity, and give its page."""

    def publish(language: str = "en") -> str:
        activity.remember(by=publisher_a)
        activity.publish(by=publisher_a)
        return visitor.get(f"/{language}/processing/body-a/{activity.number}/").text

    return publish


def words(html: str) -> str:
    return " ".join(strip_tags(html.replace("<", " <")).split())


def facts(page: str) -> dict[str, str]:
    """Label -> answer."""
    box = page.split('<section class="facts"')[1].split("</section>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", box, re.DOTALL)
    return {label: words(answer) for label, answer in pairs}


def journey(page: str) -> str:
    return page.split('<figure class="journey"')[1].split("</figure>")[0]


def stops(page: str, part: str) -> list[str]:
    """What the boxes of a part of the picture say: from, at-body, to, abroad."""
    if f'class="{part}"' not in page:
        return []
    html = journey(page).split(f'class="{part}"')[1].split('<ul class="stops">')[1]
    return [words(box) for box in re.findall(r"<li>(.*?)</li>", html.split("</ul>")[0])]


def bars(page: str) -> list[tuple[str, str, str]]:
    """The data, how long they are kept, and the hundredths of the bar; '' without one."""
    rows = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", journey(page), re.DOTALL)
    full = re.compile(r'class="full" width="(\d+)"')
    return [
        (words(data), words(told), found[1] if (found := full.search(told)) else "")
        for data, told in rows
    ]


class TestFacts:
    def test_are_told_from_codes_and_periods(self, activity, body_b, published):
        activity.data_subjects.set(["01", "10", "12"])
        activity.automated_decisions = True
        activity.save()
        Purpose.objects.create(activity=activity, category_id="A1_01")
        Purpose.objects.create(activity=activity, category_id="A2_03")
        DataItem.objects.create(activity=activity, category_id="M1")
        DataItem.objects.create(activity=activity, category_id="J2")
        activity.retention.update(data=[1])
        Retention.objects.create(activity=activity, data=[2], period=7, unit="year")
        Retention.objects.create(activity=activity, data=[3], criterion_en="Until the end.")
        Recipient.objects.create(activity=activity, organisation=body_b)
        Processor.objects.create(activity=activity, name_en="Cloud plc")
        Transfer.objects.create(activity=activity, mechanism_id="02", country="US", processor=1)

        told = facts(published())

        assert told == {
            "What for": "Taxes · Administration of staff and intermediaries · 1 more",
            "About whom": "Citizens · Family, guardians and partners of the data subject · 1 more",
            "Data": "3 kinds of data Health data Judicial data",
            "How long": "7 to 10 years · 1 kind without a fixed period",
            "Who gets them": "2 recipients",
            "Outside the EEA": "United States",
            "Computer": "sometimes decides by itself",
        }

    def test_declared_nothing_is_another_fact_than_none(self, activity, published):
        unsaid = facts(published())
        activity.has_no_recipients = activity.has_no_transfers = True
        activity.automated_decisions = False
        activity.save()

        declared = facts(published())

        assert unsaid["Who gets them"] == unsaid["Computer"] == "not told"
        assert "Outside the EEA" not in unsaid
        assert declared["Who gets them"] == "nobody else"
        assert declared["Outside the EEA"] == "nothing"
        assert declared["Computer"] == "decides nothing by itself"

    @pytest.mark.parametrize(
        ("periods", "told"),
        [
            ([(10, "year")], "10 years"),
            ([(1, "month"), (10, "year")], "1 month to 10 years"),
            ([(2, "week"), (6, "week")], "2 to 6 weeks"),
            ([(12, "month"), (1, "year")], "1 year"),
            ([], "not told"),
        ],
    )
    def test_periods_become_one_span(self, periods, told, activity, published):
        activity.retention.all().delete()
        for period, unit in periods:
            Retention.objects.create(activity=activity, period=period, unit=unit)
        if not periods:
            Retention.objects.create(activity=activity, unknown_reason_en="Under review.")

        assert facts(published())["How long"] == told

    def test_rule_in_words_is_not_cut_but_led_to(self, activity, published):
        activity.retention.update(period=None, unit="", criterion_en="Until nobody needs them.")

        page = published()

        assert facts(page)["How long"] == "no fixed period"
        assert "Until nobody needs them." in page.split('id="data"')[1]

    def test_text_that_people_wrote_stands_in_no_fact(self, body_a, body_b, publisher_a, visitor):
        activity = factories.create_full_activity(body_a, body_b, "canary")
        activity.publish(by=publisher_a)

        page = visitor.get(f"/en/processing/body-a/{activity.number}/").text

        # But for the name of the controller on whose behalf the body works.
        told = {label: text for label, text in facts(page).items() if label != "On behalf of"}
        assert "canary" not in " ".join(told.values())
        assert "canary" in page

    def test_processor_says_for_whom_and_nothing_that_it_need_not_tell(
        self, body_a, body_b, publisher_a, visitor
    ):
        activity = ProcessingActivity.objects.create(
            organisation=body_a, name_en="Printing", acts_as="processor"
        )
        ServedController.objects.create(
            activity=activity, organisation=body_b, processing_en="Printing"
        )
        activity.publish(by=publisher_a)

        page = visitor.get(f"/en/processing/body-a/{activity.number}/").text

        assert facts(page) == {"On behalf of": "Agency body-b"}

    def test_action_leads_to_the_form_about_this_entry(self, published, visitor):
        box = published().split('<section class="facts"')[1].split("</section>")[0]

        (address,) = re.findall(r'<a class="button" href="([^"]+)"', box)

        assert address == "/en/organisations/body-a/contact/?activity=1"
        assert visitor.get(address).status_code == 200

    def test_every_fact_leads_to_a_place_on_the_page(self, activity, published):
        activity.automated_decisions = True
        activity.save()
        for code in ("10", "12", "16"):
            activity.data_subjects.add(code)
        Transfer.objects.create(activity=activity, mechanism_id="02", country="US")
        JointController.objects.create(activity=activity, name_en="Province")

        page = published()

        box = page.split('<section class="facts"')[1].split("</figure>")[0]
        anchors = set(re.findall(r'href="#([\w-]+)"', box))
        assert {"data", "people-told", "controller-told", "automated-decisions-told"} <= anchors
        assert [anchor for anchor in anchors if f'id="{anchor}"' not in page] == []


class TestJourney:
    def test_without_anybody_it_says_so(self, activity, published):
        page = published()

        assert stops(page, "at-body") == ["1 kind of data", "kept 10 years"]
        assert "The entry does not tell from whom." in journey(page)
        assert "The register mentions no recipients." in journey(page)
        assert "beside" not in journey(page)
        assert stops(page, "abroad") == []

    def test_names_sources_and_receivers_with_what_they_are(self, activity, body_b, published):
        activity.sources = ["person", "authentic_source", "other"]
        activity.save()
        Recipient.objects.create(activity=activity, organisation=body_b)
        Recipient.objects.create(activity=activity, category_id="H")
        Processor.objects.create(activity=activity, name_en="Cloud plc")
        Processor.objects.create(activity=activity, name_en="Disks Inc", works_for=1)
        JointController.objects.create(activity=activity, name_en="Province")

        page = published()

        assert stops(page, "from") == [
            *("You yourself", "An authentic source of the government", "Another source"),
        ]
        received = stops(page, "to")
        assert received[0] == "Agency body-b"
        assert received[2:] == [
            "Cloud plc Processor",
            "Disks Inc Sub-processor of Cloud plc",
            "Province Joint controller",
        ]
        # A line from each to the middle, and one from there to each.
        lines = dict(re.findall(r'class="flow (in|out) beside".*?d="(.*?)"', journey(page)))
        assert {way: drawn.count("M") for way, drawn in lines.items()} == {"in": 3, "out": 5}
        assert 'href="/en/organisations/body-b/">Agency body-b</a>' in journey(page)

    def test_thirty_receivers_become_eight_and_all_stand_in_the_table(self, activity, published):
        for number in range(30):
            Recipient.objects.create(activity=activity, name_en=f"Receiver {number}.")

        page = published()

        received = stops(page, "to")
        assert received[:7] == [f"Receiver {number}." for number in range(7)]
        assert received[7:] == ["23 more"]
        assert 'href="#recipients">23 more</a>' in journey(page)
        table = page.split('id="recipients"')[1].split("</section>")[0]
        assert [f"Receiver {n}." for n in range(30) if f"Receiver {n}.<" not in table] == []

    def test_who_is_outside_the_eea_stands_outside(self, activity, body_b, published):
        Recipient.objects.create(activity=activity, organisation=body_b)
        Recipient.objects.create(activity=activity, name_en="Alpha")
        Processor.objects.create(activity=activity, name_en="Cloud", data_countries=["IE", "US"])
        Processor.objects.create(activity=activity, name_en="Mail", data_countries=["IE"])
        for country in ("CH", "JP"):
            Transfer.objects.create(
                activity=activity, mechanism_id="01", country=country, recipient=2
            )
        Transfer.objects.create(activity=activity, mechanism_id="02", country="IN")

        page = published()

        assert stops(page, "to") == ["Agency body-b", "Mail Processor"]
        assert stops(page, "abroad") == [
            "Alpha Switzerland, Japan",
            "Cloud Processor, United States",
            "India",
        ]
        assert "nothing leaves it" not in journey(page)

    def test_declared_that_nothing_leaves_is_written_on_the_border(self, activity, published):
        assert "nothing leaves it" not in published()
        activity.has_no_transfers = True
        activity.save()

        assert "European Economic Area (EEA): nothing leaves it" in journey(published())

    def test_bars_are_as_long_as_the_periods(self, activity, published):
        activity.retention.all().delete()
        for category in ("B01", "M1", "G3", "P"):
            DataItem.objects.create(activity=activity, category_id=category)
        for data, period, unit in (([1, 2], 10, "year"), ([3], 5, "year"), ([4], 6, "month")):
            Retention.objects.create(activity=activity, data=data, period=period, unit=unit)
        Retention.objects.create(activity=activity, data=[5], criterion_en="Until the end.")

        told = bars(published())

        assert [(how_long, share) for _data, how_long, share in told] == [
            ("10 years", "100"),
            ("5 years", "50"),
            ("6 months", "5"),
            ("no fixed period", ""),
        ]
        assert told[0][0] == "Personal identification data · Financial identification data"
        assert told[3][0] == "National Register number"

    def test_shortest_bar_can_be_seen_and_unsaid_has_none(self, activity, published):
        activity.retention.update(data=[1], period=40, unit="year")
        DataItem.objects.create(activity=activity, category_id="M1")
        DataItem.objects.create(activity=activity, category_id="P")
        Retention.objects.create(activity=activity, data=[2], period=3, unit="day")
        Retention.objects.create(activity=activity, data=[3], unknown_reason_en="Under review.")

        told = [(how_long, share) for _data, how_long, share in bars(published())]

        assert told == [("40 years", "100"), ("3 days", "2"), ("no period told", "")]

    def test_pictures_are_decoration_and_lists_hold_the_words(self, activity, published):
        activity.sources = ["person"]
        activity.save()
        Recipient.objects.create(activity=activity, name_en="Alpha")
        Transfer.objects.create(activity=activity, mechanism_id="02", country="US", recipient=1)

        picture = journey(published())

        drawn = re.findall(r"<svg[^>]*>", picture)
        assert len(drawn) > 6
        assert [svg for svg in drawn if 'aria-hidden="true"' not in svg] == []
        assert "<text" not in picture
        assert "style=" not in picture

    def test_name_in_another_language_says_so(self, activity, published):
        Recipient.objects.create(activity=activity, name_nl="Gemeente")

        assert '<span lang="nl">Gemeente</span>' in journey(published("fr"))


class TestTables:
    def test_cells_bring_their_labels_and_several_periods_their_rows(self, activity, published):
        activity.data.update(detail_en="Name and address")
        activity.retention.update(data=[1], what_for_en="the file")
        Retention.objects.create(
            activity=activity, data=[1], period=7, unit="year", what_for_en="the accounts"
        )

        table = published().split('id="data"')[1].split("</section>")[0]

        assert '<th scope="row" rowspan="2">' in table
        assert re.findall(r'data-label="How long"><span>(.*?)</span>', table) == [
            *("10 years", "7 years"),
        ]
        heads = re.findall(r'<th scope="col">(.*?)</th>', table)
        assert heads == ["Kind of data", "Which data", "What for", "How long", "Afterwards"]
        # Where there are no headings, this one says by itself what it is.
        assert '<td class="clear" data-label="Which data">' in table

    def test_further_answers_are_folded_and_those_without_any_are_not(self, activity, published):
        page = published()

        for key in ("people", "legal-basis", "controller", "about"):
            assert f'<section class="question folded" aria-labelledby="{key}">' in page
            assert f'<div id="{key}-told">' in page
        for key in ("transfers", "sources", "automated-decisions"):
            assert f'<section class="question unsaid" aria-labelledby="{key}">' in page

    def test_words_are_explained_once(self, published):
        page = published()

        assert page.count("What do these words mean?") == 1
        assert page.count("A recipient is a person or an organisation") == 1


def test_earlier_version_looks_as_it_did(activity, publisher_a, visitor):
    activity.publish(by=publisher_a)
    DataItem.objects.create(activity=activity, category_id="M1")
    activity.remember(by=publisher_a)
    activity.publish(by=publisher_a)

    page = visitor.get("/en/processing/body-a/1/versions/1/").text

    assert "You are reading version 1" in page
    assert facts(page)["Data"] == "1 kind of data"
    assert "Version 1, published on" in page.split('class="sheet"')[1]
