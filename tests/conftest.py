import io
import time
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client
from django.test.client import MULTIPART_CONTENT, RequestFactory
from django.utils import translation
from django.utils.http import urlencode
from pytest_django.plugin import blocking_manager_key
from whitenoise.base import WhiteNoise
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from organisations.models import Membership, Organisation, User
from processing.models import CODE_LISTS, Synonym
from registry_site.request_content import FORM
from registry_site.templatetags import frame
from tests import factories
from tests.browser import CHROMIUM
from tests.running_site import RunningSite

LANGUAGES = ("nl", "fr", "de", "en")
# Tests that ask the running site.
OF_SITE = (
    "tests/test_running_site.py",
    "tests/look/",
    "tests/processing/linked_data/test_shapes.py",
)
# Code list -> its rows, as PostgreSQL copies them.
WRITTEN_ONCE: dict[type[Model], bytes] = {}
# Whether the test before left tables without code lists.
ARE_EMPTY = pytest.StashKey[bool]()


def post_as_browsers_do() -> None:
    """Let the client of the tests send forms as our pages do: Django's sends them as files."""
    plain = RequestFactory.post

    def post(
        self, path: str, data: object = None, content_type: str = MULTIPART_CONTENT, **kwargs
    ) -> object:
        if content_type is MULTIPART_CONTENT:
            data, content_type = urlencode(data or {}, doseq=True), FORM
        return plain(self, path, data, content_type, **kwargs)

    RequestFactory.post = post


post_as_browsers_do()


def find_static_files_once() -> None:
    """Each client of the tests loads the middleware anew, which looks at every static file."""
    plain = WhiteNoise.update_files_dictionary
    found: dict[tuple[str, str], dict] = {}

    def update_files_dictionary(self, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            plain(self, root, prefix)
            found[root, prefix] = dict(self.files)
        self.files.update(found[root, prefix])

    WhiteNoise.update_files_dictionary = update_files_dictionary


find_static_files_once()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Compile the messages and collect the static files.

    Before any test is collected: what asks for a translation then finds it, as all that follow do.
    """
    if not hasattr(session.config, "workerinput"):
        # The processes that share the tests start after this one.
        call_command("compilemessages")
    call_command("collectstatic", verbosity=0, interactive=False)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker) -> None:
    """Beside the tables: the code lists."""
    with django_db_blocker.unblock():
        let_tests_empty_the_tables()
        load_code_lists()


def let_tests_empty_the_tables() -> None:
    """Tests with real transactions end with a TRUNCATE, which the database refuses elsewhere.

    The setting belongs to this one database, and nothing but this line ever writes it.
    """
    name = connection.ops.quote_name(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {name} SET register.may_truncate = 'on'")
    # It holds for connections that are made from now on.
    connection.close()


def load_code_lists() -> None:
    """By their command the first time; from then on, into empty tables, the rows that it wrote.

    With their keys: the TRUNCATE of a test leaves the sequences where they are.
    """
    models = (*CODE_LISTS.values(), Synonym)
    with connection.cursor() as cursor, transaction.atomic():
        if WRITTEN_ONCE and not any(model.objects.exists() for model in models):
            for model in models:
                with cursor.copy(f"COPY {model._meta.db_table} FROM STDIN") as rows:
                    rows.write(WRITTEN_ONCE[model])
            return
        call_command("load_codelists", stdout=io.StringIO())
        if not WRITTEN_ONCE:
            for model in models:
                with cursor.copy(f"COPY {model._meta.db_table} TO STDOUT") as rows:
                    WRITTEN_ONCE[model] = b"".join(rows)


@pytest.fixture(scope="session", autouse=True)
def outbox_for_all_mail(django_test_environment) -> None:
    """As on the site: mail waits in the outbox. Sent, it lands in django.core.mail.outbox."""
    settings.MAIL_TRANSPORT = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "contact.outbox.EmailBackend"


@pytest.fixture
def code_lists(transactional_db) -> None:
    """For tests with real transactions: the one before emptied every table."""
    load_code_lists()


@pytest.fixture(scope="session")
def running_site() -> Iterator[RunningSite]:
    """`make run` with the demonstration register: started once, for OF_SITE."""
    site = RunningSite()
    try:
        site.start()
        yield site
    finally:
        if site.process and site.process.poll() is None:
            site.stop()
        site.remove()


@pytest.fixture(scope="session")
def browser(playwright):
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
    )
    yield browser
    browser.close()


@pytest.fixture
def live_site(live_server, code_lists, settings) -> Iterator[str]:
    """The address of a server of this test, for a browser."""
    # It serves static files by their own names.
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    settings.ADMIN_URL = live_server.url
    # What is drawn once in a process names them.
    frame.drawn_once.cache_clear()
    yield live_server.url
    wait_for_last_requests()
    frame.drawn_once.cache_clear()


def wait_for_last_requests() -> None:
    """Until the database does nothing: what a window sent as it closed would meet the TRUNCATE."""
    idle = 0
    for _again in range(200):
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                " AND pid <> pg_backend_pid() AND state <> 'idle'"
            )
            # What was sent last may be on its way still.
            idle = idle + 1 if cursor.fetchone() == (0,) else 0
        if idle == 6:
            return
        time.sleep(0.05)


@pytest.fixture(autouse=True)
def english():
    """Whatever language the page before was in: messages that a test reads are English."""
    with translation.override("en"):
        yield


@pytest.fixture
def body_a(db) -> Organisation:
    return factories.create_organisation("body-a")


@pytest.fixture
def body_b(db) -> Organisation:
    return factories.create_organisation("body-b")


@pytest.fixture
def editor_a(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.EDITOR, "editor-a@people.example")


@pytest.fixture
def publisher_a(body_a) -> User:
    return factories.create_member(body_a, Membership.Role.PUBLISHER, "publisher-a@people.example")


@pytest.fixture
def editor_b(body_b) -> User:
    return factories.create_member(body_b, Membership.Role.EDITOR, "editor-b@people.example")


@pytest.fixture
def publisher_b(body_b) -> User:
    return factories.create_member(body_b, Membership.Role.PUBLISHER, "publisher-b@people.example")


@pytest.fixture
def administrator(db) -> User:
    return factories.create_administrator()


@pytest.fixture
def visitor() -> Client:
    """Somebody on the public site: no account, no cookie."""
    return Client(raise_request_exception=True)


class WholeModules(LoadFileScheduling):
    """Processes that share the tests do whole modules, and one of them all that ask the site."""

    def _split_scope(self, nodeid: str) -> str:
        return "site" if nodeid.startswith(OF_SITE) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeModules:
    return WholeModules(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """First the tests of a running site, which take longest, as they are written: apart, each part
    would start it anew. Last those with real transactions: each leaves empty tables behind.

    pytest-django has them last, but then pytest brings the tests of a browser together.
    """

    def place(item: pytest.Item) -> tuple[bool, bool, int]:
        is_of_site = item.module.__name__.endswith("test_running_site")
        line = item.location[1] if is_of_site else 0
        return not is_of_site, leaves_empty_tables(item), line

    items.sort(key=place)


def leaves_empty_tables(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = bool(marker and marker.kwargs.get("transaction"))
    return is_marked or "transactional_db" in getattr(item, "fixturenames", ())


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Where processes share the tests, each does whole modules, the tests with real transactions
    in between.
    """
    if item.config.stash.get(ARE_EMPTY, False) and not leaves_empty_tables(item):
        with item.config.stash[blocking_manager_key].unblock():
            load_code_lists()
        item.config.stash[ARE_EMPTY] = False


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    if leaves_empty_tables(item):
        item.config.stash[ARE_EMPTY] = True
