"""Everything that a register holds has a place: published, and found again on the page."""

import datetime
import io

import pytest
from django.core.management import call_command

from organisations.models import Department
from processing.models import (
    DataItem,
    JointController,
    LegalGround,
    ProcessingActivity,
    Processor,
    Purpose,
    Recipient,
    Retention,
    ServedController,
    Transfer,
)
from processing.publishing import DoesNotFit, PublishRefused
from tests import factories
from tests.processing.views.test_entry_page import sections

pytestmark = pytest.mark.django_db


@pytest.fixture
def activity(body_a) -> ProcessingActivity:
    return factories.create_activity(body_a)


@pytest.fixture
def published(activity, publisher_a, visitor):
    """Publish the activity, and give what each section of its page says."""

    def publish(language: str = "en") -> dict[str, str]:
        activity.remember(by=publisher_a)
        activity.publish(by=publisher_a)
        return sections(visitor.get(f"/{language}/processing/body-a/{activity.number}/").text)

    return publish


class TestLegalGrounds:
    def test_each_ground_has_its_laws_and_its_purposes(self, activity, published):
        Purpose.objects.create(activity=activity, description_en="To pay wages.")
        activity.legal_grounds.all().delete()
        for title, articles in (("Wages Act", "12, § 1"), ("Tax Code", "")):
            LegalGround.objects.create(
                activity=activity,
                ground="6-c",
                purposes=[2],
                law_title_en=title,
                law_article=articles,
                law_url="https://law.example/",
            )
        LegalGround.objects.create(activity=activity, ground="6-e", purposes=[1])
        LegalGround.objects.create(activity=activity, ground="9-b", law_title_en="Labour Act")

        said = published()["legal-basis"]

        assert said.count("Legal obligation (GDPR, Art. 6(1)(c))") == 1
        assert "For the purpose To pay wages. Law Wages Act Art. 12, § 1 Law Tax Code" in said
        assert "For the purpose Purpose of Visitors." in said
        assert "Law Labour Act" in said

    def test_contract_is_called_a_contract(self, activity, published):
        activity.legal_grounds.update(ground="6-b", law_title_en="Framework agreement")

        said = published()["legal-basis"]

        assert "Contract Framework agreement" in said
        assert "Law Framework" not in said


class TestParties:
    def test_processor_with_a_sub_processor(self, activity, published):
        Processor.objects.create(
            activity=activity,
            name_en="Cloud plc",
            task_en="Hosting",
            country="IE",
            data_countries=["IE", "US"],
            agreed_on=datetime.date(2024, 3, 1),
            contract_reference="secret-reference",
        )
        Processor.objects.create(activity=activity, name_en="Mail Ltd")
        Processor.objects.create(activity=activity, name_en="Disks Inc", country="US", works_for=1)
        Transfer.objects.create(
            activity=activity, country="US", mechanism_id="02", processor=3, safeguards_en="SCC"
        )

        said = published()

        told = said["recipients"]
        assert "Cloud plc Role Processor Task Hosting Seat Ireland" in told
        assert "Where the data are kept Ireland United States" in told
        assert "Date of the agreement 1 March 2024" in told
        assert "Disks Inc Role Sub-processor of Cloud plc Seat United States" in told
        assert "Outside the EEA United States" in told
        # A sub-processor stands behind its processor.
        assert told.index("Cloud plc") < told.index("Disks Inc") < told.index("Mail Ltd")
        assert "United States To whom Disks Inc" in said["transfers"]
        assert "secret-reference" not in "".join(said.values())

    def test_transfers_to_one_country_are_told_apart(self, activity, published):
        for name in ("Alpha", "Beta"):
            Recipient.objects.create(activity=activity, name_en=name)
        for key in (1, 2):
            Transfer.objects.create(
                activity=activity, country="US", mechanism_id="02", recipient=key
            )

        said = published()["transfers"]

        assert "United States To whom Alpha" in said
        assert "United States To whom Beta" in said

    def test_joint_controller_is_told_under_who_is_responsible(self, activity, published):
        JointController.objects.create(
            activity=activity,
            name_en="Province",
            contact_en="Main street 1",
            arrangement_en="It answers questions.",
        )

        said = published()

        told = "Province Role Joint controller Who does what It answers questions."
        assert f"{told} Contact details Main street 1" in said["controller"]
        assert "Province" not in said["recipients"]

    @pytest.mark.parametrize("key", [7, 1])
    def test_sub_processor_works_for_another_that_is_there(self, key, activity, editor_a):
        Processor.objects.create(activity=activity, name_en="X", works_for=key)

        with pytest.raises(DoesNotFit, match="names a row that is not there"):
            activity.remember(by=editor_a)


