"""What an operator wants to know of the register itself, asked of the database at each look."""

from collections.abc import Iterator

from django.db import Error, connection
from django.db.models import Min, Q
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from contact.models import Mail, Question
from organisations.read_snapshot import read_snapshot
from processing.finding.register import read_register
from processing.models import ProcessingActivity, Publication
from processing.models.register_import import RegisterImport
from processing.models.search import SearchText
from registry_site.watching.servers import figures_of_replicas


class Figures(Collector):
    """Of a database that does not answer, only that it does not."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            figures = list(_figures())
        except Error:
            figures = []
        yield _gauge("database_up", "Whether the database answers.", bool(figures))
        yield from figures
        yield from figures_of_replicas()


def _figures() -> Iterator[GaugeMetricFamily]:
    now = timezone.now()
    yield _gauge("database_takes_changes", "Or can only be read.", _takes_changes())
    with read_snapshot():
        # As /readyz: whoever asks here next need not wait for it.
        read_register()
        published = Publication.objects.current()
        yield _gauge("published_entries", "Entries that citizens can see.", published.count())
        unfound = published.exclude(pk__in=SearchText.objects.values("publication"))
        yield _gauge("unsearchable_entries", "Of these, how many searches miss.", unfound.count())
    mails = Mail.objects.filter(state=Mail.State.WAITING)
    oldest = mails.aggregate(oldest=Min("created_at"))["oldest"]
    yield _gauge("mails_waiting", "Mails in the outbox.", mails.count())
    waited = (now - oldest).total_seconds() if oldest else 0
    yield _gauge("oldest_mail_seconds", "How long the oldest of them has waited.", waited)
    lost = Mail.objects.filter(state=Mail.State.UNDELIVERED)
    yield _gauge("mails_undelivered", "Mails that no server took for five days.", lost.count())
    overdue = Question.objects.overdue(timezone.localdate())
    yield _gauge("questions_overdue", "Questions without an answer in time.", overdue.count())
    drafts = ProcessingActivity.objects.filter(
        Q(status=ProcessingActivity.Status.DRAFT)
        | Q(status=ProcessingActivity.Status.AWAITING_APPROVAL)
    )
    yield _gauge("drafts", "Entries that were never published.", drafts.count())
    waiting = RegisterImport.objects.due()
    yield _gauge("imports_waiting", "Registers that wait to be brought in.", waiting.count())


def _takes_changes() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('transaction_read_only') = 'off'")
        return cursor.fetchone()[0]


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"register_{name}", meaning, value=value)
