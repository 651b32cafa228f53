"""What is not public changes no byte of any public answer, whatever somebody asks.

A canary only shows up where it is written out. What shows through a correction, a count or an
order is seen by comparing all answers with and without what is hidden.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils.timezone import localdate

from organisations.models import Organisation
from processing.models import Transfer
from registry_site.sitemaps import SITEMAPS
from tests import factories
from tests.addresses import addresses, words_of
from tests.conftest import LANGUAGES

pytestmark = pytest.mark.django_db

# What the hidden entries hold and no public one does; some are close to words of public ones.
HIDDEN_WORDS = {
    "nl": ["kanarieteelt", "vergunningen", "zwaluwnest"],
    "fr": ["canaricole", "autorisations", "hirondelle"],
    "de": ["kanarienzucht", "genehmigungen", "schwalbennest"],
    "en": ["canaryfarm", "permissions", "swallownest"],
}
PUBLIC_WORDS = {
    "nl": "vergunning",
    "fr": "autorisation",
    "de": "genehmigung",
    "en": "permission",
}


def misspelt(word: str) -> list[str]:
    """The word, its beginning and its end, and the typing errors that people make."""
    middle = len(word) // 2
    return [
        word,
        word[:middle],
        word[middle:],
        word[:middle] + word[middle + 1 :],
        word[:middle] + word[middle] + word[middle:],
        word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :],
        word[:-1] + "x",
        f'"{word}"',
        f"{PUBLIC_WORDS['en']} {word}",
        f"{word} OR {word}en",
        f"-{word} {PUBLIC_WORDS['nl']}",
    ]


SEARCHES = (
    [
        f"/{language}/processing/?q={quote(typed)}"
        for language, words in HIDDEN_WORDS.items()
        for word in words
        for typed in misspelt(word)
    ]
    + [
        f"/{language}/suggestions/?q={quote(typed)}"
        for language in LANGUAGES
        for word in {word for words in HIDDEN_WORDS.values() for word in words}
        for typed in (word[:2], word[:4], word, f"{word[:4]} publ")
    ]
    + [
        f"/{language}/{path}"
        for language in LANGUAGES
        for path in (
            "suggestions/?q=secret",
            "suggestions/?q=body",
            "suggestions/?q=public",
            "processing/?body=secret-body",
            "processing/?to=secret-body",
            "processing/?q=secret&more=body",
            "processing/?sort=newest",
            "processing/?sort=body",
            "processing/?q=permission&sort=newest",
            # What the hidden entries say, and no word of them.
            "processing/?q=raising+small+birds",
            "processing/?q=raising+small+birds&theme=TAXE",
            "processing/?behalf=secret-body",
            "processing/?role=joint&more=country",
            "processing/?body=body-a&more=department",
            "processing/?country=IN",
            "processing/?since=2020-01-01&sort=newest",
            "processing/files/jsonl/?q=permission",
            "processing/files/csv/?to=secret-body",
            "processing/files/xlsx/",
            "changes/?body=secret-body",
            "changes/?body=body-a",
            "changes/feed/?body=secret-body",
            "changes/feed/?body=body-a",
            "changes/feed/?q=permission",
            "changes/feed/?data=M1",
            "exchanges/?from=secret-body",
            "exchanges/?to=body-a",
            "exchanges/?show=list",
            "exchanges/?to=kind.agency",
            "organisations/?q=secret",
            "organisations/?q=a",
            "contact/?q=secret",
            "contact/?q=body",
        )
    ]
)
SEARCHES += [
    f"/api/v1/{path}"
    for path in (
        *(f"processingActivities?lang=nl&q={quote(word)}" for word in misspelt("zwaluwnest")),
        "processingActivities?embed=items",
        "processingActivities?body=secret-body",
        "processingActivities?to=secret-body",
        "processingActivities?sort=-publishedAt&pageSize=1",
        "organisations?q=secret",
        "exchanges?to=secret-body",
        "exchanges",
        "changes?body=secret-body",
        "changes?since=2020-01-01",
    )
]
# Names one answer of the API, which tells of a problem.
NAME_OF_ANSWER = re.compile(r"urn:uuid:[0-9a-f-]{36}")


def all_answers() -> dict[str, tuple[int, str]]:
    """Address -> status and body, for every public address and every search."""
    return answers_of([*every_address(), *SEARCHES])


def every_address() -> Iterator[str]:
    values = {
        "slug": ["body-a", "body-b", "secret-body", "nobody"],
        "number": [1, 2],
        "version": [1, 2],
        "before": [1],
        "after": [2],
        "section": list(SITEMAPS),
        "code": ["01", "M1", "none"],
        "code_list": ["purposes", "none"],
        "file_format": ["json"],
        "syntax": ["nt"],
        "topic": ["access", "none"],
        "people": ["01", "none"],
        "theme": ["TAXE", "none"],
        "reference": ["2222-2222"],
        "month": [f"{localdate():%Y-%m}", "2020-01"],
    }
    return addresses(values)


def answers_of(asked: list[str]) -> dict[str, tuple[int, str]]:
    client = Client()
    answers = {}
    for address in asked:
        response = client.get(address)
        # The form of a question has a token of its own each time.
        if "/contact/" not in address or "/contact/?q=" in address:
            answers[address] = (
                response.status_code,
                NAME_OF_ANSWER.sub("", words_of(response)),
            )
    return answers


def texts(words: dict[str, list[str]]) -> dict[str, str]:
    return {f"summary_{code}": f"{' '.join(listed)}." for code, listed in words.items()} | {
        f"name_{code}": listed[0] for code, listed in words.items()
    }


@pytest.fixture
def register(body_a, body_b, publisher_a) -> Organisation:
    """A public entry, and a body that nobody sees yet."""
    public = {code: [word, "publiek"] for code, word in PUBLIC_WORDS.items()}
    activity = factories.create_full_activity(body_a, body_b, "public")
    for name, text in texts(public).items():
        setattr(activity, name, text)
    activity.save()
    activity.publish(by=publisher_a)
    return factories.create_organisation("secret-body", is_public=False)


def publish_secretly(body: Organisation, receiver: Organisation, administrator) -> None:
    Organisation.objects.filter(pk=body.pk).update(shows_departments=True)
    department = body.departments.create(name_nl=HIDDEN_WORDS["nl"][0])
    no_names = {f"name_{code}": None for code in LANGUAGES}
    for _entry in range(3):
        activity = factories.create_full_activity(body, receiver, "secret")
        for name, text in texts(HIDDEN_WORDS).items():
            setattr(activity, name, text)
        activity.department = department
        activity.save()
        activity.served_controllers.update(organisation=receiver, **no_names)
        Transfer.objects.create(activity=activity, mechanism_id="02", country="IN")
        activity.publish(by=administrator)
    activity.withdraw(by=administrator, reason="")


def test_hidden_body_and_drafts_change_no_answer(register, body_a, body_b, administrator):
    before = all_answers()

    publish_secretly(register, body_b, administrator)
    for body in (body_a, body_b, register):
        factories.create_activity(body, **texts(HIDDEN_WORDS) | {"name": HIDDEN_WORDS["en"][0]})
    edited = body_a.activities.get(number=1)
    for name, text in texts(HIDDEN_WORDS).items():
        setattr(edited, name, text)
    edited.save()

    assert all_answers() == before


def test_body_that_was_shown_and_hidden_leaves_no_trace(register, body_b, administrator):
    publish_secretly(register, body_b, administrator)
    before = all_answers()
    Organisation.objects.filter(pk=register.pk).update(is_public=True)
    shown = all_answers()
    Organisation.objects.filter(pk=register.pk).update(is_public=False)

    hidden = all_answers()

    assert hidden == before
    # The comparison can see it: the word is found, and offered for its typing error.
    word = HIDDEN_WORDS["nl"][0]
    error = f"/nl/processing/?q={quote(misspelt(word)[3])}"
    assert error in shown
    assert word in shown[error][1]
    assert word not in before[error][1]
    suggested = f"/nl/suggestions/?q={word[:4]}"
    assert word in shown[suggested][1]
    assert word not in before[suggested][1]
