"""What an operator can see of the site: figures for Prometheus, lines of JSON; and nobody else."""

import json
import os
import re
import signal
import time
from contextlib import suppress
from http.client import HTTPConnection

import pytest
import yaml
from django.db import connection

from registry_site.local.port import any_port
from tests import factories
from tests.running_site import ROOT
from tests.served_site import ServedSite

SECONDS = 60
Figures = dict[tuple[str, str], float]


class WatchedSite(ServedSite):
    def __init__(self, home, **variables: str) -> None:
        self.metrics_port = any_port()
        bind = f"127.0.0.1:{self.metrics_port}"
        self.counts = home / "counts"
        super().__init__(
            home,
            METRICS_BIND=bind,
            LOG_JSON="1",
            PROMETHEUS_MULTIPROC_DIR=str(self.counts),
            **variables,
        )

    def start(self) -> None:
        self.counts.mkdir(exist_ok=True)
        super().start()

    def told(self, path: str = "/metrics") -> tuple[int, str]:
        asked = HTTPConnection("127.0.0.1", self.metrics_port, timeout=SECONDS)
        try:
            asked.request("GET", path)
            response = asked.getresponse()
            return response.status, response.read().decode()
        finally:
            asked.close()

    def figures(self) -> Figures:
        """(name, labels) -> value."""
        status, text = self.told()
        assert status == 200
        found = re.findall(r"^(\w+)(?:\{(.*)\})? (\S+)$", text, re.MULTILINE)
        return {(name, labels): float(value) for name, labels, value in found}

    def answered(self, route: str, status: int) -> float:
        name = "register_request_seconds_count"
        return self.figures().get((name, f'route="{route}",status="{status}"'), 0)


@pytest.fixture
def site(transactional_db, code_lists, tmp_path):
    site = WatchedSite(tmp_path, WEB_WORKERS="2", CLIENT_ADDRESS_HEADER="X-Real-IP")
    yield site
    site.stop()


@pytest.mark.django_db(transaction=True)
def test_requests_of_all_workers_are_counted_by_address_and_status(site):
    for _again in range(10):
        site.get("/nl/")
        site.get("/en/")
    site.get("/nl/Zyxwvut/")
    site.get("/nl/processing/?q=Zyxwvut")
    site.get("/static/none.css")
    site.get("/healthz")

    figures = site.figures()
    assert site.answered("home", 200) == 20
    assert site.answered("processing:activity_list", 200) == 1
    assert site.answered("none", 404) == 1
    assert site.answered("static", 404) == 1
    assert figures["register_database_up", ""] == 1
    assert figures["register_database_takes_changes", ""] == 1
    bucket = 'route="home",status="200",le="+Inf"'
    buckets = {labels for name, labels in figures if name == "register_request_seconds_bucket"}
    assert set(bucket.split(",")) in [set(labels.split(",")) for labels in buckets]
    assert "Zyxwvut" not in site.told()[1]
    assert "127.0.0.1" not in site.told()[1]


@pytest.mark.django_db(transaction=True)
def test_counts_go_on_when_workers_are_renewed(site):
    site.get("/nl/")
    before = children_of(site.process.pid)

    for worker in before:
        os.kill(worker, signal.SIGTERM)
        deadline = time.monotonic() + SECONDS
        while worker in children_of(site.process.pid) and time.monotonic() < deadline:
            time.sleep(0.05)
    site.wait_until_ready()
    site.get("/nl/")

    assert not set(before) & set(children_of(site.process.pid))
    assert site.answered("home", 200) == 2
    # As many files as places, and one of the server itself.
    assert len(list(site.counts.iterdir())) <= 3
    site.stop()
    assert not site.counts.exists()
    site.start()


def children_of(process: int) -> list[int]:
    with open(f"/proc/{process}/task/{process}/children") as file:
        return [int(child) for child in file.read().split()]


@pytest.mark.django_db(transaction=True)
def test_figures_of_the_register(site, body_a, publisher_a):
    before = site.figures()
    factories.create_publication(body_a, by=publisher_a)
    factories.create_activity(body_a)
    factories.create_question(body_a)

    figures = site.figures()

    def more(name: str) -> float:
        return figures[f"register_{name}", ""] - before[f"register_{name}", ""]

    assert (more("published_entries"), more("drafts"), more("unsearchable_entries")) == (1, 1, 0)
    assert more("mails_waiting") > 0
    assert figures["register_oldest_mail_seconds", ""] > 0


@pytest.mark.django_db(transaction=True)
def test_figures_are_at_an_address_of_their_own(site):
    assert site.get("/metrics")[0] == 404
    assert site.told("/")[0] == site.told("/nl/")[0] == 404


@pytest.mark.django_db
def test_alerts_ask_for_what_is_told(tmp_path):
    rules = yaml.safe_load((ROOT / "deploy" / "alerts.yaml").read_text())["groups"][0]["rules"]
    asked = {name for rule in rules for name in re.findall(r"register_\w+", rule["expr"])}
    # By another address, so that it counts as a replica.
    database = connection.settings_dict
    place = f"{database['HOST']}/".replace("/", "%2F")
    replica = f"postgres://{database['USER']}@{place}/{database['NAME']}"
    site = WatchedSite(tmp_path, PUBLIC_DATABASE_URL=replica)
    try:
        site.get("/nl/")
        told = {name for name, _labels in site.figures()}
    finally:
        site.stop()

    assert asked - told == set()
    assert len(asked) > 5
    assert {rule["labels"]["severity"] for rule in rules} == {"page", "ticket"}


class SiteWithoutADatabase(WatchedSite):
    def wait_until_ready(self) -> None:
        """It never is: only until it lives."""
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline:
            with suppress(OSError):
                if self.get("/healthz")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(self.errors)


@pytest.mark.django_db
def test_site_without_a_database_says_so_in_figures_and_lines(tmp_path):
    nowhere = f"postgres://nobody@127.0.0.1:{any_port()}/nowhere"
    site = SiteWithoutADatabase(tmp_path, DATABASE_URL=nowhere, CLIENT_ADDRESS_HEADER="X-Real-IP")
    request_id = "0123456789abcdef" * 2
    try:
        status, headers = site.get("/nl/organisations/?q=Zyxwvut", X_Request_ID=request_id)
        site.get("/fr/", X_Request_ID="Zyxwvut")
        figures = site.figures()
    finally:
        site.stop()

    assert (status, headers.get("Retry-After")) == (503, "60")
    assert figures["register_database_up", ""] == 0
    lines = [json.loads(line) for line in site.errors.splitlines()]
    known = {"time", "level", "logger", "message", "id", "errors", "lines"}
    assert all(set(line) <= known for line in lines)
    failures = [line for line in lines if line["logger"] == "django.request"]
    assert failures[0]["id"] == request_id
    assert failures[0]["message"] == "Service Unavailable: organisations:organisation_list"
    assert "OperationalError" in failures[0]["errors"]
    assert any("read_snapshot" in line for line in failures[0]["lines"])
    assert re.fullmatch("[0-9a-f]{32}", failures[1]["id"])
    assert "Zyxwvut" not in site.errors
