"""With two-person publishing, nothing becomes public that only one person has looked at.

Three people do what they like, in any order. Each text tells who wrote it, so that the versions
themselves tell whether their publisher wrote, brought back or took away some of what is new.
"""

from contextlib import suppress

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from organisations.models import Membership, User
from processing.admin.starting import Start, start_activity
from processing.models import ProcessingActivity
from processing.models.erasure import Erasure
from processing.public_record import PublicRecord
from processing.publishing import NeedsAnotherPerson, Refused
from processing.snapshots import content_of
from tests import factories

PEOPLE = st.sampled_from(("ann", "ben", "cem"))
# Which of the two activities, and which of what is there.
WHICH = st.integers(0, 1)
ANY = st.integers(0, 50)
# Who tries to publish afterwards.
THEN = st.sampled_from(("ann", "ben", "cem", ""))
FIELDS = ("name_en", "summary_en", "summary_nl")


def texts_of(record: PublicRecord | None) -> set[str]:
    """The texts of a record, each of which somebody wrote."""
    if record is None:
        return set()
    texts = {*record.name.values(), *record.summary.values()}
    return texts | {text for purpose in record.purposes for text in purpose.description.values()}


class Register(RuleBasedStateMachine):
    """A body that wants two persons, with two activities and three publishers."""

    @initialize()
    def begin(self) -> None:
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        body = factories.create_organisation(requires_two_persons=True)
        role = Membership.Role.PUBLISHER
        self.people = {
            name: factories.create_member(body, role, f"{name}@two.example")
            for name in ("ann", "ben", "cem")
        }
        self.body = body
        self.serial = 0
        self.activities = [factories.create_activity(body, name="nobody 0") for _which in range(2)]
        for activity in self.activities:
            activity.remember(by=None)
        # Of each activity: who put each text there that is not public, and who took each away.
        self.put: list[dict[str, str]] = [{}, {}]
        self.taken: list[dict[str, str]] = [{}, {}]
        self.public: list[set[str]] = [set(), set()]
        # Texts that somebody published who did not write them.
        self.approved: set[str] = set()
        self.wrong: list[str] = []

    def teardown(self) -> None:
        if hasattr(self, "transaction"):
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def text(self, who: str) -> str:
        self.serial += 1
        return f"{who} {self.serial}"

    def activity(self, which: int) -> ProcessingActivity:
        return ProcessingActivity.objects.get(pk=self.activities[which].pk)

    def notice(self, which: int, who: str, before: set[str]) -> None:
        """Remember who changed what of the texts that stood there before."""
        now = texts_of(self.activity(which).public_record())
        for text in now - before:
            self.put[which][text] = who
            self.taken[which].pop(text, None)
        for text in before - now:
            self.taken[which][text] = who
            self.put[which].pop(text, None)

    def change(self, which: int, who: str, change) -> None:
        activity = self.activity(which)
        before = texts_of(activity.public_record())
        change(activity)
        activity.save()
        activity.remember(by=self.people[who])
        self.notice(which, who, before)

    # Whatever is done, somebody may try to publish it at once: so the tries are many.

    @rule(which=WHICH, who=PEOPLE, field=st.sampled_from(FIELDS), then=THEN)
    def edit(self, which: int, who: str, field: str, then: str) -> None:
        self.change(which, who, lambda activity: setattr(activity, field, self.text(who)))
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, then=THEN)
    def edit_what_is_internal(self, which: int, who: str, then: str) -> None:
        self.change(which, who, lambda activity: setattr(activity, "remarks", self.text(who)))
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, then=THEN)
    def add_row(self, which: int, who: str, then: str) -> None:
        text = self.text(who)
        self.change(
            which,
            who,
            lambda activity: activity.purposes.create(description_en=text),
        )
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, row=ANY, then=THEN)
    def delete_row(self, which: int, who: str, row: int, then: str) -> None:
        def delete(activity: ProcessingActivity) -> None:
            rows = list(activity.purposes.order_by("pk"))
            if len(rows) > 1:
                rows[row % len(rows)].delete()

        self.change(which, who, delete)
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, line=ANY, then=THEN)
    def restore(self, which: int, who: str, line: int, then: str) -> None:
        activity = self.activity(which)
        before = texts_of(activity.public_record())
        lines = list(activity.history.saved().order_by("number"))
        activity.restore(lines[line % len(lines)], by=self.people[who], remark="")
        self.notice(which, who, before)
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, then=THEN)
    def copy(self, which: int, who: str, then: str) -> None:
        """The copy takes the place of the other activity, of which no more is heard."""
        source, other = self.activity(which), 1 - which
        start = Start(content_of(source), "", frozenset(source.authors()))
        self.activities[other] = start_activity(start, self.body, by=self.people[who])
        self.put[other], self.taken[other], self.public[other] = {}, {}, set()
        self.notice(other, who, set())
        self.publish(other, then)

    @rule(which=WHICH, who=PEOPLE, then=THEN)
    def ask(self, which: int, who: str, then: str) -> None:
        with suppress(Refused):
            self.activity(which).request_approval(by=self.people[who])
        self.publish(which, then)

    @rule(which=WHICH, who=PEOPLE, then=THEN)
    def withdraw(self, which: int, who: str, then: str) -> None:
        with suppress(Refused):
            self.activity(which).withdraw(by=self.people[who], reason="x")
        self.publish(which, then)

    def publish(self, which: int, who: str) -> None:
        activity = self.activity(which)
        try:
            version = who and activity.publish(by=self.people[who], seen=activity.fingerprint())
        except Refused:
            return
        if not version:
            return
        now = texts_of(version.public_record)
        for text in now - self.public[which]:
            writer = text.partition(" ")[0]
            if self.put[which].get(text) == who:
                self.wrong.append(f"{who} put {text!r} there and published it")
            if writer == who and text not in self.approved:
                self.wrong.append(f"{who} wrote {text!r} and published it")
        for text in self.public[which] - now:
            if self.taken[which].get(text) == who:
                self.wrong.append(f"{who} took {text!r} away and published that")
        self.approved |= now
        self.public[which] = now
        self.put[which], self.taken[which] = {}, {}

    @precondition(lambda self: hasattr(self, "wrong"))
    @invariant()
    def nobody_published_alone(self) -> None:
        assert self.wrong == []