class TestNothing:
    DECLARED = {
        "recipients": ("has_no_recipients", "declares that nobody else receives the data"),
        "transfers": ("has_no_transfers", "declares that no data leave"),
    }

    @pytest.mark.parametrize("section", DECLARED)
    def test_declared_nothing_is_another_answer_than_none(self, section, activity, published):
        field, told = self.DECLARED[section]
        before = published()[section]
        setattr(activity, field, True)
        activity.save()

        after = published()[section]

        assert "The register mentions no" in before
        assert told in after
        assert "The register mentions no" not in after

    def test_no_automated_decisions_and_no_special_data(self, activity, published):
        activity.automated_decisions, activity.has_no_special_data = False, True
        activity.save()

        said = published()

        assert "No. The body declares that there are none." in said["automated-decisions"]
        assert "The body declares that it processes none." in said["data"]

    @pytest.mark.parametrize("ground", ["9-b", "10-law"])
    def test_no_special_data_needs_no_condition_for_them(self, ground, activity, publisher_a):
        activity.has_no_special_data = True
        activity.save()
        LegalGround.objects.create(activity=activity, ground=ground)

        with pytest.raises(PublishRefused, match=r"special or criminal data.*not both"):
            activity.publish(by=publisher_a)

    def test_nothing_and_something_cannot_both_be_said(self, activity, publisher_a):
        activity.has_no_transfers = True
        activity.save()
        Transfer.objects.create(activity=activity, country="US", mechanism_id="02")

        with pytest.raises(PublishRefused, match=r"transfers, or the declaration.*not both"):
            activity.publish(by=publisher_a)


class TestRetention:
    def test_several_periods_for_one_category(self, activity, published):
        activity.retention.update(data=[1], what_for_en="the file")
        Retention.objects.create(
            activity=activity, data=[1], period=7, unit="year", what_for_en="the accounts"
        )

        said = published()["data"]

        assert "What for the file How long 10 years" in said
        assert "What for the accounts How long 7 years" in said

    def test_period_of_all_data_stands_once(self, activity, published):
        DataItem.objects.create(activity=activity, category_id="M1")

        said = published()["data"]

        assert said.count("How long 10 years") == 1
        assert "All these data How long 10 years" in said

    def test_what_cannot_be_said_has_a_reason_and_blocks_nothing(self, activity, published):
        activity.retention.all().delete()
        Retention.objects.create(activity=activity, unknown_reason_en="The case may be reopened.")

        said = published()["data"]

        assert "Why no period is given The case may be reopened." in said
        activity.refresh_from_db()
        assert "retention-each" in activity.gaps
        assert "retention" not in activity.gaps


class TestImpactAssessment:
    @pytest.mark.parametrize(
        ("state", "told"),
        [
            ("done", "Impact assessment Done 2 January 2024 Summary of the impact assessment Few"),
            ("not_needed", "Impact assessment Not needed Why none is needed Few"),
            ("under_way", "Impact assessment Under way Summary of the impact assessment Few"),
        ],
    )
    def test_state_is_told(self, state, told, activity, published):
        activity.dpia, activity.dpia_summary_en = state, "Few people."
        activity.dpia_done_on = datetime.date(2024, 1, 2) if state == "done" else None
        activity.authority_consultation = "secret-consultation"
        activity.save()

        said = published()

        assert told in said["security"]
        assert "secret-consultation" not in "".join(said.values())


