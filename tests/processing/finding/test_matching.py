"""Which publications hold some words, as SQL asks it and as the process keeps it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pyroaring import BitMap

from processing.finding import matching
from processing.finding.matching import (
    TextQuery,
    Wording,
    answers,
    brought_up_to_date,
    tsquery,
)

pytestmark = pytest.mark.django_db
BLUE, RED, BADGE = (Wording(word, (word,)) for word in ("blue", "red", "badg"))
BLUE_BADGE = Wording("blue badge", ("blue", "badg"), is_phrase=True)
BOTH = Wording("badge red", ("badg", "red"))


def query(*clauses: tuple[Wording, ...], language: str = "en", in_title: bool = False):
    return TextQuery(language, clauses, in_title)


@pytest.fixture
def keys(publish) -> dict[str, int]:
    """What some entries say -> their keys."""
    names = ("blue badge", "badge blue", "red badge", "blue", "red")
    found = {name: publish(name, language="en", summary_en="").pk for name in names}
    found["summary"] = publish("none", language="en", summary_en="A blue badge.").pk
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (query((BLUE,)), {"blue badge", "badge blue", "blue", "summary"}),
        (query((BLUE, RED)), {"blue badge", "badge blue", "red badge", "blue", "red", "summary"}),
        (query((BLUE,), (BADGE,)), {"blue badge", "badge blue", "summary"}),
        (query((BLUE_BADGE,)), {"blue badge", "summary"}),
        (query((BLUE_BADGE, RED)), {"blue badge", "red badge", "red", "summary"}),
        (query((RED, BLUE_BADGE), (BADGE,)), {"blue badge", "red badge", "summary"}),
        (query((BOTH,)), {"red badge"}),
        (query((BOTH, BLUE_BADGE)), {"red badge", "blue badge", "summary"}),
        (query((BLUE_BADGE,), in_title=True), {"blue badge"}),
        (query((BLUE,), (BADGE,), in_title=True), {"blue badge", "badge blue"}),
        (
            query((Wording("x", ("it's \\ 'x'",)), BLUE)),
            {"blue badge", "badge blue", "blue", "summary"},
        ),
        (query((Wording("nothing", ("nothing",)),)), set()),
    ],
)
def test_publications_that_meet_every_clause_are_found(asked, expected, keys):
    found = {name for name, key in keys.items() if key in answers([asked], {})[asked]}

    assert found == expected


def test_each_query_has_its_answer_and_all_are_one_query(keys):
    asked = [query((RED,)), query((BLUE,)), query((RED,)), query((RED,), language="nl")]

    with CaptureQueriesContext(connection) as queries:
        found = answers(iter(asked), {})

    assert len(queries) == 1
    assert {asked: list(members) for asked, members in found.items()} == {
        asked[0]: [keys["red badge"], keys["red"]],
        asked[1]: [keys[name] for name in ("blue badge", "badge blue", "blue", "summary")],
        asked[3]: [keys["red badge"], keys["red"]],
    }


def test_nothing_is_asked_without_a_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert answers([], {}) == {}


@pytest.mark.parametrize(
    ("asked", "sql", "parameters"),
    [
        (query((BLUE,)), "((%s::tsquery))", ["('blue')"]),
        (query((BLUE, BOTH, BLUE)), "((%s::tsquery))", ["('blue') | ('badg' & 'red')"]),
        (query((BLUE,), (RED,)), "((%s::tsquery) && (%s::tsquery))", ["('blue')", "('red')"]),
        (
            query((BLUE, BLUE_BADGE)),
            "((phraseto_tsquery(%s, %s) || %s::tsquery))",
            ["register_en", "blue badge", "('blue')"],
        ),
        (
            query((BLUE,), (BLUE_BADGE, BLUE_BADGE)),
            "((%s::tsquery) && (phraseto_tsquery(%s, %s) || phraseto_tsquery(%s, %s)))",
            ["('blue')", *["register_en", "blue badge"] * 2],
        ),
        (query((Wording("x", ("a'\\b",)),)), "((%s::tsquery))", ["('a''\\\\b')"]),
    ],
)
def test_words_are_parameters_and_never_syntax(asked, sql, parameters):
    assert tsquery(asked) == (sql, parameters)


class TestKept:
    @pytest.fixture(autouse=True)
    def few(self, monkeypatch):
        monkeypatch.setattr(matching, "LONG", 1)
        monkeypatch.setattr(matching, "MOST_KEPT", 2)

    def test_long_answers_and_costly_ones_are_kept(self, keys):
        kept = {}
        red, phrase, none = query((RED,)), query((BLUE_BADGE,), in_title=True), query((BOTH,))

        found = answers([red, phrase, none], kept)

        assert [len(found[asked]) for asked in (red, phrase, none)] == [2, 1, 1]
        assert kept == {red: found[red], phrase: found[phrase]}
        assert phrase.is_costly
        assert query((BLUE,), (RED, BLUE_BADGE)).is_costly
        assert not red.is_costly

    def test_kept_answers_are_not_asked_again(self, keys, django_assert_num_queries):
        red, blue = query((RED,)), query((BLUE,))
        kept = {red: BitMap([1, 2])}

        assert list(answers([red, blue], kept)[red]) == [1, 2]
        assert list(kept) == [red, blue]
        with django_assert_num_queries(0):
            assert list(answers([red], kept)[red]) == [1, 2]
        # The last used stands last, and stays longest.
        assert list(kept) == [blue, red]
        answers([query((BADGE,))], kept)
        assert list(kept) == [red, query((BADGE,))]

    def test_what_changed_is_asked_again(self, keys, django_assert_num_queries):
        red, blue, badge = query((RED,)), query((BLUE,)), query((BADGE,))
        gone, untouched = 999_999, BitMap([keys["blue"]])
        kept = {
            red: BitMap([gone, keys["red"]]),
            blue: untouched,
            badge: BitMap([keys["badge blue"], keys["red badge"]]),
        }

        with django_assert_num_queries(1):
            now = brought_up_to_date(kept, BitMap([gone, keys["red badge"]]))

        assert {asked: list(members) for asked, members in now.items()} == {
            red: [keys["red badge"], keys["red"]],
            blue: [keys["blue"]],
            badge: [keys["badge blue"], keys["red badge"]],
        }
        assert now[blue] is untouched
        assert list(kept[red]) == [keys["red"], gone]

    @pytest.mark.parametrize(("kept", "touched"), [({}, [1]), ({query((RED,)): BitMap([1])}, [])])
    def test_nothing_is_asked_when_nothing_changed_or_is_kept(
        self, kept, touched, django_assert_num_queries
    ):
        with django_assert_num_queries(0):
            assert brought_up_to_date(kept, BitMap(touched)) == kept
