"""Write again what lists and searches read; run it after an upgrade that changes how it is made."""

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from processing.finding import encoder, search_documents
from processing.models import ActivityWords, ProcessingActivity
from processing.models.publication import Publication
from processing.models.search import SearchMeaning, SearchText


class Command(BaseCommand):
    help = (
        "Write the columns of lists and filters, the search texts, vectors and vocabulary anew "
        "from what is published, and the words of working copies. The site stays in service "
        "meanwhile, and shows the new state at once."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument(
            "--missing",
            action="store_true",
            help="only where entries and working copies lack what this release searches",
        )

    def handle(self, *args, missing: bool, **options) -> None:
        activities = ProcessingActivity.objects.all()
        if missing:
            activities = activities.filter(words=None)
        if copies := sum(ActivityWords.rebuild(activities)):
            self.stdout.write(f"{copies} working copies rebuilt")
        publications = Publication.objects.all()
        if missing:
            publications = publications.filter(is_current=True).exclude(pk__in=_complete())
        done = 0
        for number in publications.rebuild():
            done += number
            self.stdout.write(f"\r{done} versions", ending="")
            self.stdout.flush()
        if done:
            search_documents.recount()
        self.stdout.write(f"{chr(13) if done else ''}{done} versions rebuilt")


def _complete() -> QuerySet:
    """The publications that have search texts and, where there is an encoder, a vector of it."""
    texts = SearchText.objects.exclude(spellings="").values("publication")
    if not encoder.is_available():
        return texts
    vectors = SearchMeaning.objects.filter(encoder=encoder.NAME).values("publication")
    return texts.filter(publication__in=vectors)
