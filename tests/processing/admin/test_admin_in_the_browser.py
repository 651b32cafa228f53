"""The admin as its people meet it: a real browser, the strict policy, two factors."""

import re
from collections.abc import Iterator, Sequence

import pytest
from django.core.management import call_command
from playwright.sync_api import Page

from contact.models import Question
from organisations.models import Membership, Organisation, User
from processing.models import ProcessingActivity
from tests import factories
from tests.axe import violations
from tests.browser import needs_browser
from tests.mails import delivered
from tests.registry_site.accounts.logging_in import PASSWORD, code_of

pytestmark = [needs_browser, pytest.mark.django_db(transaction=True)]

ACTIVITIES = "/admin/processing/processingactivity/"


class Person:
    """Somebody at a browser of their own, who notices what the browser complains about."""

    def __init__(self, browser, site: str, *, language: str = "en") -> None:
        self.site = site
        self.context = browser.new_context(locale=language, viewport={"width": 1280, "height": 900})
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.foreign: list[str] = []
        self.page.on(
            "console", lambda m: self.complaints.append(m.text) if m.type == "error" else 0
        )
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._notice)

    def _notice(self, request) -> None:
        if not request.url.startswith((self.site, "data:")):
            self.foreign.append(request.url)

    def goes_to(self, address: str):
        return self.page.goto(address if address.startswith("http") else self.site + address)

    def logs_in(self, email: str, secret: str) -> None:
        self.goes_to("/admin/")
        self.page.fill("[name=login]", email)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click(".submit-row [type=submit]")
        self.page.fill("[name=code]", code_of(secret))
        self.page.click(".submit-row [type=submit]")
        self.page.wait_for_url("**/admin/")

    def sets_up_second_factor(self) -> str:
        """From the first page after the log-in to the recovery codes; returns the secret."""
        self.goes_to("/admin/")
        self.page.fill("[name=password]", PASSWORD)
        self.page.click(".submit-row [type=submit]")
        secret = self.page.inner_text("#authenticator_secret")
        assert self.page.evaluate("document.querySelector('.register-code img').naturalWidth") > 0
        self.page.fill("[name=code]", code_of(secret))
        self.page.click(".submit-row [type=submit]")
        assert self.page.locator(".register-codes li").count() == 10
        return secret

    def picks(self, field: str, text: str) -> None:
        """Choose in a searchable field by typing a part of the name."""
        self.page.click(f"#{field} + .select2-container")
        self.page.locator(".select2-container--open .select2-search__field:focus").wait_for()
        self.page.keyboard.type(text)
        options = self.page.locator(".select2-container--open .select2-results__option")
        options.filter(has_text=text).first.click()


@pytest.fixture
def site(live_site, settings) -> str:
    settings.TWO_FACTOR = True
    return live_site


@pytest.fixture
def people(browser, site) -> Iterator:
    made: list[Person] = []

    def somebody(**options) -> Person:
        made.append(Person(browser, site, **options))
        return made[-1]

    yield somebody
    for person in made:
        person.context.close()


@pytest.fixture
def body(site) -> Organisation:
    return factories.create_organisation("body-a", requires_two_persons=True)


def with_password(person: User) -> User:
    person.set_password(PASSWORD)
    person.save()
    return person


