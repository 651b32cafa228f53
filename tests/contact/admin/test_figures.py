"""How many questions a body had, and how soon it answered."""

from datetime import timedelta

import pytest

from contact.models import Question
from tests import factories
from tests.contact.admin.forms import MAILS, QUESTIONS
from tests.contact.outbox.helpers import NOW

pytestmark = pytest.mark.django_db


class TestFigures:
    def test_figures_count_kinds_and_times(self, publisher, body_a, body_b):
        for days, status in ((2, "answered"), (4, "answered"), (40, "answered"), (1, "set_aside")):
            question = factories.create_question(body_a, kind="access", received_at=NOW)
            Question.objects.filter(pk=question.pk).update(
                status=status, closed_at=NOW + timedelta(days=days)
            )
        factories.create_question(body_a, kind="access", received_at=NOW)
        factories.create_question(body_a, received_at=NOW - timedelta(days=365))
        factories.create_question(body_b, kind="error")

        everything = publisher.get(f"{QUESTIONS}figures/").text
        of_year = publisher.get(f"{QUESTIONS}figures/?year=2025").text

        # Received, open, overdue, answered, in time, days on average.
        row = "<td>Right of access</td><td>5</td><td>1</td><td>1</td><td>3</td><td>2</td>"
        assert f"{row}<td>15.3</td>" in everything
        assert "Right of access" not in of_year
        assert "<td>Question</td><td>1</td>" in of_year
        assert "Error in the register" not in everything
        for odd in ("x", "99999999999999999999", "-1", "%00"):
            assert publisher.get(f"{QUESTIONS}figures/?year={odd}").status_code in (200, 400)

    @pytest.mark.parametrize("address", [QUESTIONS, MAILS, f"{QUESTIONS}figures/", "/admin/"])
    def test_statements_of_a_list_do_not_grow_with_it(self, address, publisher, body_a, assert_sql):
        for _round in range(2):
            for _number in range(5):
                factories.create_question(body_a)
            with assert_sql(address):
                assert publisher.get(address).status_code == 200
