"""What was published, changed and withdrawn, month by month, as a visitor sees it."""

import re
from datetime import UTC, datetime
from html import unescape

import pytest

from organisations.models import Organisation
from organisations.revision import current_revision
from processing import changes as changes_module
from processing import paging
from processing.changes import numbers_at
from processing.entry import sections
from processing.models import ProcessingActivity, Publication, Recipient
from processing.public_record import PublicRecord
from tests import factories

pytestmark = pytest.mark.django_db


def day(month: int, day: int = 10, hour: int = 12) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=UTC)


ROW = re.compile(r'<li>\s*<p[^>]*>(.*?)</p>\s*<p class="meta">(.*?)</p>', re.DOTALL)


def changes(page: str) -> list[tuple[str, str, str, str]]:
    """(body, what happened, day, which entry), in the order of a page."""
    found = []
    for part in page.split("<h3 ")[1:]:
        heading = re.search(r'^[^>]*id="of-[^"]*"[^>]*>(.*?)</h3>', part)
        for item in ROW.findall(part):
            what, on = plain(item[1]).split(" on ")
            found.append((plain(heading[1]), what, on, plain(item[0])))
    return found


def plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html)).strip()


def months(page: str) -> list[tuple[str, int]]:
    """The address of each month that is offered, and the number behind it."""
    part = page.split('<nav class="months"')[1].split("</nav>")[0]
    found = re.findall(r'href="([^"]*)"[^>]*>[^<]*</a> \((\d+)\)', part)
    return [(unescape(address), int(number)) for address, number in found]


@pytest.fixture
def register(body_a, body_b, publisher_a, publisher_b) -> dict[str, ProcessingActivity]:
    """In March two are published; in April one is changed, in May one is withdrawn."""
    names = {"name": "Visitors", "name_nl": "Bezoekers"}
    visitors = factories.create_activity(body_a, **names)
    visitors.publish(by=publisher_a, at=day(3, 1))
    permits = factories.create_activity(body_b, name="Permits")
    permits.publish(by=publisher_b, at=day(3, 2))
    secret = factories.create_activity(body_b, name="Canary")
    secret.publish(by=publisher_b, at=day(3, 20))
    visitors.name_en = "All visitors"
    visitors.save()
    Recipient.objects.create(activity=visitors, organisation=body_b)
    visitors.publish(by=publisher_a, at=day(4))
    secret.name_en = "Second canary"
    secret.save()
    secret.publish(by=publisher_b, at=day(4, 11))
    secret.withdraw(by=publisher_b, reason="Canary reason", at=day(5, 4))
    return {"visitors": visitors, "permits": permits, "secret": secret}


