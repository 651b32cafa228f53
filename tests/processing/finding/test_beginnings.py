"""Words in memory, in parts that are put together as they grow."""

import random

from processing.finding.beginnings import Beginnings


def test_what_has_a_word_that_begins_so_is_found_in_its_language():
    beginnings = Beginnings.of(
        [
            (1, {"nl": "Belasting op inkomsten", "fr": "Impôt sur les revenus"}),
            (2, {"nl": "Auto-école in Bergen", "de": "Bergwerk"}),
            (9, {"nl": "Onbelast"}),
        ]
    )

    assert list(beginnings.having("nl", "bel")) == [1]
    assert list(beginnings.having("nl", "be")) == [1, 2]
    assert list(beginnings.having("fr", "impot")) == [1]
    assert list(beginnings.having("nl", "autoecole")) == [2]
    assert list(beginnings.having("nl", "ecole")) == [2]
    assert list(beginnings.having("de", "berg")) == [2]
    assert list(beginnings.having("de", "bergen")) == []
    assert list(beginnings.having("nl", "zzz")) == []
    assert list(beginnings.having("en", "a")) == []


def test_without_anything_nothing_is_found():
    assert list(Beginnings.of([]).having("nl", "a")) == []
    assert list(Beginnings().having("nl", "a")) == []


def test_what_is_added_is_found_beside_the_rest_and_the_earlier_one_stays():
    words = [a + b + c for a in "abc" for b in "abc" for c in "abc"]
    chance = random.Random(1)
    added: list[tuple[int, dict[str, str]]] = []
    beginnings = Beginnings.of(added)
    for key in range(200):
        before = list(beginnings.having("nl", "ab"))
        earlier = beginnings
        # Some are named again, as before or otherwise.
        named = (chance.randrange(150), {"nl": " ".join(chance.choices(words, k=4))})
        added.append(named)

        beginnings = beginnings.with_more([named])

        assert list(earlier.having("nl", "ab")) == before
        for letters in ("", "a", "ab", "abc", "c"):
            of_letters = {
                key
                for key, name in added
                if any(word.startswith(letters) for word in name["nl"].split())
            }
            assert set(beginnings.having("nl", letters)) == of_letters


def test_parts_stay_few_and_hold_no_key_twice():
    beginnings = Beginnings.of((key, {"nl": f"word{key} common"}) for key in range(500))

    for _again in range(100):
        beginnings = beginnings.with_more([(7, {"nl": "word7 common"})])

    assert len(beginnings._parts) <= 6
    assert sum(len(part) for part in beginnings._parts) <= 1020
