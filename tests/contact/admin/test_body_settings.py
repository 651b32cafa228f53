"""What a publisher may choose about the mails of the body."""

import pytest
from django.test import Client

from organisations.models import Organisation
from tests.contact.admin.forms import logged_in

pytestmark = pytest.mark.django_db


class TestBodySettings:
    def form(self, publisher: Client, body: Organisation, **values) -> object:
        form = {
            "mail_language": "fr",
            "is_message_mailed": "on",
            "memberships-TOTAL_FORMS": "0",
            "memberships-INITIAL_FORMS": "0",
        }
        address = f"/admin/organisations/organisation/{body.pk}/change/"
        return publisher.post(address, form | values)

    def test_publisher_chooses_what_mails_say_and_nothing_else(self, publisher, body_a):
        before = Organisation.objects.filter(pk=body_a.pk).values().get()

        response = self.form(
            publisher,
            body_a,
            slug="other",
            name_nl="Andere",
            dpo_mailbox="other@body.example",
            is_public="",
            requires_two_persons="on",
            enterprise_number="0308357159",
        )

        after = Organisation.objects.filter(pk=body_a.pk).values().get()
        assert response.status_code == 302
        assert (after.pop("mail_language"), after.pop("is_message_mailed")) == ("fr", True)
        del before["mail_language"], before["is_message_mailed"]
        assert after == before

    def test_publisher_adds_nobody_to_the_body(self, publisher, body_a, editor_b):
        self.form(
            publisher,
            body_a,
            **{
                "memberships-TOTAL_FORMS": "1",
                "memberships-0-user": str(editor_b.pk),
                "memberships-0-role": "publisher",
            },
        )

        assert not body_a.has_member(editor_b)

    def test_neither_editors_nor_other_publishers_choose(self, editor_a, publisher_b, body_a):
        for person in (editor_a, publisher_b):
            assert self.form(logged_in(person), body_a).status_code in (403, 404)
        body_a.refresh_from_db()
        assert not body_a.is_message_mailed
