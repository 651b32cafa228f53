"""What is not public appears in no public answer: words in every hidden field, searched everywhere.

That the search would find them is shown by publishing: then they appear.
"""

import pytest
from django.test import Client
from django.utils.timezone import localdate

from organisations.models import Organisation
from processing.models import PARTS, ProcessingActivity
from registry_site.sitemaps import SITEMAPS
from tests import factories
from tests.addresses import addresses, words_of

pytestmark = pytest.mark.django_db

CANARY = "canary"
LANGUAGES = ("nl", "fr", "de", "en")
SUFFIXES = ("", *(f"_{language}" for language in LANGUAGES))


# What could bring a hidden word to light: beginnings of it, typing errors, filters. None holds it.
SEARCHES = [
    f"/{language}/{path}"
    for language in LANGUAGES
    for path in (
        "processing/?q=cana",
        "suggestions/?q=ca",
        "suggestions/?q=cana",
        "suggestions/?q=name",
        "suggestions/?q=hidden",
        "processing/?q=canrysecret",
        "processing/?q=canrywithdrawn",
        "processing/?q=canrydraft",
        "processing/?q=name&more=body",
        "processing/?body=hidden-body",
        "processing/?to=hidden-body",
        "processing/?sort=newest",
        "processing/?sort=body",
        "processing/?behalf=hidden-body",
        "processing/?body=body-a&more=department",
        "processing/?body=hidden-body&more=department",
        "changes/?body=hidden-body",
        "changes/?body=body-a",
        "changes/feed/?body=hidden-body",
        "changes/feed/?body=body-a",
        "changes/feed/?people=01",
        "changes/feed/?q=name",
        "exchanges/?from=hidden-body",
        "exchanges/?to=hidden-body",
        "exchanges/?from=body-a",
        "exchanges/?show=list",
        "exchanges/?from=kind.agency&to=kind.agency",
        "organisations/?q=canar",
        "organisations/?q=hidden",
        "contact/?q=cana",
        "contact/?q=hidden",
    )
]
SEARCHES += [
    f"/api/v1/{path}"
    for path in (
        "processingActivities?q=cana",
        "processingActivities?embed=items&pageSize=100",
        "processingActivities?embed=items&lang=nl",
        "processingActivities?body=hidden-body",
        "processingActivities?to=hidden-body&embed=items",
        "processingActivities?sort=-publishedAt&select=!(total)",
        "processingActivities/body-a/3/versions/1",
        "organisations?q=hidden",
        "exchanges?from=hidden-body",
        "exchanges?pageSize=100",
        "changes?body=hidden-body",
        "changes?since=2020-01-01&pageSize=100",
    )
]


def everything_public(slugs: list[str]) -> dict[str, str]:
    """Address -> headers and body of the answer, for every address of the site."""
    client = Client()
    values = {
        "slug": [*slugs, "nobody"],
        "number": [1, 2, 3, 4],
        "version": [1, 2],
        "before": [1],
        "after": [2],
        "section": list(SITEMAPS),
        "code": ["01", "M1", "none"],
        "code_list": ["purposes", "none"],
        "file_format": ["csv", "json", "xlsx"],
        "syntax": ["ttl", "jsonld", "nt"],
        "topic": ["access", "none"],
        "people": ["01", "none"],
        "theme": ["TAXE", "none"],
        "reference": ["2222-2222"],
        "month": [f"{localdate():%Y-%m}", "2020-01"],
    }
    answers = {}
    for address in [*addresses(values), *SEARCHES]:
        response = client.get(address)
        assert response.status_code < 500, address
        headers = "\n".join(f"{name}: {value}" for name, value in response.headers.items())
        answers[address] = f"{headers}\n{words_of(response)}"
    return answers


def public_canaries(model: type, canary: str) -> list[str]:
    """The words that the factories write in the public texts of the model."""
    columns = {f"{name}{suffix}" for name in model.PUBLIC for suffix in SUFFIXES}
    return [word for name, word in factories.canary_texts(model, canary).items() if name in columns]


