"""Somebody of a body edits an activity over the network."""

from urllib.parse import urlencode

import psycopg

from registry_site.request_content import FORM
from tests.admin_forms import ACTIVITIES, values_in
from tests.proxy.arrangement import HOST, answer_at


def key_of(url: str, name: str) -> int:
    """That of the activity with this English name, in a database."""
    named = "SELECT id FROM processing_processingactivity WHERE name_en = %s"
    with psycopg.connect(url) as connection:
        return connection.execute(named, [name]).fetchone()[0]


def opened(port: int, session: str, activity: int) -> tuple[str, dict[str, str]]:
    """The cookies with which somebody opened the form of an activity, and what it would send."""
    page = answer_at(port, f"{ACTIVITIES}{activity}/change/", Host=HOST, Cookie=session)
    assert page.status == 200, page.status
    guard = page.headers["set-cookie"].split("csrftoken=")[1].split(";")[0]
    return f"{session}; csrftoken={guard}", values_in(page.text)


def sent(port: int, cookies: str, activity: int, values: dict[str, str]) -> int:
    path = f"{ACTIVITIES}{activity}/change/"
    content = urlencode(values, doseq=True)
    headers = {"Host": HOST, "Cookie": cookies, "Content-Type": FORM}
    return answer_at(port, path, "POST", content, **headers).status


def save(port: int, session: str, activity: int, **changed: str) -> int:
    cookies, values = opened(port, session, activity)
    return sent(port, cookies, activity, values | changed)