class TestMonths:
    def test_newest_month_is_shown_first(self, register, visitor):
        page = visitor.get("/en/changes/").text

        assert ">May 2025</h2>" in page
        assert changes(page) == [
            ("Agency body-b", "Withdrawn", "4 May 2025", "Processing activity 2 of this body")
        ]
        assert months(page) == [
            ("/en/changes/2025-05/", 1),
            ("/en/changes/2025-04/", 1),
            ("/en/changes/2025-03/", 2),
        ]

    def test_each_month_tells_its_changes_by_body(self, register, visitor):
        assert changes(visitor.get("/en/changes/2025-04/").text) == [
            ("Agency body-a", "Changed", "10 April 2025", "All visitors")
        ]
        assert changes(visitor.get("/en/changes/2025-03/").text) == [
            ("Agency body-a", "Published", "1 March 2025", "Visitors"),
            ("Agency body-b", "Published", "2 March 2025", "Permits"),
        ]

    def test_newest_of_a_body_comes_first(self, body_a, publisher_a, visitor):
        for number in (3, 9, 5):
            activity = factories.create_activity(body_a, name=f"Of day {number}")
            activity.publish(by=publisher_a, at=day(3, number))

        listed = changes(visitor.get("/en/changes/").text)

        assert [title for _body, _what, _on, title in listed] == [
            *("Of day 9", "Of day 5", "Of day 3")
        ]

    def test_month_begins_and_ends_in_brussels(self, body_a, publisher_a, visitor):
        for name, moment in (
            ("Last of March", day(3, 31, 21)),
            ("First of April", day(3, 31, 22)),
            ("Last of April", day(4, 30, 21)),
            ("First of May", day(4, 30, 22)),
        ):
            activity = factories.create_activity(body_a, name=name)
            activity.publish(by=publisher_a, at=moment)

        listed = changes(visitor.get("/en/changes/2025-04/").text)

        assert [row[2:] for row in listed] == [
            ("30 April 2025", "Last of April"),
            ("1 April 2025", "First of April"),
        ]
        assert [n for _address, n in months(visitor.get("/en/changes/").text)] == [1, 2, 1]

    def test_links_lead_to_the_next_months_in_which_something_changed(
        self, register, body_a, publisher_a, visitor
    ):
        late = factories.create_activity(body_a, name="Late")
        late.publish(by=publisher_a, at=day(9))

        page = visitor.get("/en/changes/2025-05/?body=body-a").text

        assert "This body published, changed and withdrew nothing in this month." in page
        assert 'href="/en/changes/2025-09/?body=body-a" rel="prev">' in page
        assert 'href="/en/changes/2025-04/?body=body-a" rel="next">' in page
        assert 'rel="prev"' not in visitor.get("/en/changes/2025-09/").text
        assert 'rel="next"' not in visitor.get("/en/changes/2025-03/").text

    @pytest.mark.parametrize(
        "address",
        [
            *("2025-02/", "2025-06/", "2025-13/", "2025-00/", "0000-01/", "9999-12/", "2025-4/"),
            *("x/", "2025-04-01/", "?body=nobody", "?page=2", "?page=0", "?page=x", "?page=-1"),
            *("2025-04/?page=2", "2025-04/?body=secret-body", "?body=body-a&page=9"),
        ],
    )
    def test_what_there_is_not_is_not_found(self, address, register, visitor):
        factories.create_organisation("secret-body", is_public=False)

        response = visitor.get(f"/en/changes/{address}")

        assert response.status_code == 404
        assert response.headers["Cache-Control"] == "no-store"

    @pytest.mark.parametrize(
        ("address", "told"),
        [
            ("", "Nothing has been published yet."),
            ("?body=body-a", "This body has not published anything yet."),
        ],
    )
    def test_register_in_which_nothing_was_published_says_so(self, address, told, body_a, visitor):
        page = visitor.get(f"/en/changes/{address}").text

        assert told in page
        assert 'class="months"' not in page
        assert visitor.get("/en/changes/2025-04/").status_code == 404

    @pytest.mark.parametrize(
        ("address", "canonical"),
        [
            ("?body=&page=1", ""),
            ("?page=2&body=body-a", "?body=body-a&page=2"),
            ("?body=body-b&body=body-a&month=x", "?body=body-b&body=body-a"),
            ("2025-04/?page=1&body=body-a", "2025-04/?body=body-a"),
        ],
    )
    def test_page_has_one_address(self, address, canonical, register, visitor):
        response = visitor.get(f"/en/changes/{address}")

        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"/en/changes/{canonical}",
        )


def test_numbers_that_are_kept_are_those_of_a_new_count(
    body_a, body_b, publisher_a, publisher_b, monkeypatch
):
    """New entries and versions, withdrawals, a body that is hidden: each step counted anew."""
    counted: list[dict] = []

    def look() -> None:
        counted.append(numbers_at(current_revision()))
        monkeypatch.setattr(changes_module, "_kept", None)
        assert numbers_at(current_revision()) == counted[-1]
        assert list(counted[-1]) == sorted(counted[-1], reverse=True)

    look()
    activities = []
    bodies = [(body_a, publisher_a), (body_b, publisher_b), (body_a, publisher_a)]
    for month, (body, by) in zip((5, 3, 9), bodies, strict=True):
        activities.append((factories.create_activity(body, name=f"Of month {month}"), by))
        activities[-1][0].publish(by=by, at=day(month))
        look()
    first, by = activities[0]
    first.name_en = "Other"
    first.save()
    first.publish(by=by, at=day(6))
    look()
    first.withdraw(by=by, reason="", at=day(8))
    look()
    list(Publication.objects.all().rebuild())
    look()
    Organisation.objects.filter(pk=body_b.pk).update(is_public=False)
    look()

    told = [{month.month: sum(found.values()) for month, found in c.items()} for c in counted]
    assert told == [
        *({}, {5: 1}, {5: 1, 3: 1}, {9: 1, 5: 1, 3: 1}, {9: 1, 6: 1, 5: 1, 3: 1}),
        *({9: 1, 8: 1, 3: 1}, {9: 1, 8: 1, 3: 1}, {9: 1, 8: 1}),
    ]