class TestBody:
    def test_department_is_shown_where_the_body_chose_so(self, activity, body_a, published):
        activity.department = Department.objects.create(organisation=body_a, name_en="Disputes")
        activity.save()

        hidden = published()["controller"]
        body_a.shows_departments = True
        body_a.save()
        shown = published()["controller"]

        assert "Disputes" not in hidden
        assert "Department Disputes" in shown

    def test_department_is_hidden_at_once_and_renamed_everywhere(
        self, activity, body_a, published, visitor
    ):
        body_a.shows_departments = True
        body_a.save()
        department = Department.objects.create(organisation=body_a, name_en="Disputes")
        activity.department = department
        activity.save()
        published()
        department.name_en = "Litigation"
        department.save()

        renamed = visitor.get("/en/processing/body-a/1/").text
        body_a.shows_departments = False
        body_a.save()
        hidden = visitor.get("/en/processing/body-a/1/").text

        assert "Litigation" in renamed
        assert "Litigation" not in hidden

    def test_telephones_and_supervisory_authority(self, body_a, body_b, published, visitor):
        body_a.phone, body_a.dpo_phone = "+32 2 123 45 67", "+32 2 123 45 68"
        body_a.supervisory_authority = body_b
        body_a.save()

        said = published()
        page = visitor.get("/en/organisations/body-a/").text

        assert 'href="tel:+3221234567"' in page
        assert 'href="tel:+3221234568"' in page
        assert "Supervisory authority" in page
        assert "Supervisory authority Agency body-b" in said["controller"]

    def test_number_of_people(self, activity, published):
        activity.people_count = 11_000_000
        activity.save()

        assert "11.000.000" in published("nl")["people"]


class TestProcessor:
    """GDPR Art. 30(2): the body works for others."""

    @pytest.fixture
    def served(self, body_a, body_b) -> ProcessingActivity:
        activity = ProcessingActivity.objects.create(
            organisation=body_a, name_en="Printing letters", acts_as="processor"
        )
        ServedController.objects.create(
            activity=activity, organisation=body_b, processing_en="Printing", contact_en="A street"
        )
        return activity

    def test_it_needs_what_article_30_2_asks_and_nothing_else(self, served, publisher_a):
        served.served_controllers.all().delete()

        with pytest.raises(PublishRefused) as refusal:
            served.publish(by=publisher_a)

        (missing,) = refusal.value.missing
        assert "controller on whose behalf the body works" in str(missing)

    def test_it_is_published_marked_and_found(self, served, publisher_a, visitor):
        served.remember(by=publisher_a)
        served.publish(by=publisher_a)

        page = visitor.get(f"/en/processing/body-a/{served.number}/").text
        said = sections(page)
        listed = visitor.get("/en/processing/?role=processor").text
        others = visitor.get("/en/processing/?role=controller").text

        assert "Agency body-b Role Controller What is done for it Printing" in said["served"]
        assert "Role Processor, on behalf of others" in said["controller"]
        assert "On behalf of others" in page
        assert "legal-basis" not in said
        assert "recipients" not in said
        assert "Printing letters" in listed
        assert "On behalf of others" in listed
        assert "Printing letters" not in others

    def test_entry_of_a_controller_speaks_of_no_others(self, published):
        assert "served" not in published()


def test_command_lists_countries_that_there_are_not(activity):
    Transfer.objects.create(activity=activity, country="UK", mechanism_id="02")
    Processor.objects.create(activity=activity, name_en="X", country="BE", data_countries=["XX"])
    told = io.StringIO()

    call_command("check_countries", stdout=told)

    lines = told.getvalue().splitlines()
    assert lines[:2] == ["body-a 1: processor XX", "body-a 1: transfer UK"]
    assert lines[2].startswith("2 rows")
