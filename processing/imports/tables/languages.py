"""In which language people wrote: by the small words that each language has for itself."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

SMALL_WORDS = {
    "nl": (
        "de het een van voor met zijn worden wordt naar bij door niet geen ook aan uit over "
        "dat die deze onze hun tot na wij ons en te om als of binnen tussen volgens tijdens "
        "jaar dagen maanden gegevens personeel doel beheer verwerking verplichting burgers"
    ),
    "fr": (
        "le la les des du un une et ou pour par avec dans sur est sont au aux ce ces cette "
        "qui que ne pas plus leur leurs nous vous afin selon entre après avant ans mois jours "
        "données personnel gestion traitement obligation légale personnes"
    ),
    "de": (
        "der die das den dem des ein eine einer eines und oder für mit von zu zur zum im bei "
        "durch nicht auch auf aus über nach wird werden sind ist sich als wie jahre monate "
        "tage daten verwaltung verarbeitung personal gesetzliche verpflichtung personen"
    ),
    "en": (
        "the of and or to for with from by in on is are be not this that these their our at "
        "as who which into within between after before years months days data staff "
        "management processing legal obligation people personal"
    ),
}
WORD = re.compile(r"[^\W\d_]+")
COUNTS = {language: frozenset(words.split()) for language, words in SMALL_WORDS.items()}
# So many small words, and so many times those of the next language, make a language certain.
LEAST_WORDS = 4
TIMES = 1.5
# Of a file, this much text is enough to tell.
LOOKED_AT = 200_000


class Language(NamedTuple):
    """A language and whether it is certain; "" where there is nothing to tell it by."""

    code: str
    is_sure: bool
    # By how many words.
    words: int = 0


def language_of(texts: Iterable[str]) -> Language:
    """The language of texts that belong together."""
    counts: Counter[str] = Counter()
    looked_at = 0
    for text in texts:
        looked_at += len(text)
        if looked_at > LOOKED_AT:
            break
        for word in WORD.findall(text.casefold()):
            for language, small_words in COUNTS.items():
                counts[language] += word in small_words
    best = counts.most_common(2)
    if not best or not best[0][1]:
        return Language("", is_sure=False)
    (code, number), (_other, next_number) = (*best, ("", 0))[:2]
    return Language(code, number >= LEAST_WORDS and number >= TIMES * next_number, number)
