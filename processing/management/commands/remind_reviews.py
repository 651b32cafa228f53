from django.core.management.base import BaseCommand
from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from organisations import mail
from organisations.models import Organisation
from processing.models import ProcessingActivity


class Command(BaseCommand):
    help = "Mail the publishers of each body once about activities that are due for review."

    def handle(self, *args, **options) -> None:
        due = Q(is_published=True, review_due_on__lte=timezone.localdate())
        known = Q(review_reminded_for=F("review_due_on"))
        activities = ProcessingActivity.objects.filter(due & (Q(review_reminded_for=None) | ~known))
        bodies = Organisation.objects.filter(pk__in=activities.values("organisation"))
        for body in bodies.order_by("slug"):
            with transaction.atomic():
                # Two of these commands at once tell nobody twice.
                rows = activities.filter(organisation=body).order_by("review_due_on", "number")
                self._remind(body, list(rows.select_for_update(skip_locked=True)))

    def _remind(self, body: Organisation, activities: list[ProcessingActivity]) -> None:
        publishers = body.publishers()
        if not activities or not publishers:
            return
        address = mail.admin_address(reverse("admin:processing_processingactivity_changelist"))
        context = {
            "body": body,
            "activities": activities,
            "address": f"{address}?organisation__id__exact={body.pk}&review=overdue",
        }
        mail.send(publishers, "mail/review_due.txt", context)
        keys = [activity.pk for activity in activities]
        ProcessingActivity.objects.filter(pk__in=keys).update(
            review_reminded_for=F("review_due_on")
        )
        self.stdout.write(f"{body.slug}: {len(activities)} due for review")