class TestBodies:
    def test_page_of_a_body_tells_its_own(self, register, visitor):
        page = visitor.get("/en/changes/?body=body-a").text

        assert [row[0] for row in changes(page)] == ["Agency body-a"]
        assert months(page) == [
            ("/en/changes/2025-04/?body=body-a", 1),
            ("/en/changes/2025-03/?body=body-a", 1),
        ]

    def test_page_of_the_body_leads_there(self, register, visitor):
        page = visitor.get("/en/organisations/body-a/").text

        assert 'href="/en/changes/?body=body-a"' in page

    def test_every_page_leads_there(self, register, visitor):
        for address in ("/en/", "/en/about/", "/en/processing/"):
            assert 'href="/en/changes/"' in visitor.get(address).text
        sitemap = visitor.get("/sitemap-pages-en.xml").text
        assert "<loc>http://testserver/en/changes/</loc>" in sitemap

    def test_body_that_is_hidden_leaves_no_trace(self, register, body_a, visitor):
        Organisation.objects.filter(pk=body_a.pk).update(is_public=False)

        page = visitor.get("/en/changes/").text

        assert months(page) == [("/en/changes/2025-05/", 1), ("/en/changes/2025-03/", 1)]
        assert "body-a" not in page
        assert "body-a" not in visitor.get("/en/changes/2025-03/").text
        assert visitor.get("/en/changes/?body=body-a").status_code == 404

    def test_only_bodies_with_changes_are_offered(self, register, visitor):
        factories.create_organisation("body-c")

        page = visitor.get("/en/changes/").text

        assert re.findall(r'<option value="([^"]*)"', page) == ["", "body-a", "body-b"]


class TestWhatChanged:
    def test_changed_questions_and_the_way_to_the_comparison_are_told(self, register, visitor):
        page = visitor.get("/en/changes/2025-04/").text

        assert "What changed: Name and summary · Who receives the data?" in page
        compare = "/en/processing/body-a/1/compare/1/2/"
        assert f'href="{compare}">See what it said before' in page
        assert visitor.get(compare).status_code == 200

    def test_version_leads_to_itself(self, register, visitor):
        replaced = visitor.get("/en/changes/2025-03/").text
        current = visitor.get("/en/changes/2025-04/").text

        assert 'href="/en/processing/body-a/1/versions/1/">Visitors</a>' in replaced
        assert 'href="/en/processing/body-b/1/">Permits</a>' in replaced
        assert 'href="/en/processing/body-a/1/">All visitors</a>' in current

    def test_title_is_in_the_language_of_the_page_or_says_in_which(self, register, visitor):
        dutch = visitor.get("/nl/changes/2025-03/").text
        french = visitor.get("/fr/changes/2025-03/").text

        assert ">Bezoekers</a>" in dutch
        assert '><span lang="en">Permits</span></a>' in dutch
        assert '><span lang="nl">Bezoekers</span></a>' in french
        assert french.count('class="notice"') == 1
        assert 'class="notice"' not in visitor.get("/en/changes/2025-03/").text

    def test_row_and_choice_of_a_body_say_in_which_language_a_name_is(
        self, register, body_a, visitor
    ):
        Organisation.objects.filter(pk=body_a.pk).update(name_fr="", name_nl="Dienst A")

        page = visitor.get("/fr/changes/2025-04/").text

        assert '<span class="tag">en néerlandais</span>' in page
        assert '<option value="body-a" lang="nl">Dienst A</option>' in page
        assert '<option value="body-b">' in page

    def test_each_field_of_the_record_is_told_somewhere(self):
        told = [name for names in sections.FIELDS.values() for name in names]

        assert sorted([*told, *sections.HEAD, "organisation", "number"]) == sorted(
            PublicRecord.__struct_fields__
        )
        assert list(sections.FIELDS) == [key for key, *_rest in sections.SECTIONS]

    @pytest.mark.parametrize("shown", [True, False])
    def test_department_changed_only_where_the_body_shows_it(
        self, shown, body_a, publisher_a, visitor
    ):
        Organisation.objects.filter(pk=body_a.pk).update(shows_departments=True)
        activity = factories.create_activity(body_a)
        activity.publish(by=publisher_a, at=day(3))
        activity.department = body_a.departments.create(name_en="Disputes")
        activity.save()
        activity.publish(by=publisher_a, at=day(4))
        Organisation.objects.filter(pk=body_a.pk).update(shows_departments=shown)

        page = visitor.get("/en/changes/").text

        # Otherwise it says as little as if nothing had changed.
        assert [row[1] for row in changes(page)] == ["Changed" if shown else "Published"]
        assert ("Who is responsible?" in page) is shown


