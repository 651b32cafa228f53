"""What real registers say has a place: typed in the form, published, and found again."""

from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import gettext, override

from organisations.checks import declared_name
from organisations.models import Department, Organisation, User
from processing.models import PARTS, ProcessingActivity
from processing.snapshots import row_models
from tests import factories
from tests.admin_forms import ACTIVITIES
from tests.browser import needs_browser
from tests.processing.admin.cases import Case, Values, all_cases, shown
from tests.processing.admin.dpo import Dpo

CASES = all_cases()
# Instead of a label: the title of an answer, or the section as a whole.
TITLE, ANYWHERE = "", "*"
# Field of the entry -> section of the page, and the label there.
PLACES = {
    "acts_as": ("controller", "Role"),
    "department": ("controller", "Department"),
    "reference": ("about", "Reference of the body"),
    "themes": ("about", "Themes"),
    "starts_on": ("about", "Start date"),
    "ends_on": ("about", "End date"),
    "keywords": ("about", "People also look for this with"),
    "data_subjects": ("people", TITLE),
    "people_count": ("people", "Number of people, about"),
    "vulnerable_people": ("people", "Vulnerable people"),
    "has_no_special_data": ("data", "Special categories of personal data"),
    "has_no_recipients": ("recipients", ANYWHERE),
    "has_no_transfers": ("transfers", ANYWHERE),
    "automated_decisions": ("automated-decisions", "Automated decisions"),
    "automated_logic": ("automated-decisions", "How the decision is made"),
    "automated_consequences": ("automated-decisions", "What the decision means for you"),
    "sources": ("sources", "The data come from"),
    "source_detail": ("sources", "Which sources"),
    "security_measures": ("security", "Measures"),
    "security": ("security", "Security in general"),
    "processing_types": ("security", "Nature of the processing"),
    "dpia": ("security", "Impact assessment"),
    "dpia_done_on": ("security", "Impact assessment"),
    "dpia_summary": ("security", "Summary of the impact assessment"),
    "rights_procedure": ("rights", "For this processing activity"),
}
# What the page says of something that was ticked.
TICKED = {
    "vulnerable_people": "This processing activity is also about vulnerable people.",
    "has_no_special_data": "The body declares that it processes none.",
    "has_no_recipients": "The body declares that nobody else receives the data.",
    "has_no_transfers": "The body declares that no data leave the European Economic Area.",
}
PARTY = {"organisation": TITLE, "name": TITLE}
# Kind of rows -> section of the page, and for each field the label there.
ROWS = {
    "served_controllers": (
        "served",
        PARTY
        | {
            "category": "Kind of organisation",
            "processing": "What is done for it",
            "contact": "Contact details",
        },
    ),
    "purposes": ("purposes", {"category": TITLE, "description": "Purpose"}),
    "legal_grounds": (
        "legal-basis",
        {
            "ground": TITLE,
            "purposes": "For the purpose",
            "law_title": "Law",
            "law_article": "Law",
            "law_url": "Law",
            "legitimate_interest": "Legitimate interest",
        },
    ),
    "data": (
        "data",
        {
            "category": TITLE,
            "detail": "Which data",
            "about": "About whom",
            "is_mandatory": "Mandatory",
        },
    ),
    "retention": (
        "data",
        {
            "data": TITLE,
            "period": "How long",
            "criterion": "How long",
            "what_for": "What for",
            "after": "Afterwards",
            "unknown_reason": "Why no period is given",
        },
    ),
    "recipients": (
        "recipients",
        PARTY
        | {
            "category": "Kind of recipient",
            "what": "What they receive, and why",
            "authorisation": "Protocol or authorisation",
            "authorisation_url": "Protocol or authorisation",
        },
    ),
    "processors": (
        "recipients",
        PARTY
        | {
            "category": "Kind of recipient",
            "task": "Task",
            "country": "Seat",
            "data_countries": "Where the data are kept",
            "agreed_on": "Date of the agreement",
            "works_for": "Role",
        },
    ),
    "joint_controllers": (
        "controller",
        PARTY
        | {
            "category": "Kind of organisation",
            "arrangement": "Who does what",
            "contact": "Contact details",
        },
    ),
    "transfers": (
        "transfers",
        {
            "country": TITLE,
            "international_organisation": TITLE,
            "recipient": "To whom",
            "processor": "To whom",
            "mechanism": "Ground for the transfer",
            "safeguards": "Safeguards",
            "url": "More information",
        },
    ),
}
# The page says these together with others.
TOLD_WITH_OTHERS = {"unit", "internal"}

