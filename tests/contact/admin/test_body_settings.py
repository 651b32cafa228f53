"""What a publisher may change of the own body: what it knows best of itself."""

import re

import pytest
from django.db import connection
from django.test import Client

from organisations.models import Organisation, Revision
from tests import factories
from tests.contact.admin.forms import logged_in
from tests.mails import delivered

pytestmark = pytest.mark.django_db


LANGUAGES = ("nl", "fr", "de", "en")
CHOSEN = {
    "mail_language": "fr",
    "is_message_mailed": "on",
    "postal_code": "1000",
    "phone": "+32 2 123 45 67",
    "dpo_phone": "+32 2 123 45 68",
    "shows_departments": "on",
    "contact_mailbox": "info@body-a.example",
    "dpo_mailbox": "officer@body-a.example",
    "dpo_name": "Robin Peeters",
    "is_dpo_name_public": "on",
    **{f"website_{code}": f"https://body-a.example/{code}" for code in LANGUAGES},
    **{f"street_{code}": f"Street 1 ({code})" for code in LANGUAGES},
    **{f"city_{code}": f"City ({code})" for code in LANGUAGES},
    **{f"description_{code}": f"We grant permits ({code})." for code in LANGUAGES},
}
# What only central administrators change.
CENTRAL = {
    **{f"name_{code}": "Other" for code in LANGUAGES},
    **{f"short_name_{code}": "Other" for code in LANGUAGES},
    "slug": "other",
    "kind": "fps",
    "is_public": "",
    "requires_two_persons": "on",
    "enterprise_number": "0308357159",
    "review_interval_months": "3",
}


def columns_of(body: Organisation) -> dict[str, object]:
    body = Organisation.objects.get(pk=body.pk)
    return {field.attname: getattr(body, field.attname) for field in body._meta.fields}


class TestBodySettings:
    def form(self, publisher: Client, body: Organisation, **values) -> object:
        form = CHOSEN | {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
        address = f"/admin/organisations/organisation/{body.pk}/change/"
        return publisher.post(address, form | values)

    def test_publisher_changes_what_the_body_knows_best_and_nothing_else(
        self, publisher, body_a, body_b
    ):
        before = columns_of(body_a)

        response = self.form(publisher, body_a, parent=str(body_b.pk), **CENTRAL)

        after = columns_of(body_a)
        # The name without a language stands for that of the reader.
        without_language = {"website", "street", "city", "description"}
        changed = {name for name in after if after[name] != before[name]} - without_language
        assert response.status_code == 302
        assert changed == CHOSEN.keys()
        assert {name: after[name] for name in changed} == {
            name: True if value == "on" else value for name, value in CHOSEN.items()
        }

    def test_form_offers_what_can_be_changed_and_tells_when_citizens_see_it(
        self, publisher, body_a
    ):
        page = publisher.get(f"/admin/organisations/organisation/{body_a.pk}/change/").text

        offered = re.findall(r'<(?:input|select|textarea)[^>]* name="(\w+)"', page)
        assert {*offered} - {"csrfmiddlewaretoken", "next", "language", "_save", "_continue"} == {
            *CHOSEN
        }
        assert "Citizens see at once what you save here" in page
        assert "kept by the central administrators" in page

    def test_citizens_see_it_at_once(self, publisher, body_a, visitor):
        address = "/en/organisations/body-a/"
        before = visitor.get(address)
        revision = Revision.objects.get(area="organisations").number

        self.form(publisher, body_a)

        after = visitor.get(address)
        assert Revision.objects.get(area="organisations").number > revision
        assert after.headers["ETag"] != before.headers["ETag"]
        texts = ("website_en", "street_en", "city_en", "description_en")
        for name in (
            *texts,
            "postal_code",
            "phone",
            "contact_mailbox",
            "dpo_mailbox",
            "dpo_phone",
            "dpo_name",
        ):
            assert CHOSEN[name] not in before.text
            assert CHOSEN[name] in after.text

    def test_name_of_the_officer_is_shown_only_where_the_body_chooses_so(
        self, publisher, body_a, visitor
    ):
        self.form(publisher, body_a, is_dpo_name_public="")

        assert "Robin Peeters" not in visitor.get("/en/organisations/body-a/").text

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("website_nl", "javascript:alert(1)"),
            ("contact_mailbox", "info"),
            ("contact_mailbox", "info@body.example\nBcc: x@y.example"),
            ("dpo_mailbox", "a?subject=x@body.example"),
            ("dpo_name", "x" * 201),
            ("street_nl", "no\0thing"),
            ("description_nl", "x" * 5001),
            ("mail_language", "es"),
        ],
    )
    def test_what_is_wrong_is_refused_as_for_anybody(self, field, value, publisher, body_a):
        before = columns_of(body_a)

        response = self.form(publisher, body_a, **{field: value})

        assert response.status_code == 200
        assert [*response.context["adminform"].form.errors] == [field]
        assert columns_of(body_a) == before

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

    def test_what_an_administrator_decides_meanwhile_stays(self, publisher, body_a):
        """Between the moment at which a publisher's request reads the body and that of writing."""

        def decided_first(execute, sql: str, params, many: bool, context: dict):
            if sql.startswith('UPDATE "organisations_organisation"') and decisions:
                Organisation.objects.filter(pk=body_a.pk).update(**decisions.pop())
            return execute(sql, params, many, context)

        decisions = [{"is_public": False, "requires_two_persons": True, "name_en": "Renamed"}]
        with connection.execute_wrapper(decided_first):
            response = self.form(publisher, body_a)

        body_a.refresh_from_db()
        assert (response.status_code, decisions) == (302, [])
        assert (body_a.is_public, body_a.requires_two_persons) == (False, True)
        assert (body_a.name_en, body_a.phone) == ("Renamed", CHOSEN["phone"])

    @pytest.mark.parametrize(
        "led_away",
        [
            {"dpo_mailbox": "me@elsewhere.example"},
            {"contact_mailbox": "me@elsewhere.example", "dpo_mailbox": ""},
            {"is_message_mailed": "on"},
        ],
    )
    def test_others_learn_of_it_when_questions_go_elsewhere(
        self, led_away, publisher, publisher_a, editor_a, body_a
    ):
        other = factories.create_member(body_a, "publisher", "other@people.example")
        own = {"dpo_mailbox": body_a.dpo_mailbox, "contact_mailbox": "", "is_message_mailed": ""}

        self.form(publisher, body_a, **own)
        before = len(delivered())
        self.form(publisher, body_a, **own | led_away)

        [told] = delivered()[before:]
        assert before == 0
        assert told.to == [other.email]
        assert str(publisher_a) in told.body
        assert f"/admin/organisations/organisation/{body_a.pk}/change/" in told.body

    def test_central_administrators_learn_of_it_where_there_is_no_other_publisher(
        self, publisher, body_a, administrator
    ):
        self.form(publisher, body_a)

        assert administrator.email in {mail.to[0] for mail in delivered()}

    def test_neither_editors_nor_other_publishers_choose(self, editor_a, publisher_b, body_a):
        before = columns_of(body_a)

        for person in (editor_a, publisher_b):
            assert self.form(logged_in(person), body_a).status_code in (403, 404)

        assert columns_of(body_a) == before
