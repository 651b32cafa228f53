"""The product as a visitor meets it: `make run`, the demonstration register, a real browser."""

import csv
import json
import random
import re
import shutil
import subprocess
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from contact.tokens import SECONDS_TO_FILL_IN
from tests.browser import needs_browser
from tests.conftest import LANGUAGES
from tests.registry_site.accounts.logging_in import code_of
from tests.running_site import ROOT, RunningSite, crawl, is_narrowed, shape

JAVA = shutil.which("java")
NU_CHECKER = ROOT / "var" / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"

needs_nu_checker = pytest.mark.skipif(
    not (JAVA and NU_CHECKER.exists()), reason="no Nu checker: see .ci/run for how to get it"
)


@pytest.fixture(scope="module")
def site(running_site):
    return running_site


@pytest.fixture(scope="module")
def pages(site):
    return crawl(site, [f"/{language}/" for language in LANGUAGES])


def test_run_prints_address_and_accounts_that_work(site):
    password = re.search(r"administrator@register\.example, password (\S+)", site.output)[1]

    assert site.url in site.output
    assert len(password) > 20
    login = subprocess.run(
        [
            *("curl", "--silent", "--show-error", "--cookie-jar", str(site.home / "cookies")),
            *("--cookie", str(site.home / "cookies"), f"{site.url}/admin/account/login/"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', login.stdout)[1]
    answer = subprocess.run(
        [
            *("curl", "--silent", "--cookie-jar", str(site.home / "cookies"), "--cookie"),
            *(str(site.home / "cookies"), "--output", "/dev/null", "--write-out"),
            *("%{http_code} %{redirect_url}", f"{site.url}/admin/account/login/"),
            *("--data-urlencode", "login=administrator@register.example"),
            *("--data-urlencode", f"password={password}"),
            *("--data-urlencode", f"csrfmiddlewaretoken={token}"),
            *("--data-urlencode", "next=/admin/"),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout == f"302 {site.url}/admin/"


class Browser:
    """Keeps its cookies, and sends a form with the token of the page before."""

    def __init__(self, site: RunningSite) -> None:
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor())
        self.text = ""

    def open(self, path: str, form: dict | None = None) -> str:
        """The path where it leads to. Comes back when told that the site is busy."""
        if form is not None:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)[1]
            form = urlencode(form | {"csrfmiddlewaretoken": token}).encode()
        for _again in range(5):
            try:
                with self.opener.open(self.site.url + path, form, timeout=60) as response:
                    self.text = response.read().decode()
                    return urlsplit(response.url).path
            except HTTPError as refused:
                if refused.code != 503:
                    raise
                time.sleep(1)
        raise TimeoutError(f"{path} is busy")


def test_code_of_an_app_works_once_whichever_process_is_asked(site):
    password = re.search(r"administrator@register\.example, password (\S+)", site.output)[1]
    site.query(
        "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
        """ SELECT id, 'totp', '{"secret": "JBSWY3DPEHPK3PXP"}', now()"""
        " FROM organisations_user WHERE email = 'editor@register.example' RETURNING id"
    )
    try:
        first_step = {"login": "editor@register.example", "password": password}
        browsers = [Browser(site) for _person in range(6)]
        for browser in browsers:
            browser.open("/admin/account/login/")
            browser.open("/admin/account/login/", first_step)
        # All within the half minute of one code.
        time.sleep(30 - time.time() % 30 if time.time() % 30 > 15 else 0)
        code = {"code": code_of("JBSWY3DPEHPK3PXP")}
        with ThreadPoolExecutor(len(browsers)) as people:
            address = "/admin/account/2fa/authenticate/"
            ends = list(people.map(lambda browser: browser.open(address, code), browsers))
    finally:
        site.query("DELETE FROM mfa_authenticator RETURNING id")

    assert sorted(ends) == ["/admin/", *[address] * 5]


def test_every_link_leads_to_a_page(pages):
    broken = {path: answer.status for path, answer in pages.items() if answer.status != 200}

    assert broken == {}


def test_every_kind_of_page_is_reached_in_every_language(pages):
    kinds = Counter(shape(path) for path, answer in pages.items() if answer.is_page)

    for kind in (
        "/{lang}/",
        "/{lang}/organisations/",
        "/{lang}/organisations/{slug}/",
        "/{lang}/processing/",
        "/{lang}/processing/?page={n}",
        "/{lang}/processing/{slug}/{n}/",
        "/{lang}/processing/{slug}/{n}/history/",
        "/{lang}/processing/{slug}/{n}/versions/{n}/",
        "/{lang}/processing/{slug}/{n}/compare/{n}/{n}/",
        "/{lang}/data/",
        "/{lang}/data/A{n}/",
        "/{lang}/people/",
        "/{lang}/people/{n}/",
        "/{lang}/exchanges/",
        "/{lang}/exchanges/?show=list",
        "/{lang}/exchanges/?show=list&page={n}",
        "/{lang}/guide/{n}/",
        "/{lang}/guide/{n}/HEAL/",
    ):
        assert kinds[kind] >= 4, kind
        assert kinds[kind] % 4 == 0, f"{kind} differs between the languages"


def test_no_page_sets_a_cookie_or_varies(pages):
    assert [path for path, answer in pages.items() if answer.header("set-cookie")] == []
    assert [
        path for path, answer in pages.items() if answer.is_page and answer.header("vary")
    ] == []


def test_every_page_says_that_this_is_a_demonstration(pages):
    notice = {
        "nl": "deze fiches zijn verzonnen.",
        "fr": "ces fiches sont inventées.",
        "de": "Diese Einträge sind erfunden.",
        "en": "these entries are made up.",
    }
    lacking = [
        path
        for path, answer in pages.items()
        if answer.is_page and notice[path[1:3]] not in answer.text
    ]
    assert lacking == []


def test_every_page_has_one_title_of_its_own(pages):
    titles = {}
    for path, answer in pages.items():
        if answer.is_page and not is_narrowed(path):
            (title,) = re.findall(r"<title>(.*?)</title>", answer.text, re.S)
            assert answer.text.count("<h1") == 1, path
            titles.setdefault((path[:4], title), []).append(path)
    assert [paths for paths in titles.values() if len(paths) > 1] == []


@needs_nu_checker
def test_every_page_is_valid_html(pages, tmp_path):
    for number, answer in enumerate(answer for answer in pages.values() if answer.is_page):
        (tmp_path / f"{number}.html").write_text(f"{answer.text}<!-- {answer.path} -->")
    result = subprocess.run(
        [
            # Compiled in a hurry: for the minute that it takes, to compile well does not pay.
            *(JAVA, "-Xss2m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", NU_CHECKER),
            # On a page with texts in another language, it would take that one for the page's.
            *("--no-langdetect", "--format", "json", "--stdout", str(tmp_path)),
        ],
        capture_output=True,
        text=True,
        check=False,
    )

    messages = [
        f"{Path(message['url']).name}: {message['message']}: {message.get('extract', '')}"
        for message in json.loads(result.stdout)["messages"]
        if message["type"] == "error" or message.get("subType") == "warning"
    ]
    assert messages[:20] == []


def number_found(page: str) -> int:
    return int(re.search(r'<p class="count" role="status">\D*(\d+)', page)[1])


def options(page: str) -> dict[tuple[str, str], int]:
    """(filter, option) -> the number next to it."""
    pattern = r'type="checkbox" form="find" name="(\w+)" value="([^"]*)".*?class="number">(\d+)<'
    return {(name, value): int(number) for name, value, number in re.findall(pattern, page)}


def listed(site, *choices: tuple[str, str]) -> str:
    answer = site.get(f"/nl/processing/?{urlencode(choices)}", follow=True)
    assert answer.status == 200
    return answer.text


def test_number_next_to_every_option_is_the_length_of_the_list_behind_it(site):
    filters = {name for name, _option in options(listed(site))}
    everything = {}
    for name in filters:
        shown = options(listed(site, ("more", name)))
        everything |= {key: number for key, number in shown.items() if key[0] == name}

    wrong = {key: n for key, n in everything.items() if number_found(listed(site, key)) != n}

    assert wrong == {}
    assert len(filters) == 16
    assert len(everything) > 250


def test_numbers_agree_with_the_lists_for_chance_combinations(site):
    chance = random.Random(20)
    every = list(options(listed(site)))
    departments = options(listed(site, ("body", "fps-mobility")))
    every += [key for key in departments if key[0] == "department"]
    wrong = []
    for _round in range(200):
        choices = chance.sample(every, chance.randint(1, 4))
        if chance.random() < 0.3:
            choices.append(("q", chance.choice(["gegevens", "politie", "fod", "controle"])))
        page = listed(site, *choices)
        shown = options(page)
        if not shown:
            assert number_found(page) == 0
            continue
        key = chance.choice(list(shown))
        # The number leaves the other choices of its own filter aside.
        behind = [choice for choice in choices if choice[0] != key[0]] + [key]
        if number_found(listed(site, *behind)) != shown[key]:
            wrong.append((choices, key))

    assert wrong == []


def test_search_finds_what_people_ask_for(site):
    with (Path(__file__).parent / "relevance.csv").open(encoding="utf-8", newline="") as file:
        questions = list(csv.DictReader(file))
    missed = []
    for row in questions:
        query = urlencode({"q": row["question"]})
        page = site.get(f"/{row['language']}/processing/?{query}", follow=True).text
        first = re.findall(rf'<h2><a [^>]*href="/{row["language"]}/processing/([^"]*)/"', page)
        if not set(row["expected"].split()) <= set(first[:5]):
            missed.append((row["language"], row["question"], row["expected"], first[:5]))

    assert Counter(row["language"] for row in questions).most_common()[-1][1] >= 30
    assert len(questions) >= 120
    assert len(missed) <= 0.05 * len(questions), missed


def test_demonstration_register_is_rich(site):
    ((entries, bodies),) = site.query(
        "SELECT count(*), count(DISTINCT organisation_id) FROM processing_publication"
        " WHERE is_current"
    )
    ((exchanges,),) = site.query(
        "SELECT sum(cardinality(recipient_organisations)) FROM processing_publication"
        " WHERE is_current"
    )
    states = dict(
        site.query("SELECT status, count(*) FROM processing_processingactivity GROUP BY 1")
    )
    ((three_versions,),) = site.query(
        "SELECT count(*) FROM processing_publication WHERE version = 3"
    )
    languages = dict(
        site.query(
            "SELECT cardinality(languages), count(*) FROM processing_publication"
            " WHERE is_current GROUP BY 1"
        )
    )
    ((transfers, automated, special),) = site.query(
        "SELECT count(*) FILTER (WHERE has_transfers), count(*) FILTER (WHERE"
        " has_automated_decisions), count(*) FILTER (WHERE data_categories && (SELECT"
        " array_agg(code) FROM processing_datacategory WHERE mark IN ('special', 'criminal')))"
        " FROM processing_publication WHERE is_current"
    )
    ((all_bodies,),) = site.query("SELECT count(*) FROM organisations_organisation WHERE is_public")

    assert entries >= 150
    assert bodies >= 25
    assert all_bodies >= 60
    assert exchanges >= 80
    assert states["draft"] >= 5
    assert states["withdrawn"] >= 3
    assert three_versions >= 3
    assert languages[4] >= entries / 4
    assert languages[1] >= 3
    assert min(transfers, automated, special) >= 5


def test_demonstration_mailboxes_reach_nobody(site):
    addresses = site.query("SELECT contact_mailbox, dpo_mailbox FROM organisations_organisation")

    assert [pair for pair in addresses for mail in pair if not mail.endswith(".example")] == []


@needs_browser
class TestInTheBrowser:
    """What a visitor does. How the pages look, fit and sound: tests/look/."""

    def test_site_works_by_keyboard_alone(self, site, browser):
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{site.url}/nl/")

        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('main')")
        follow_by_keyboard(page, "/nl/organisations/")
        page.wait_for_url(f"{site.url}/nl/organisations/")

    def test_right_is_used_by_keyboard_alone(self, site, browser):
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{site.url}/fr/")

        for address in ("/fr/gdpr/", "/fr/gdpr/rectification/", "/fr/contact/?kind=rectification"):
            follow_by_keyboard(page, address)
        while not page.evaluate("document.activeElement.matches('.body-kind summary')"):
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        follow_by_keyboard(page, "/fr/organisations/fps-finance/contact/?kind=rectification")

        assert page.is_checked("#kind-rectification")

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_health_data_about_patients_are_three_clicks_away(self, language, site, browser):
        page = browser.new_page(java_script_enabled=False)
        page.goto(f"{site.url}/{language}/")

        for address in (
            f"/{language}/guide/16/",
            "HEAL/",
            f"/{language}/processing/?theme=HEAL&people=16&more=body#filter-body",
        ):
            follow_by_keyboard(page, address)

        assert number_found(page.content()) > 5
        assert "fps-public-health" in page.content()


def follow_by_keyboard(page, address: str) -> None:
    """Press Tab until the link has the focus, then Enter."""
    for _press in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('href')") == address:
            with page.expect_navigation():
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"no link to {address}")


@pytest.mark.parametrize(
    "content_type",
    ["a; x*=y''z", "text/plain; charset=hex", "text/plain; charset=utf-16", "x; charset=utf-7"],
)
def test_type_of_the_content_changes_nothing(content_type, site):
    def answer(method: str) -> tuple[int, str | None]:
        connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
        connection.request(method, "/nl/processing/?page=2", headers={"Content-Type": content_type})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response.status, response.headers["Cache-Control"]

    assert answer("GET") == (200, "public, max-age=60")
    assert answer("POST") == (415, "no-store")


def test_no_header_moves_the_site(site):
    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    connection.request("GET", "/nl/", headers={"SCRIPT_NAME": "/nl"})
    page = connection.getresponse().read().decode()
    connection.close()

    assert '<html lang="nl"' in page


def test_question_becomes_mails_in_a_directory_and_the_log_says_so(site):
    address = "/fr/organisations/fps-justice/contact/"
    page = site.get(address).text
    time.sleep(SECONDS_TO_FILL_IN + 1)
    written = {
        "kind": "question",
        "email": "robin@citizens.example",
        "message": "Zyxwvut",
        "token": re.search(r'name="token" value="([^"]+)"', page)[1],
    }

    connection = HTTPConnection("127.0.0.1", site.port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": site.url}
    connection.request("POST", address, urlencode(written), headers)
    response = connection.getresponse()
    response.read()
    connection.close()

    assert response.status == 302
    assert site.get(response.headers["Location"]).status == 200
    deadline = time.monotonic() + 120
    mails = []
    while len(mails) < 2 and time.monotonic() < deadline:
        time.sleep(0.2)
        files = (site.home / "mail").glob("*.log")
        # Those that are written to their end, which is a line.
        mails = [text for file in files for text in file.read_text().split("-" * 79)[:-1]]
    receivers = {re.search("^To: (.*)$", mail, re.M)[1] for mail in mails}
    assert receivers == {"dpo@fps-justice.example", "robin@citizens.example"}
    output = (site.home / "output").read_text()
    assert f"Mails become files in {site.home / 'mail'}: nobody receives them." in output
    logged = output + next(site.home.glob("**/postgres.log")).read_text()
    assert "Zyxwvut" not in logged
    assert "robin@citizens.example" not in logged


def test_start_after_a_kill_works(site):
    site.process.kill()
    site.process.wait(timeout=30)
    site.wait_until_silent()

    site.start()

    assert site.get("/readyz").status == 200


def test_second_start_keeps_what_was_entered_and_stopping_stops_the_database(site):
    ((before,),) = site.query("SELECT count(*) FROM processing_publication")
    site.query(
        "UPDATE organisations_organisation SET name_nl = 'Ingevoerde naam' WHERE slug = 'belnet'"
        " RETURNING id"
    )

    assert site.stop() == 0
    assert not site.database_is_running()
    site.start()

    assert "Ingevoerde naam" in site.get("/nl/organisations/belnet/").text
    assert site.query("SELECT count(*) FROM processing_publication") == [(before,)]