@pytest.mark.django_db
def test_nobody_publishes_alone_what_is_new():
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=15,
            stateful_step_count=15,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


class TestAuthors:
    """Rare ways, each by itself."""

    pytestmark = pytest.mark.django_db

    @pytest.fixture(autouse=True)
    def two_persons(self, body_a):
        body_a.requires_two_persons = True
        body_a.save()

    @pytest.fixture
    def ann(self, body_a) -> User:
        return factories.create_member(body_a, Membership.Role.PUBLISHER, "ann@two.example")

    def edit(self, activity: ProcessingActivity, by: User, **values: str) -> None:
        for name, value in values.items():
            setattr(activity, name, value)
        activity.save()
        activity.remember(by=by)

    def test_somebody_else_can_publish(self, body_a, editor_a, publisher_a):
        activity = factories.create_activity(body_a, name="New")
        activity.remember(by=editor_a)

        activity.publish(by=publisher_a)

        assert activity.is_published

    def test_a_change_of_what_is_internal_makes_no_second_person(
        self, body_a, editor_a, publisher_a
    ):
        activity = factories.create_activity(body_a, name="New")
        self.edit(activity, publisher_a, name_en="By the publisher")
        self.edit(activity, editor_a, remarks="For ourselves.")

        with pytest.raises(NeedsAnotherPerson):
            activity.publish(by=publisher_a)

    def test_copy_brings_its_authors(self, body_a, editor_a, ann):
        activity = factories.create_activity(body_a, name="New")
        self.edit(activity, ann, name_en="By Ann")
        start = Start(content_of(activity), "", frozenset(activity.authors()))

        copied = start_activity(start, body_a, by=editor_a)

        with pytest.raises(NeedsAnotherPerson):
            copied.publish(by=ann)

    def test_restored_content_brings_its_authors(self, body_a, editor_a, publisher_a, ann):
        activity = factories.create_activity(body_a, name="New")
        self.edit(activity, ann, name_en="By Ann")
        self.edit(activity, editor_a, name_en="By the editor")
        activity.publish(by=publisher_a)
        by_ann = activity.history.saved().get(number=1)

        activity.restore(by_ann, by=editor_a, remark="")

        with pytest.raises(NeedsAnotherPerson):
            activity.publish(by=ann)

    def test_erased_contents_leave_their_authors(self, body_a, editor_a, publisher_a, ann):
        activity = factories.create_activity(body_a, name="New")
        self.edit(activity, ann, name_en="By Ann")
        self.edit(activity, editor_a, summary_en="By the editor")
        earlier = Erasure(contents=True)
        activity.request_erasure(earlier, by=publisher_a, reason="x", seen=activity.history.count())
        activity.confirm_erasure(by=ann, seen=activity.history.count())

        with pytest.raises(NeedsAnotherPerson):
            activity.publish(by=ann)

    def test_what_says_again_what_is_public_has_no_authors(
        self, body_a, editor_a, publisher_a, ann
    ):
        activity = factories.create_activity(body_a, name="New")
        activity.remember(by=editor_a)
        activity.publish(by=publisher_a)
        self.edit(activity, publisher_a, name_en="By the publisher")
        self.edit(activity, publisher_a, name_en="New")
        self.edit(activity, ann, name_en="By Ann")

        activity.publish(by=publisher_a)

        assert activity.public_record().name["en"] == "By Ann"
