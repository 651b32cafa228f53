"""One person cannot stop the site: each way in which one did, as the requests that were sent."""

import logging
import stat

import pytest
from django.core.mail import EmailMessage, get_connection

from tests.admin_forms import ACTIVITIES


@pytest.mark.django_db
class TestSmallLeaks:
    @pytest.mark.parametrize("ask", ["a " * 2_000, " ".join(f"w{n}" for n in range(700))])
    def test_list_looks_for_the_first_words_only(self, ask, editor, django_assert_max_num_queries):
        with django_assert_max_num_queries(28) as queries:
            answer = editor.get(ACTIVITIES, {"q": ask[:4_000]})

        longest = max(len(query["sql"]) for query in queries)
        assert answer.status_code == 200
        assert longest < 20_000

    def test_list_finds_what_many_words_begin_with(self, editor, activity):
        words = "Visitors " * 12 + "none " * 50

        assert f"{activity.pk}/change/" in editor.get(ACTIVITIES, {"q": words}).text

    @pytest.mark.parametrize(
        "address",
        [
            *("/admin/", "/admin/login/", "/nl/?x=1", "/nl/processing/?page=1", "/nl", "/admin"),
            *("/nl/glossary/", "/nl/processing/?theme="),
        ],
    )
    def test_redirect_is_kept_by_no_cache_unless_it_says_so(self, address, visitor):
        answer = visitor.get(address)

        assert answer.status_code in (301, 302)
        assert answer.headers["Cache-Control"] in ("no-store", "public, max-age=60") or (
            "no-store" in answer.headers["Cache-Control"]
        )

    def test_way_to_the_language_of_the_browser_may_be_kept(self, visitor):
        answer = visitor.get("/", headers={"Accept-Language": "fr"})

        assert (answer.status_code, answer.headers["Vary"]) == (302, "Accept-Language")
        assert "public" in answer.headers["Cache-Control"]

    def test_server_writes_no_warnings_through_the_log_of_the_site(self):
        logger = logging.getLogger("gunicorn.http.wsgi")
        handlers = []

        while logger.propagate:
            logger = logger.parent
            handlers += logger.handlers

        assert logger.name == "gunicorn.http"
        assert not any(type(handler) is logging.StreamHandler for handler in handlers)

    def test_mails_as_files_are_for_their_owner_alone(self, tmp_path, settings):
        settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
        sender = get_connection("contact.mail_files.EmailBackend")

        sender.send_messages([EmailMessage("Subject", "Words", "a@site.example", ["b@x.example"])])

        (file,) = (tmp_path / "mail").iterdir()
        modes = [stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "mail", file)]
        assert [oct(mode) for mode in modes] == ["0o700", "0o600"]