# The label (see PLACES) and what must stand there.
Answers = list[tuple[str, str]]


def answers_of_entry(case: Case) -> Iterator[tuple[str, Answers]]:
    """What the page must say of the fields of an entry: section -> answer."""
    for name, value in case.entry.items():
        if name in PLACES:
            section, label = PLACES[name]
            if (name, case.entry.get("dpia")) in NOT_NEEDED:
                label = "Why none is needed"
            texts = [gettext(TICKED[name])] if value is True else shown(value)
            if name == "keywords":
                # The page parts them as people read them, not as they are typed.
                texts = [text.replace("; ", " · ") for text in texts]
            for text in texts:
                yield section, [(label, text)]


NOT_NEEDED = {("dpia_summary", label) for label in ("niet nodig", "nicht nötig", "not needed")}


def answers_of_rows(case: Case) -> Iterator[tuple[str, Answers]]:
    """What the page must say of the rows: section -> answers that stand together."""
    for kind, rows in case.rows.items():
        section, labels = ROWS[kind]
        for row in rows:
            together = [
                (labels[name], text)
                for name, value in row.items()
                if name not in TOLD_WITH_OTHERS
                for text in said(case, name, value)
            ]
            if kind == "retention" and "data" not in row:
                together.append((TITLE, gettext("All these data")))
            if kind == "legal_grounds" and row["ground"] == gettext("performance of a contract"):
                together = [(label.replace("Law", "Contract"), text) for label, text in together]
            if kind not in ("data", "purposes") and "category" in row and "name" not in row:
                # Who has no name is called by the kind.
                together = [(TITLE if "Kind" in label else label, t) for label, t in together]
            # Several data can have one period: it stands with each.
            titles = [one for one in together if one[0] == TITLE]
            others = [one for one in together if one[0] != TITLE]
            for title in titles or [None]:
                yield section, [*filter(None, [title]), *others]


def said(case: Case, name: str, value: object) -> list[str]:
    """What the page says of a field of a row, which may name other rows."""
    kind = {
        **{"purposes": "purposes", "data": "data", "recipient": "recipients"},
        **{"processor": "processors", "works_for": "processors"},
    }.get(name)
    if kind is None:
        return shown(value)
    numbers = value if isinstance(value, list) else [value]
    found = [name_of(case.rows[kind][number - 1]) for number in numbers]
    if name == "works_for":
        return [gettext("Sub-processor of %(name)s") % {"name": text} for text in found]
    return found


def name_of(row: Values) -> str:
    names = ("description", "name", "organisation", "category")
    return shown(next(row[name] for name in names if name in row))[0]


def destinations(case: Case) -> Iterator[tuple[str, Answers]]:
    """That a transfer is also told with whom it goes to."""
    for transfer in case.rows.get("transfers", []):
        for name, kind in (("recipient", "recipients"), ("processor", "processors")):
            if name in transfer and "country" in transfer:
                party = name_of(case.rows[kind][transfer[name] - 1])
                where = shown(transfer["country"])[0]
                yield "recipients", [(TITLE, party), ("Outside the EEA", where)]


def stands_in(page: dict, section: str, answers: Answers) -> bool:
    """Whether the answers stand in the section, together."""
    if section not in page:
        return False
    if answers[0][0] == ANYWHERE:
        return answers[0][1] in page[section]["text"]
    return any(
        all(_is_told(answer, label, text) for label, text in answers)
        for answer in page[section]["answers"]
    )


def _is_told(answer: dict, label: str, text: str) -> bool:
    told = answer["rows"].get(gettext(label), []) if label else [answer["title"]]
    return any(text.casefold() in one.casefold() for one in told)


