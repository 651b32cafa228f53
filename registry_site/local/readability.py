"""How easy the public texts are to read: `python -m registry_site.local.readability`.

A formula per language, each made for that language on the scale of Flesch's, where 60 to 70 is
plain language for people who did not study (some call it B1) and 100 is for children:

- nl: Douma, De leesbaarheid van landbouwbladen (1960)
- fr: Kandel and Moles, Application de l'indice de Flesch à la langue française (1958)
- de: Amstad, Wie verständlich sind unsere Zeitungen? (1978)
- en: Flesch, A new readability yardstick (1948)

Syllables are counted by the hyphenation patterns of LibreOffice (pyphen).
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

import pyphen
from django.utils.html import strip_tags

from registry_site.local import catalogues

# Base, what a word in a sentence costs, what a syllable in a word costs.
FORMULAS = {
    "nl": (206.84, 0.93, 77.0),
    "fr": (207.0, 1.015, 73.6),
    "de": (180.0, 1.0, 58.5),
    "en": (206.835, 1.015, 84.6),
}
HYPHENATION = {"nl": "nl_NL", "fr": "fr_FR", "de": "de_DE", "en": "en_GB"}
LEAST = 60.0
# Some pages cannot do without the long terms of the law; below this, nobody would read them.
LEAST_OF_A_PAGE = 30.0
LONGEST_SENTENCE = 30
# Where the texts stand that citizens read.
PUBLIC = (
    *("templates/gdpr/", "templates/registry_site/", "templates/contact/", "templates/includes/"),
    *("templates/processing/", "templates/organisations/", "templates/mail/acknowledgement"),
    *("registry_site/explainer/", "contact/kinds.py", "contact/forms.py", "contact/views.py"),
    *("processing/entry/", "processing/views/"),
)
EXPLAINING = ("templates/gdpr/", "registry_site/explainer/", "templates/registry_site/")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
# Not within a day: «29. Juli».
MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
END_OF_SENTENCE = re.compile(rf"(?<=[.!?])[\s\u00a0]+(?=[^a-zà-ÿ])(?!(?:{MONTHS})\b)")
# Headings and names are no sentences.
IS_A_TEXT = re.compile(r"[.!?:;]$")
VOWEL = re.compile(r"[aeiouyà-æè-ïò-öø-ýÿœ]", re.IGNORECASE)
# In French, é and what follows are two (cré-a-tion).
VOWELS = re.compile(r"é|[aeiouyà-èê-ïò-öø-ýÿœ]+", re.IGNORECASE)
# Ends of words that nobody hears.
SILENT_E = {
    "en": re.compile(r"(?<!l)e$|(?<=[aeiouyrw]l)e$", re.IGNORECASE),
    "fr": re.compile(r"(?<=[^aeiouy])(?:e|es|ent)$", re.IGNORECASE),
}
WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)?")


@dataclass
class Measured:
    """What was counted in some texts, and what the formula makes of it."""

    language: str
    sentences: int = 0
    words: int = 0
    syllables: int = 0

    @property
    def score(self) -> float:
        base, a_word, a_syllable = FORMULAS[self.language]
        per_sentence, per_word = self.words / self.sentences, self.syllables / self.words
        return base - a_word * per_sentence - a_syllable * per_word


def measure(language: str, sentences: Iterator[str]) -> Measured:
    hyphenation = pyphen.Pyphen(lang=HYPHENATION[language], left=1, right=1)
    found = Measured(language)
    for sentence in sentences:
        words = WORD.findall(sentence)
        if words:
            found.sentences += 1
            found.words += len(words)
            found.syllables += sum(syllables(word, language, hyphenation) for word in words)
    return found


def syllables(word: str, language: str, hyphenation: pyphen.Pyphen) -> int:
    """How many parts of the word have a vowel: a letter that stands alone is no syllable."""
    parts = hyphenation.inserted(word).split("-")
    # Not every syllable may be parted (pro-cessing, über): then the groups of vowels count.
    silent = SILENT_E[language].sub("", word) if language in SILENT_E else word
    return max(sum(bool(VOWEL.search(part)) for part in parts), len(VOWELS.findall(silent)), 1)


def sentences_of(language: str, places: tuple[str, ...] = PUBLIC) -> Iterator[str]:
    """Every sentence that stands in these places, in one language."""
    for text in catalogues.texts(language, places):
        plain = unescape(strip_tags(PLACEHOLDER.sub("X", text))).strip()
        if IS_A_TEXT.search(plain):
            yield from END_OF_SENTENCE.split(plain)


def problems() -> list[str]:
    """Sentences that are too long, and languages and pages that are too hard."""
    found = []
    for language in FORMULAS:
        found += [
            f"{language}: {length} words: {sentence}"
            for sentence in sentences_of(language)
            if (length := len(sentence.split())) > LONGEST_SENTENCE
        ]
        for name, places in (("what explains", EXPLAINING), ("the public texts", PUBLIC)):
            score = measure(language, sentences_of(language, places)).score
            if score < LEAST:
                found.append(f"{language}: {name} is too hard to read: {score:.1f} of {LEAST}")
        for page, score in scores_of_topics(language):
            if score < LEAST_OF_A_PAGE:
                found.append(f"{language}: {page} is too hard: {score:.1f} of {LEAST_OF_A_PAGE}")
    return found


def scores_of_topics(language: str) -> list[tuple[str, float]]:
    """The pages of the explainer, the hardest first."""
    pages = (catalogues.BASE_DIR / "templates/gdpr/topics").glob("*.html")
    places = {path.stem: (f"templates/gdpr/topics/{path.name}",) for path in pages}
    scores = [
        (name, measure(language, sentences_of(language, place)).score)
        for name, place in places.items()
    ]
    return sorted(scores, key=lambda page: page[1])


def main() -> int:
    for name, places in (("what explains", EXPLAINING), ("all public texts", PUBLIC)):
        for language in FORMULAS:
            found = measure(language, sentences_of(language, places))
            print(
                f"{name}, {language}: {found.score:.1f} ({found.sentences} sentences of "
                f"{found.words / found.sentences:.1f} words of "
                f"{found.syllables / found.words:.2f} syllables)"
            )
    for language in FORMULAS:
        hardest = ", ".join(f"{page} {score:.0f}" for page, score in scores_of_topics(language)[:5])
        print(f"hardest pages, {language}: {hardest}")
    print("\n".join(remaining := problems()))
    return 1 if remaining else 0


if __name__ == "__main__":
    sys.exit(main())