def test_from_invitation_to_withdrawal(people, body, site):
    central, editor, publisher, citizen = people(), people(), people(), people(language="nl")
    with_password(factories.create_administrator())

    # A central administrator sets up the second factor and invites two people.
    central.goes_to("/admin/")
    central.page.fill("[name=login]", "central@people.example")
    central.page.fill("[name=password]", PASSWORD)
    central.page.click(".submit-row [type=submit]")
    central.sets_up_second_factor()
    for email, role in (("editor@people.example", "editor"), ("dpo@people.example", "publisher")):
        central.goes_to("/admin/organisations/user/add/")
        central.page.fill("[name=email]", email)
        central.page.select_option("select[name=language]", "en")
        central.page.click("#memberships-group .add-row a")
        central.picks("id_memberships-0-organisation", "body-a")
        central.page.select_option("[name=memberships-0-role]", role)
        central.page.click("[name=_save]")
        assert "was added successfully" in central.page.inner_text(".messagelist")

    # Each follows the link in the mail, chooses a password, and sets up the second factor.
    for person, message in zip((editor, publisher), delivered(), strict=True):
        person.goes_to(re.search(r"http\S+/password/\S+", message.body)[0])
        person.page.fill("[name=new_password1]", PASSWORD)
        person.page.fill("[name=new_password2]", PASSWORD)
        person.page.click(".submit-row [type=submit]")
        person.page.click("a[href*='login']")
        person.page.fill("[name=login]", message.to[0])
        person.page.fill("[name=password]", PASSWORD)
        person.page.click(".submit-row [type=submit]")
        person.sets_up_second_factor()

    # The editor enters an activity in two languages.
    page = editor.page
    editor.goes_to(f"{ACTIVITIES}add/")
    assert page.is_visible("[name=name_en]")
    assert not page.is_visible("[name=name_nl]")
    page.fill("[name=name_en]", "Visitors of the building")
    page.click(".register-languages button[lang=nl]")
    page.fill("[name=name_nl]", "Bezoekers van het gebouw")
    assert "(1 filled)" in page.inner_text(".register-languages button[lang=nl]")
    page.click("text=Open all")
    editor.picks("id_data_subjects", "Visitors")
    page.click("#purposes-group .add-row a")
    page.fill("[name=purposes-0-description_nl]", "Het gebouw beveiligen.")
    editor.picks("id_purposes-0-category", "Security")
    page.click("#data-group .add-row a")
    editor.picks("id_data-0-category", "Personal identification data")
    page.click("#legal_grounds-group .add-row a")
    page.select_option("[name=legal_grounds-0-ground]", "6-e")
    page.click("#retention-group .add-row a")
    page.fill("[name=retention-0-period]", "1")
    page.select_option("[name=retention-0-unit]", "month")
    page.click("[name=_continue]")
    activity = ProcessingActivity.objects.get()
    assert activity.data_subjects.get().code == "01_09"
    assert page.inner_text("#standing").startswith("Status: draft.")

    # Nothing is public yet. The editor asks, the publisher looks and approves.
    address = f"/nl/processing/body-a/{activity.number}/"
    assert citizen.goes_to(address).status == 404
    page.click("text=Request approval")
    page.click("[type=submit].default")
    assert "Approval was requested for 1 activity." in page.inner_text(".messagelist")
    request = delivered()[-1]
    assert request.to == ["dpo@people.example"]
    publisher.goes_to(re.search(r"http\S+/change/", request.body)[0])
    publisher.goes_to(f"{ACTIVITIES}{activity.pk}/preview/nl/")
    assert publisher.page.inner_text("h1") == "Bezoekers van het gebouw"
    publisher.page.click("main ~ * a, .notice a")
    publisher.page.click(".register-steps >> text=Publish")
    publisher.page.click("[type=submit].default")
    assert "1 activity was published." in publisher.page.inner_text(".messagelist")
    assert citizen.goes_to(address).status == 200
    assert citizen.page.inner_text("h1") == "Bezoekers van het gebouw"

    # A change stays inside until it is published as version 2 by somebody else.
    publisher.page.click(".register-languages button[lang=nl]")
    publisher.page.click(".register-sections a >> nth=0")
    publisher.page.fill("[name=name_nl]", "Bezoekers en leveranciers")
    publisher.page.click("[name=_continue]")
    assert publisher.page.locator(".register-steps a", has_text="Publish").count() == 0
    publisher.goes_to(f"{ACTIVITIES}{activity.pk}/steps/publish/")
    assert "another publisher must publish it" in publisher.page.inner_text("#content")
    citizen.page.reload()
    assert citizen.page.inner_text("h1") == "Bezoekers van het gebouw"
    Membership.objects.filter(user__email="editor@people.example").update(role="publisher")
    editor.goes_to(f"{ACTIVITIES}{activity.pk}/steps/publish/")
    assert "leveranciers" in page.inner_text("ins")
    page.click("[type=submit].default")
    citizen.goes_to(address)
    citizen.page.reload()
    assert citizen.page.inner_text("h1") == "Bezoekers en leveranciers"
    citizen.goes_to(f"{address}compare/1/2/")
    assert "leveranciers" in citizen.page.inner_text("main")

    # Withdrawn, with a reason: gone everywhere.
    editor.goes_to(f"{ACTIVITIES}{activity.pk}/steps/withdraw/")
    page.fill("[name=remark]", "The building is closed.")
    page.click("[type=submit].default")
    editor.goes_to(f"{ACTIVITIES}{activity.pk}/history/")
    assert "The building is closed." in page.inner_text("#content-main")
    for path in (address, f"{address}versions/1/", f"{address}history/"):
        citizen.goes_to(path)
        assert citizen.page.reload().status == 410

    for person in (central, editor, publisher, citizen):
        assert person.foreign == []
        complaints = [text for text in person.complaints if not re.search("404|410", text)]
        assert complaints == []


