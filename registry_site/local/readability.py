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
LONGEST_SENTENCE = 30
# Where the texts stand that citizens read.
PUBLIC = (
    *("templates/gdpr/", "templates/registry_site/", "templates/contact/", "templates/includes/"),
    *("templates/processing/", "templates/organisations/", "templates/mail/acknowledgement"),
    *("registry_site/explainer/", "contact/kinds.py", "contact/forms.py", "contact/views.py"),
    *("processing/entry/", "processing/views/"),
)
EXPLAINER = ("templates/gdpr/", "registry_site/explainer/", "templates/registry_site/")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
END_OF_SENTENCE = re.compile(r"(?<=[.!?])[\s\u00a0]+(?=[^a-zà-ÿ])")
# Headings and names are no sentences.
IS_A_TEXT = re.compile(r"[.!?:;]$")
VOWEL = re.compile(r"[aeiouyà-æè-ïò-öø-ýÿœ]", re.IGNORECASE)
VOWELS = re.compile(r"[aeiouy]+", re.IGNORECASE)
SILENT_E = re.compile(r"(?<!l)e$|(?<=[aeiouyrw]l)e$", re.IGNORECASE)
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
    count = sum(bool(VOWEL.search(part)) for part in parts)
    if language == "en":
        # English is hyphenated at few places (pro-cessing): then its groups of vowels count.
        count = max(count, len(VOWELS.findall(SILENT_E.sub("", word))))
    return max(count, 1)


def sentences_of(language: str, places: tuple[str, ...] = PUBLIC) -> Iterator[str]:
    """Every sentence that stands in these places, in one language."""
    for text in catalogues.texts(language, places):
        plain = unescape(strip_tags(PLACEHOLDER.sub("X", text))).strip()
        if IS_A_TEXT.search(plain):
            yield from END_OF_SENTENCE.split(plain)


def problems() -> list[str]:
    """Sentences that are too long, and languages that are too hard on average."""
    found = []
    for language in catalogues.LANGUAGES:
        for sentence in sentences_of(language):
            if (length := len(sentence.split())) > LONGEST_SENTENCE:
                found.append(f"{language}: {length} words: {sentence}")
        score = measure(language, sentences_of(language, EXPLAINER)).score
        if score < LEAST:
            found.append(f"{language}: the explainer is too hard to read: {score:.1f} of {LEAST}")
    return found


def main() -> int:
    for name, places in (("explainer", EXPLAINER), ("all public texts", PUBLIC)):
        for language in catalogues.LANGUAGES:
            found = measure(language, sentences_of(language, places))
            print(
                f"{name}, {language}: {found.score:.1f} ({found.sentences} sentences of "
                f"{found.words / found.sentences:.1f} words of "
                f"{found.syllables / found.words:.2f} syllables)"
            )
    print("\n".join(remaining := problems()))
    return 1 if remaining else 0


if __name__ == "__main__":
    sys.exit(main())
