"""What an entry's page says: every kind of answer, once."""

import datetime
import re

import pytest

from processing.models import (
    DataItem,
    JointController,
    LegalGround,
    Processor,
    Purpose,
    Retention,
    Transfer,
)
from tests import factories
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db


def sections(page: str) -> dict[str, str]:
    """Key of the section -> its text, white space folded; a cell of a table with its label."""
    found = {}
    for part in re.split(r'<section class="question[^"]*" aria-labelledby="', page)[1:]:
        key, html = part.split('"', 1)
        html = re.sub(r'<td[^>]* data-label="([^"]+)">', r" \1 ", html.split("</section>")[0])
        text = re.sub(r"<[^>]+>", " ", html)
        found[key] = re.sub(r"\s+", " ", text)
    return found


def test_long_and_monotonous_text_is_compared_word_by_word(body_a, publisher_a, visitor):
    words = "the " * 200 + " ".join(f"w{number}" for number in range(600))
    activity = factories.create_activity(body_a, summary_en=words)
    activity.publish(by=publisher_a)
    activity.summary_en = words + " more"
    activity.save()
    activity.publish(by=publisher_a)

    page = visitor.get("/en/processing/body-a/1/compare/1/2/").text

    (added,) = re.findall("<ins>(.*?)</ins>", page)
    assert added.endswith(" more")
    assert "w598" not in added


def test_each_page_says_what_all_entries_share_in_its_own_language(body_a, publisher_a, visitor):
    factories.create_activity(body_a).publish(by=publisher_a)

    pages = {lang: visitor.get(f"/{lang}/processing/body-a/1/").text for lang in LANGUAGES}

    shared = {
        "question": r'<h2 id="purposes">(.*?)</h2>',
        "ground": r'gdpr/legal-bases/#[^"]*">(.*?)</a>',
        "what happens afterwards": r'<table class="answers" aria-labelledby="data">.*?'
        r"<span>([^<]*)</span></td></tr></tbody>",
        "rights": r'<h2 id="rights">(.*?)</h2>',
        "how to cite it": r'<summary>([^<]*)</summary>\s*<p class="citation">',
        "complaint": r'gdpr/complaint/">(.*?)</a>',
    }
    for what, pattern in shared.items():
        said = {re.search(pattern, page, re.DOTALL)[1] for page in pages.values()}
        assert len(said) == len(LANGUAGES), what
    for language, page in pages.items():
        assert set(re.findall('href="/(..)/gdpr/', page)) == {language}


@pytest.fixture
def said(body_a, body_b, publisher_a, visitor) -> dict[str, str]:
    successor = factories.create_activity(body_a, name="Successor")
    successor.publish(by=publisher_a)
    activity = factories.create_activity(
        body_a,
        name="Rich entry",
        reference="REF-7",
        vulnerable_people=True,
        automated_decisions=True,
        automated_logic_en="Points are added.",
        sources=["person", "authentic_source"],
        dpia="not_done",
        starts_on=datetime.date(2019, 3, 4),
        ends_on=datetime.date(2027, 5, 6),
        replaced_by=successor,
    )
    Purpose.objects.create(
        activity=activity,
        category_id="C2_02",
        description_en="Second purpose.",
    )
    for ground in ("6-c", "9-h", "10-authority"):
        law = {"law_title_en": "The Law", "law_article": "23"} if ground == "6-c" else {}
        LegalGround.objects.create(
            activity=activity,
            ground=ground,
            purposes=[2],
            law_url="https://law.example/1" if law else "",
            **law,
        )
    DataItem.objects.create(
        activity=activity,
        category_id="M1",
        detail_en="Blood group",
        is_mandatory=True,
    ).about.set(["01"])
    DataItem.objects.create(activity=activity, category_id="J2", is_mandatory=False)
    DataItem.objects.create(activity=activity, category_id="P")
    activity.retention.update(data=[1])
    Retention.objects.create(
        activity=activity,
        data=[2],
        period=1,
        unit="month",
        criterion_en="after the visit",
        after="archive",
    )
    Processor.objects.create(activity=activity, name_en="Named party", category_id="H")
    JointController.objects.create(activity=activity, category_id="J")
    Transfer.objects.create(activity=activity, mechanism_id="01", country="CH")
    publication = activity.publish(by=publisher_a)
    return sections(visitor.get(f"/en/processing/body-a/{publication.number}/").text)


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("purposes", "Second purpose."),
        ("people", "This processing activity is also about vulnerable people."),
        ("data", "How long 10 years Afterwards Destroyed"),
        ("data", "Special category (GDPR Art. 9) Which data Blood group About whom"),
        ("data", "How long 1 month after the visit Afterwards Archived"),
        ("data", "Mandatory Yes"),
        ("data", "Mandatory No"),
        ("data", "Criminal convictions and offences (GDPR Art. 10)"),
        ("data", "Use limited by law"),
        ("recipients", "Named party Role Processor Kind of recipient"),
        ("controller", "Role Joint controller"),
        ("legal-basis", "Legal obligation (GDPR, Art. 6(1)(c)) For the purpose Second purpose."),
        ("legal-basis", "Law The Law Art. 23"),
        ("legal-basis", "health care and social care (GDPR, Art. 9(2)(h))"),
        ("legal-basis", "Under the control of official authority (GDPR, Art. 10)"),
        ("sources", "The data subject An authentic source of the government"),
        ("transfers", "Switzerland Ground for the transfer"),
        ("automated-decisions", "How the decision is made Points are added."),
        ("security", "Impact assessment Not done"),
        ("controller", "Agency body-a Role Controller"),
        ("about", "Reference of the body REF-7 Start date 4 March 2019 End date 6 May 2027"),
        ("about", "Replaced by Processing activity 1 of the same body"),
        ("rights", "Data protection officer dpo@body-a.example"),
    ],
)
def test_section_says(section, words, said):
    assert words in said[section]


def test_section_without_an_answer_says_so(body_a, publisher_a, visitor):
    factories.create_publication(body_a, by=publisher_a)

    said = sections(visitor.get("/en/processing/body-a/1/").text)

    assert "The register mentions no recipients." in said["recipients"]
    assert "mentions no transfer outside" in said["transfers"]
    assert "mentions no automated decisions" in said["automated-decisions"]
    assert "does not mention where the data come from" in said["sources"]


@pytest.mark.parametrize(
    ("language", "country"), [("nl", "Zwitserland"), ("fr", "Suisse"), ("de", "Schweiz")]
)
def test_country_is_named_in_the_language_of_the_page(
    language, country, body_a, publisher_a, visitor
):
    activity = factories.create_activity(body_a)
    Transfer.objects.create(activity=activity, mechanism_id="01", country="CH")
    activity.publish(by=publisher_a)

    assert country in visitor.get(f"/{language}/processing/body-a/1/").text


def test_comparison_puts_the_same_place_next_to_each_other(body_a, publisher_a, visitor):
    activity = factories.create_activity(body_a)
    activity.publish(by=publisher_a)
    activity.retention.update(period=2)
    DataItem.objects.create(activity=activity, category_id="B04")
    activity.publish(by=publisher_a)

    said = visitor.get("/en/processing/body-a/1/compare/1/2/").text

    removed = '<del><span class="visually-hidden">removed: </span>10</del>'
    added = '<ins><span class="visually-hidden">added: </span>2</ins>'
    assert f"<p>{removed} {added} years</p>" in said
    assert said.count(">Added<") == 1
    assert ">Removed<" not in said
