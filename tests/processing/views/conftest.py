"""The public pages, and a small register to show on them."""

import pytest

from processing.models import ProcessingActivity
from tests import factories

PAGES = {
    "home": "/{lang}/",
    "bodies": "/{lang}/organisations/",
    "bodies by name": "/{lang}/organisations/?q=body",
    "body": "/{lang}/organisations/body-a/",
    "list": "/{lang}/processing/",
    "filtered": "/{lang}/processing/?theme=TAXE&people=01&sort=newest",
    "search": "/{lang}/processing/?q=text",
    "data": "/{lang}/data/",
    "data category": "/{lang}/data/M1/",
    "people": "/{lang}/people/",
    "group of people": "/{lang}/people/01/",
    "exchanges": "/{lang}/exchanges/",
    "exchanges of a body": "/{lang}/exchanges/?from=body-a",
    "changes": "/{lang}/changes/",
    "changes of a body": "/{lang}/changes/?body=body-a",
    "topics": "/{lang}/gdpr/",
    "topic": "/{lang}/gdpr/access/",
    "glossary": "/{lang}/gdpr/glossary/",
    "meanings": "/{lang}/terms/purposes/",
    "whom to ask": "/{lang}/contact/?kind=access",
    "about": "/{lang}/about/",
    "privacy": "/{lang}/privacy/",
    "accessibility": "/{lang}/accessibility/",
    "open data": "/{lang}/open-data/",
    "disclaimer": "/{lang}/disclaimer/",
    "themes of a group": "/{lang}/guide/01/",
    "wishes": "/{lang}/guide/01/TAXE/",
    "entry": "/{lang}/processing/body-a/1/",
    "history": "/{lang}/processing/body-a/1/history/",
    "version": "/{lang}/processing/body-a/1/versions/1/",
    "comparison": "/{lang}/processing/body-a/1/compare/1/2/",
}


@pytest.fixture
def register(body_a, body_b, publisher_a) -> ProcessingActivity:
    activity = factories.create_full_activity(body_a, body_b, "text")
    activity.publish(by=publisher_a)
    activity.name_nl = "Een nieuwe naam"
    activity.save()
    activity.publish(by=publisher_a)
    return activity
