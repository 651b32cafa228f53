"""The versions of an entry as a line of time, and what differs between two of them."""

import re

import pytest
from django.utils.html import strip_tags

from processing.entry import comparison
from processing.models import DataItem, ProcessingActivity
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


def words(html: str) -> str:
    return " ".join(strip_tags(html.replace("<", " <")).split())


class TestHistory:
    @pytest.fixture
    def versions(self, activity, publisher_a) -> ProcessingActivity:
        for name in ("Visitors", "All visitors", "Every visitor"):
            activity.name_en = name
            if name == "Every visitor":
                DataItem.objects.create(activity=activity, category_id="M1")
            activity.save()
            activity.publish(by=publisher_a)
        return activity

    def test_line_of_time_tells_what_changed(self, versions, visitor):
        page = visitor.get("/en/processing/body-a/1/history/").text

        line = page.split('<ol class="timeline"')[1].split("</ol>")[0]
        told = [words(part) for part in line.split("<li ")[1:]]
        assert re.findall(r'value="\d"', line) == ['value="3"', 'value="2"', 'value="1"']
        assert told[0].endswith(
            "current What changed since version 2? Name and summary · Which data, and for how long?"
        )
        assert told[1].endswith("What changed since version 1? Name and summary")
        assert "What changed" not in told[2]

    def test_department_that_is_not_shown_has_not_changed(self, versions, body_a, visitor):
        department = body_a.departments.create(name_en="Disputes")
        versions.department, versions.name_en = department, "Visitors again"
        versions.save()
        versions.publish(by=body_a.memberships.get(role="publisher").user)

        page = visitor.get("/en/processing/body-a/1/history/").text

        assert "Who is responsible?" not in page

    def test_comparison_says_in_words_what_went_and_what_came(self, activity, publisher_a, visitor):
        activity.summary_en = "The body keeps a list of visitors for two years."
        activity.save()
        activity.publish(by=publisher_a)
        activity.summary_en = "The body keeps a list of all visitors for three years."
        activity.save()
        activity.publish(by=publisher_a)

        page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

        (told,) = re.findall(r'<div class="difference">.*?<p>(.*?)</p>', page, re.DOTALL)
        assert words(told) == (
            "The body keeps a list of added: all visitors for removed: two added: three years."
        )
        assert re.sub(r"<del>.*?</del> |<[^>]+>|added: ", "", told) == activity.summary_en

    def test_short_word_that_stayed_between_two_changes_is_part_of_them(
        self, activity, publisher_a, visitor
    ):
        for summary in (
            "Names and addresses of people are kept for the tax office.",
            "Names and addresses of people are sold to the city council.",
        ):
            activity.summary_en = summary
            activity.save()
            activity.publish(by=publisher_a)

        page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

        assert (
            "Names and addresses of people are removed: kept for the tax office. "
            "added: sold to the city council."
        ) in words(page)

    def test_texts_in_which_every_second_word_changed_are_told_as_wholes(
        self, activity, publisher_a, visitor
    ):
        # Each alone could be told word by word; together they would hold a worker for seconds.
        rows = [
            DataItem.objects.create(activity=activity, category_id="M1", detail_en="x")
            for _number in range(20)
        ]
        for version in ("u", "v"):
            for row in rows:
                row.detail_en = " ".join(f"number{n} {version}{n}" for n in range(120))
                row.save()
            activity.publish(by=publisher_a)

        page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

        told = re.findall(r"<del>", page)
        assert 0 < len(told) < 1_100
        assert page.count("u119 ") + page.count("u119<") >= len(rows)

    def test_what_stayed_is_not_told_where_comparing_takes_too_much(
        self, activity, publisher_a, visitor, monkeypatch
    ):
        monkeypatch.setattr(comparison, "MOST_PAIRS", 10)
        DataItem.objects.create(activity=activity, category_id="M1", detail_en="Photographs")
        for summary in ("One two three four five", "One two three four six"):
            activity.summary_en = summary
            activity.save()
            activity.publish(by=publisher_a)

        page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

        told = words(page.split('class="difference"', 1)[1])
        assert "One two three four six" in told
        assert "Photographs" not in told
