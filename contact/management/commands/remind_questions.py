from datetime import timedelta

from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from contact.models import Question
from contact.receiving import questions_to
from organisations import mail
from organisations.models import Organisation


class Command(BaseCommand):
    help = (
        "Mail the publishers of each body, once a day, about questions that are overdue, and about "
        "those of yesterday that were too many for a mail each."
    )

    def handle(self, *args, **options) -> None:
        today = timezone.localdate()
        overdue = Question.objects.overdue(today).exclude(reminded_on=today)
        for body in Organisation.objects.filter(pk__in=overdue.values("organisation")):
            with transaction.atomic():
                # Two of these commands at once tell nobody twice.
                questions = list(
                    overdue.filter(organisation=body).select_for_update(skip_locked=True)
                )
                self._remind(body, questions)
        yesterday = today - timedelta(days=1)
        received = Question.objects.filter(received_at__date=yesterday)
        for body in Organisation.objects.filter(pk__in=received.values("organisation")):
            with transaction.atomic():
                untold = Question.objects.without_a_mail(body, yesterday).exclude(reminded_on=today)
                self._tell(body, list(untold.select_for_update(skip_locked=True)))

    def _remind(self, body: Organisation, questions: list[Question]) -> None:
        if not questions:
            return
        address = mail.admin_address(reverse("admin:contact_question_changelist"))
        context = {
            "body": body,
            "questions": questions,
            "address": f"{address}?organisation__id__exact={body.pk}&time=overdue",
        }
        mail.send(body.people_who_answer(), "mail/questions_overdue.txt", context)
        self._note(questions)
        self.stdout.write(f"{body.slug}: {len(questions)} overdue")

    def _tell(self, body: Organisation, questions: list[Question]) -> None:
        if not questions:
            return
        address = mail.admin_address(questions_to(body))
        context = {"body": body, "number": len(questions), "address": address}
        mail.send(body.people_who_answer(), "mail/questions_without_mail.txt", context)
        self._note(questions)
        self.stdout.write(f"{body.slug}: {len(questions)} without a mail")

    def _note(self, questions: list[Question]) -> None:
        keys = [question.pk for question in questions]
        Question.objects.filter(pk__in=keys).update(reminded_on=timezone.localdate())