class TestWithdrawn:
    def test_only_number_and_day_are_told(self, register, visitor):
        pages = "".join(visitor.get(f"/en/changes/2025-0{month}/").text for month in (3, 4, 5))

        assert "anary" not in pages
        assert "body-b/2/" not in pages
        assert pages.count("Processing activity 2 of this body") == 1

    def test_versions_that_were_withdrawn_together_are_one_withdrawal(self, register, visitor):
        assert Publication.objects.withdrawn().count() == 2

        assert months(visitor.get("/en/changes/").text)[0] == ("/en/changes/2025-05/", 1)

    def test_entry_that_is_published_again_begins_anew(self, register, publisher_b, visitor):
        register["secret"].name_en = "Fit to be seen"
        register["secret"].save()
        register["secret"].publish(by=publisher_b, at=day(5, 20))

        page = visitor.get("/en/changes/2025-05/").text

        assert [row[1:] for row in changes(page)] == [
            ("Published", "20 May 2025", "Fit to be seen"),
            ("Withdrawn", "4 May 2025", "Processing activity 2 of this body"),
        ]
        assert "compare/" not in page

    def test_erasing_changes_nothing_that_is_told(self, register, visitor):
        before = visitor.get("/en/changes/").text

        Publication.objects.withdrawn().erase()

        assert visitor.get("/en/changes/").text == before

    def test_withdrawals_at_two_times_are_two(self, body_a, publisher_a, visitor):
        activity = factories.create_activity(body_a)
        for month in (3, 5):
            activity.publish(by=publisher_a, at=day(month))
            activity.withdraw(by=publisher_a, reason="", at=day(month + 1))

        page = visitor.get("/en/changes/").text

        assert months(page) == [("/en/changes/2025-06/", 1), ("/en/changes/2025-04/", 1)]


class TestPages:
    def test_every_change_stands_on_one_page(
        self, body_a, body_b, publisher_a, publisher_b, visitor, monkeypatch
    ):
        monkeypatch.setattr(paging, "PER_PAGE", 3)
        for body, publisher, number in ((body_a, publisher_a, 5), (body_b, publisher_b, 4)):
            for count in range(number):
                activity = factories.create_activity(body, name=f"{body.slug} {count}")
                activity.publish(by=publisher, at=day(3, count + 1))

        pages = [visitor.get(f"/en/changes/2025-03/?page={n}", follow=True).text for n in (1, 2, 3)]

        titles = [[title for *_where, title in changes(page)] for page in pages]
        assert titles == [
            ["body-a 4", "body-a 3", "body-a 2"],
            ["body-a 1", "body-a 0", "body-b 3"],
            ["body-b 2", "body-b 1", "body-b 0"],
        ]
        assert 'href="/en/changes/2025-03/?page=2"' in pages[0]
        assert visitor.get("/en/changes/2025-03/?page=4").status_code == 404
        last = visitor.get("/en/changes/?body=body-b&page=2").text
        assert [row[3] for row in changes(last)] == ["body-b 0"]

    def test_statements_do_not_grow(
        self, register, body_a, publisher_a, visitor, assert_sql, settings
    ):
        for number in range(60):
            activity = factories.create_activity(body_a, name=f"Entry {number}")
            activity.publish(by=publisher_a, at=day(5, 1 + number % 28))
        visitor.get("/en/changes/2025-05/?page=2")
        settings.RELEASE = "one whose pages no process keeps yet"

        with assert_sql("a page of a month"):
            assert len(changes(visitor.get("/en/changes/2025-05/?page=2").text)) == 25
        factories.create_activity(body_a).publish(by=publisher_a, at=day(5))
        with assert_sql("a page of a month, the first after a publication"):
            visitor.get("/en/changes/2025-05/?page=2")