@pytest.fixture
def at_work(people, body, browser, site) -> Person:
    """A central administrator at work, with a body and activities in every state."""
    from allauth.mfa.totp.internal.auth import TOTP

    secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
    central = with_password(factories.create_administrator())
    TOTP.activate(central, secret)
    other = factories.create_organisation("body-b")
    publisher = factories.create_member(body, Membership.Role.PUBLISHER, "dpo@people.example")
    full = factories.create_full_activity(body, other, "mark")
    full.remember(by=central)
    full.publish(by=publisher)
    full.name_nl = "changed"
    full.save()
    full.remember(by=publisher)
    call_command("load_templates", verbosity=0)
    factories.create_question(body)
    person = people()
    person.logs_in(central.email, secret)
    return person


def pages_of(activity: ProcessingActivity, question: Question, person: User) -> list[str]:
    base = f"{ACTIVITIES}{activity.pk}/"
    return [
        "/admin/",
        "/admin/processing/",
        ACTIVITIES,
        f"{ACTIVITIES}?state=changed&gap=required",
        f"{ACTIVITIES}add/",
        f"{ACTIVITIES}templates/",
        f"{base}change/",
        f"{base}history/",
        f"{base}history/1/restore/",
        f"{base}compare/",
        f"{base}copy/",
        f"{base}remarks/",
        f"{base}erase/",
        f"{base}preview/nl/",
        *(f"{base}steps/{step}/" for step in ("request", "publish", "withdraw", "review")),
        "/admin/organisations/organisation/",
        f"/admin/organisations/organisation/{activity.organisation_id}/change/",
        f"/admin/organisations/organisation/{activity.organisation_id}/delete/",
        "/admin/organisations/user/",
        "/admin/organisations/user/add/",
        f"/admin/organisations/user/{person.pk}/change/",
        f"/admin/organisations/user/{person.pk}/history/",
        "/admin/processing/datacategory/",
        "/admin/processing/datacategory/A1/change/",
        "/admin/processing/datacategory/A1/use/",
        "/admin/processing/synonym/",
        "/admin/processing/synonym/add/",
        "/admin/processing/activitytemplate/",
        "/admin/organisations/department/",
        "/admin/organisations/department/add/",
        "/admin/contact/question/",
        "/admin/contact/question/figures/",
        f"/admin/contact/question/{question.pk}/change/",
        f"/admin/contact/question/{question.pk}/answer/",
        "/admin/contact/mail/",
        "/admin/account/2fa/",
        "/admin/account/2fa/recovery-codes/",
        "/admin/account/2fa/recovery-codes/generate/",
        "/admin/account/2fa/totp/deactivate/",
        "/admin/account/reauthenticate/",
        "/admin/account/2fa/reauthenticate/",
        "/admin/account/password/",
        "/admin/account/password/sent/",
        "/admin/account/password/set/",
        "/admin/account/password/x/y/",
        "/admin/password_change/",
        "/admin/password_change/done/",
    ]


# What every page of Django's own admin (5.2) gives: the names of its searchable fields, the links
# in its trail, the cells of its tabular rows. Rule of axe -> in the markup that it is about.
STOCK = {
    "aria-input-field-name": "select2-",
    "label": r"select2-search__field|-DELETE",
    # Its label is a picture with its name.
    "label-title-only": 'id="searchbar"',
    "list": "select2-",
    "link-in-text-block": r'<a href="/admin/(\w+/)*">',
    "select-name": r'name="memberships-\d+-role"',
}


def is_stock(rule: str, markup: str) -> bool:
    return rule in STOCK and re.search(STOCK[rule], markup) is not None


# What may be wrong on phones alone: most of what a page is made of stays the same.
ON_PHONES = ["color-contrast", "scrollable-region-focusable"]


def findings(page: Page, rules: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The serious findings: rule, markup. By some rules only where these are named."""
    return [
        (violation["id"], node["html"][:150])
        for violation in violations(page, rules)
        if violation["impact"] in ("critical", "serious")
        for node in violation["nodes"]
        if not is_stock(violation["id"], node["html"])
    ]


def test_every_page_keeps_the_policy_and_is_accessible(at_work):
    activity = ProcessingActivity.objects.get()
    person = User.objects.get(email="dpo@people.example")
    found = []
    for address in pages_of(activity, Question.objects.get(), person):
        at_work.page.set_viewport_size({"width": 1280, "height": 900})
        answer = at_work.goes_to(address)
        assert answer.status in (200, 404), address
        complaints = [text for text in at_work.complaints if "404" not in text]
        assert complaints == [], address
        found += [(address, *finding) for finding in findings(at_work.page)]
        at_work.page.set_viewport_size({"width": 390, "height": 900})
        found += [(f"{address} at 390", *finding) for finding in findings(at_work.page, ON_PHONES)]
        if (width := at_work.page.evaluate("document.documentElement.scrollWidth")) > 390:
            found.append((f"{address} at 390", "too wide", width))

        # The checker itself applies styles, which the policy refuses.
        at_work.complaints.clear()

    assert at_work.foreign == []
    assert found == []
