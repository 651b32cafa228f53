"""What a search reads: words of the current publications, and words that people use for them."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organisations.columns import LineColumn
from organisations.languages import LANGUAGES
from organisations.limits import LimitedTextField
from processing.finding.encoder import SIZE
from processing.models.publication import Publication

# Room for three times the words of search_documents.py (MOST_DIFFERENT), each as long as it may be.
LONGEST_SPELLINGS = 1_010_000


class SearchText(models.Model):
    """The words of a current publication, as a search in one language of the site finds them.

    Narrow, what is longer than two kilobytes apart (docs/decisions/0047), so that finding many
    entries reads little.
    Where the publication has no text in the language, the words are those of the text that visitors
    of that language see instead.
    """

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="search_texts"
    )
    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    title = SearchVectorField()
    # The title weighs A, the purposes and the words that people use B, everything else C.
    words = SearchVectorField()
    # Each word once as it is written, in small letters and without accents, with spaces between.
    # What this row adds to SearchWord: taking it away needs no knowledge of how it was made.
    spellings = LimitedTextField(max_length=LONGEST_SPELLINGS)

    PUBLIC = ("publication", "language", "title", "words", "spellings")
    INTERNAL = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "language"], name="search_text_once_a_language"
            )
        ]
        indexes = [
            GinIndex(
                fields=[field],
                name=f"search_{field}_{language}",
                condition=Q(language=language),
                # Written rarely, read always: no list of pending words to look through.
                fastupdate=False,
            )
            for field in ("title", "words")
            for language in LANGUAGES
        ]

    def __str__(self) -> str:
        return f"{self.publication_id} {self.language}"


class SearchMeaning(models.Model):
    """What a current publication says, as a vector: see processing/finding/meanings.py.

    Where the encoder failed there is none, and words alone find the entry.
    """

    publication = models.OneToOneField(
        Publication, on_delete=models.CASCADE, primary_key=True, related_name="search_meaning"
    )
    # Which encoder made it: vectors of two cannot be compared.
    encoder = models.CharField(max_length=50)
    vector = models.BinaryField(max_length=SIZE)

    PUBLIC = ("publication", "encoder", "vector")
    INTERNAL = ()

    def __str__(self) -> str:
        return str(self.publication_id)


class SearchWord(models.Model):
    """A word as public entries write it: for compounds, typing errors and highlighting.

    What is not public is not known here: a word of a hidden body must not be offered, compared or
    counted. The database keeps it so when a body is shown or hidden.
    """

    language = models.CharField(max_length=2, choices=settings.LANGUAGES)
    # In small letters, without accents.
    word = models.CharField(max_length=100)
    lexeme = models.CharField(max_length=100)
    entries = models.PositiveIntegerField()

    PUBLIC = ("language", "word", "lexeme", "entries")
    INTERNAL = ()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["language", "word"], name="search_word_once_a_language")
        ]
        indexes = [
            models.Index(fields=["language", "lexeme"], name="search_word_lexeme"),
            GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_alike"),
        ]

    def __str__(self) -> str:
        return f"{self.word} ({self.language})"


class Synonym(models.Model):
    """An everyday word, and the words of the register that a search for it finds as well."""

    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    everyday = LineColumn(
        _("everyday word"), max_length=100, help_text=_("What people type, for instance: dole.")
    )
    means = LineColumn(
        _("words of the register"),
        max_length=300,
        help_text=_("With commas between them, for instance: unemployment benefit, job seeker."),
    )

    PUBLIC = ("language", "everyday", "means")
    INTERNAL = ()

    class Meta:
        verbose_name = _("synonym")
        verbose_name_plural = _("synonyms")
        ordering = ["language", "everyday"]
        constraints = [
            models.UniqueConstraint(
                fields=["language", "everyday"],
                name="synonym_once_a_language",
                violation_error_message=_("This word is in the list already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.everyday} → {self.means}"