@pytest.fixture(scope="module")
def window(browser) -> Iterator:
    """One for all: the browser then has the scripts and styles."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    window = context.new_page()
    window.complaints = []
    window.on("console", lambda m: window.complaints.append(m.text) if m.type == "error" else 0)
    window.on("pageerror", lambda error: window.complaints.append(str(error)))
    yield window
    context.close()


@pytest.fixture
def body(live_site) -> Organisation:
    # At an address of its own: the window keeps pages for a while.
    body = factories.create_organisation()
    Department.objects.create(organisation=body, name_nl="Gebouwen en veiligheid")
    Department.objects.create(organisation=body, name_de="Haushalt und Einkauf")
    factories.create_organisation("other-body")
    return body


@pytest.fixture
def at_work(window, live_site, body) -> Callable:
    """The data protection officer of the body, who speaks a language."""

    def somebody(language: str) -> Dpo:
        person = factories.create_member(body, "publisher", "dpo@people.example")
        User.objects.filter(pk=person.pk).update(language=language)
        return enter(window, live_site, person, language)

    return somebody


def enter(window, site: str, person: User, language: str) -> Dpo:
    client = Client()
    client.force_login(User.objects.get(pk=person.pk))
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookies = {settings.SESSION_COOKIE_NAME: session, settings.LANGUAGE_COOKIE_NAME: language}
    window.context.add_cookies([{"name": n, "value": v, "url": site} for n, v in cookies.items()])
    return Dpo(window, site, language)


@needs_browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("case", CASES, ids=str)
def test_everything_typed_is_found_again_on_the_page(case, at_work, body):
    Organisation.objects.filter(pk=body.pk).update(shows_departments=case.shows_departments)
    dpo = at_work(case.language)

    activity = dpo.enters(case)
    dpo.publishes()

    page = dpo.reads(activity)
    whole = dpo.window.inner_text("main")
    with override(case.language):
        expected = [*answers_of_entry(case), *answers_of_rows(case), *destinations(case)]
        # Not one "no place".
        assert [one for one in expected if not stands_in(page, *one)] == []
    assert dpo.window.inner_text("h1").startswith(case.entry["name"])
    assert dpo.window.inner_text(".lead") == case.entry["summary"]
    internal = [text for value in case.internal for text in shown(value)]
    assert [text for text in internal if text in whole] == []
    assert dpo.window.complaints == []


def test_cases_hold_every_place_of_the_form():
    """Whoever adds a field adds it to a case, and says where the page shows it."""
    models = {"entry": ProcessingActivity} | row_models(ProcessingActivity)
    told: dict[str, set[str]] = {kind: set() for kind in models}
    for case in CASES:
        for kind, rows in ({"entry": [case.entry]} | case.rows).items():
            for row in rows:
                told[kind] |= {*row, *row.get("internal", {})} - {"internal"}

    missing = {
        f"{kind}.{name}"
        for kind, model in models.items()
        for name in places_of(model)
        if name not in told[kind]
    }

    assert len(PARTS) == len(ROWS)
    assert missing == {
        # The body is that of the person; what replaces an entry has to be public itself.
        *("entry.organisation", "entry.replaced_by"),
    }


def places_of(model: type) -> set[str]:
    """The names of the fields in which people write."""
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    names = {declared_name(model, field.name) for field in fields if field.editable}
    return names - {"id", "key", "activity"}


@needs_browser
@pytest.mark.django_db(transaction=True)
def test_what_a_body_tells_of_itself_is_found_again(at_work, window, live_site, body):
    factories.create_organisation("watchdog", kind="authority")
    form = f"{live_site}/admin/organisations/organisation/{body.pk}/change/"
    save = "[name=_save]"
    enter(window, live_site, factories.create_administrator(), "en")
    window.goto(form)
    window.select_option("[name=supervisory_authority]", label="Agency watchdog")
    window.click(save)

    dpo = at_work("en")
    window.goto(form)
    window.fill("[name=phone]", "+32 2 123 45 67")
    window.fill("[name=dpo_phone]", "+32 2 123 45 68")
    window.check("[name=shows_departments]")
    window.click(save)
    window.goto(f"{live_site}/admin/organisations/department/add/")
    window.fill("[name=name_en]", "Legal affairs")
    window.click(save)
    activity = factories.create_activity(body)
    activity.remember(by=None)
    window.goto(f"{live_site}{ACTIVITIES}{activity.pk}/change/")
    window.click("#section-what > summary")
    window.select_option("[name=department]", label="Legal affairs")
    window.click("[name=_continue]")
    dpo.publishes()

    page = dpo.reads(activity)
    controller = ("controller", [("Supervisory authority", "Agency watchdog")])
    assert stands_in(page, *controller)
    assert stands_in(page, "controller", [("Department", "Legal affairs")])
    assert "+32 2 123 45 68" in page["rights"]["text"]
    window.goto(f"{live_site}/en/organisations/{body.slug}/")
    contact = window.inner_text("[aria-labelledby=contact]")
    for told in ("+32 2 123 45 67", "+32 2 123 45 68", "Agency watchdog"):
        assert told in contact