def found(answers: dict[str, str], word: str) -> list[str]:
    return [address for address, answer in answers.items() if word in answer]


@pytest.fixture
def hidden(body_a, body_b, publisher_a, administrator) -> dict[str, ProcessingActivity]:
    """A draft, a withdrawn entry, a hidden body's entry, a public entry edited since."""
    secret = factories.create_organisation(
        "hidden-body",
        is_public=False,
        **factories.canary_texts(Organisation, CANARY),
    )
    draft = factories.create_full_activity(body_a, body_b, f"{CANARY}draft")
    withdrawn = factories.create_full_activity(body_a, body_b, f"{CANARY}withdrawn")
    withdrawn.publish(by=publisher_a)
    withdrawn.withdraw(by=publisher_a, reason=f"{CANARY}-reason")
    # What its people say to each other: never public.
    for activity, word in ((draft, "draft"), (withdrawn, "withdrawn")):
        said = f"{CANARY}{word}-internal-remark"
        activity.write_remark(said, by=publisher_a, seen=activity.last_of_thread())
    of_secret_body = factories.create_full_activity(secret, body_b, f"{CANARY}secret")
    of_secret_body.publish(by=administrator)
    # A public entry that names the hidden body, and that was edited since.
    edited = factories.create_full_activity(body_a, secret, "public")
    edited.publish(by=publisher_a)
    for code in LANGUAGES:
        setattr(edited, f"name_{code}", f"{CANARY}edited-name-{code}")
    edited.remarks = f"{CANARY}edited-internal-remarks"
    edited.save()
    edited.purposes.update(description_nl=f"{CANARY}edited-description-nl")
    factories.create_draft(publisher_a, edited, name_nl=f"{CANARY}typed-internal")
    factories.create_draft(publisher_a, None, body_a, name_nl=f"{CANARY}typed-internal")
    # Of a body that does not show its departments, and of a hidden one that would.
    edited.department = body_a.departments.create(name_en=f"{CANARY}-department-of-a")
    of_secret_body.department = secret.departments.create(name_en=f"{CANARY}-department-of-secret")
    Organisation.objects.filter(pk=secret.pk).update(shows_departments=True)
    secret.refresh_from_db()
    for activity in (edited, of_secret_body):
        activity.save()
    of_secret_body.publish(by=administrator)
    body_a.dpo_name = f"{CANARY}-dpo-of-a"
    body_a.save()
    return {"draft": draft, "withdrawn": withdrawn, "secret": of_secret_body, "edited": edited}


def test_hidden_words_are_in_no_public_answer(hidden):
    answers = everything_public(["body-a", "body-b", "hidden-body"])

    assert found(answers, CANARY) == []
    assert [
        address for address in found(answers, "hidden-body") if "hidden-body" not in address
    ] == []
    assert found(answers, "public-name-nl")


def test_hidden_words_appear_once_published(hidden, publisher_a):
    hidden["draft"].publish(by=publisher_a)
    hidden["withdrawn"].publish(by=publisher_a)
    Organisation.objects.filter(slug="hidden-body").update(is_public=True)
    shown = {"is_dpo_name_public": True, "shows_departments": True}
    Organisation.objects.filter(slug="body-a").update(**shown)
    hidden["edited"].publish(by=publisher_a)

    answers = everything_public(["body-a", "body-b", "hidden-body"])

    text = "\n".join(answers.values())
    expected = [
        *(f"{CANARY}edited-name-nl", f"{CANARY}edited-description-nl", f"{CANARY}-dpo-of-a"),
        *(f"{CANARY}-department-of-a", f"{CANARY}-department-of-secret"),
        *public_canaries(Organisation, CANARY),
        *(
            word
            for state in ("draft", "withdrawn", "secret")
            for model in (ProcessingActivity, *PARTS)
            for word in public_canaries(model, f"{CANARY}{state}")
        ),
    ]
    assert [word for word in expected if word not in text] == []
    assert found(answers, "internal") == []
    assert found(answers, f"{CANARY}-reason") == []
