"""Words in their order: what has a word that begins with some letters stands side by side."""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from pyroaring import BitMap

from organisations.languages import Text
from processing.finding.spelling import joined_words_of, words_of

# Comes after all that a word is made of.
LAST = "\U0010ffff"


class Beginnings:
    """Which of many things have a word in their names that begins with some letters.

    In parts, each at least twice as large as the next: what is added makes a small part, and only
    parts of like size are put together. Never changed once made: a request may still use it while
    another makes the next one.
    """

    def __init__(self, *parts: "_Part") -> None:
        self._parts = parts

    @classmethod
    def of(cls, named: Iterable[tuple[int, Text]]) -> "Beginnings":
        """From the key of each thing and its name, by language."""
        return cls(_Part(_keys_by_word(named)))

    def having(self, language: str, letters: str) -> BitMap:
        """What has such a word in its name in the language; `letters` are folded."""
        return BitMap.union(
            *(part.beginning_with(language, letters) for part in self._parts), BitMap()
        )

    def with_more(self, named: Iterable[tuple[int, Text]]) -> "Beginnings":
        """With these things, or with other names of the same; what they had stays."""
        parts = [*self._parts, _Part(_keys_by_word(named))]
        while len(parts) > 1 and len(parts[-2]) < 2 * len(parts[-1]):
            newer, older = parts.pop(), parts.pop()
            parts.append(older.together_with(newer))
        return Beginnings(*parts)


class _Part:
    """Words with the language before them, sorted, and in one row the keys of all of them."""

    __slots__ = ("_keys", "_starts", "_words")

    def __init__(self, keys_by_word: Mapping[str, array]) -> None:
        self._words = sorted(keys_by_word)
        self._keys = array("I")
        self._starts = array("I", [0])
        for word in self._words:
            self._keys.extend(keys_by_word[word])
            self._starts.append(len(self._keys))

    def __len__(self) -> int:
        return len(self._keys)

    def __iter__(self) -> Iterator[tuple[str, array]]:
        for place, word in enumerate(self._words):
            yield word, self._keys[self._starts[place] : self._starts[place + 1]]

    def beginning_with(self, language: str, letters: str) -> BitMap:
        first = bisect_left(self._words, f"{language} {letters}")
        last = bisect_left(self._words, f"{language} {letters}{LAST}", first)
        return BitMap(self._keys[self._starts[first] : self._starts[last]])

    def together_with(self, other: "_Part") -> "_Part":
        keys_by_word = dict(self)
        for word, keys in other:
            if known := keys_by_word.get(word):
                keys = array("I", BitMap(known + keys))
            keys_by_word[word] = keys
        return _Part(keys_by_word)


def _keys_by_word(named: Iterable[tuple[int, Text]]) -> dict[str, array]:
    found: defaultdict[str, array] = defaultdict(lambda: array("I"))
    # The same words come again and again, and to fold them takes longer than all the rest.
    known: dict[tuple[str, str], list[str]] = {}
    for key, texts in named:
        for language, text in texts.items():
            words: set[str] = set()
            for piece in text.split(" "):
                folded = known.get((language, piece))
                if folded is None:
                    of_piece = [*words_of(piece), *joined_words_of(piece)]
                    folded = known[language, piece] = [f"{language} {word}" for word in of_piece]
                words.update(folded)
            for word in words:
                found[word].append(key)
    return found
