from django.core.management.base import BaseCommand
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from contact.models import Question
from organisations import mail
from organisations.models import Organisation


class Command(BaseCommand):
    help = "Mail the publishers of each body, once a day, about questions that are overdue."

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
        keys = [question.pk for question in questions]
        Question.objects.filter(pk__in=keys).update(reminded_on=timezone.localdate())
        self.stdout.write(f"{body.slug}: {len(questions)} overdue")
