"""Looks at the servers for public reads, so that visitors need not find out what became of them.

A thread for each, so that one that says nothing keeps nobody from the others. Each process looks
for itself: which servers it reaches is its own affair.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterator

from django.conf import settings
from django.db import Error, connections
from prometheus_client.core import GaugeMetricFamily

from organisations import public_servers
from organisations.revision import revision_on

EVERY_SECONDS = 1
_logger = logging.getLogger(__name__)


def watch_servers() -> None:
    """Look at all of them every second from now on, where settings name replicas."""
    if not public_servers.has_replicas():
        return
    # Before the first page: nobody would know what a replica lacks.
    _look(_look_at_primary, settings.PUBLIC_SERVERS[-1])
    for server in settings.PUBLIC_SERVERS:
        look = _look_at_primary if server == settings.PUBLIC_SERVERS[-1] else _look_at_replica
        threading.Thread(
            target=_again_and_again, args=(look, server), daemon=True, name=f"look at {server}"
        ).start()


def _again_and_again(look: Callable[[str], None], server: str) -> None:
    while True:
        _look(look, server)
        time.sleep(EVERY_SECONDS)


def _look(look: Callable[[str], None], server: str) -> None:
    try:
        look(server)
    except public_servers.ServerBehind as error:
        public_servers.leave_out(server, error)
    except Exception as error:
        # Whatever it is, the next look may tell something else.
        public_servers.does_not_answer(server, error)
    finally:
        # A new one each time: of one that stays open nobody knows whether it leads anywhere.
        connections.close_all()


def _look_at_primary(server: str) -> None:
    public_servers.primary_has(revision_on(connections[server]))
    public_servers.take_back(server)


def _look_at_replica(server: str) -> None:
    public_servers.replica_has(server, revision_on(connections[server]))
    public_servers.take_back(server)


# A server that never heard of a change does not know when.
BEHIND = "SELECT coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp()), 0)::float"


def figures_of_replicas() -> Iterator[GaugeMetricFamily]:
    """Which answer; while the primary does, also how far they are behind."""
    if not public_servers.has_replicas():
        return
    *replicas, primary = settings.PUBLIC_SERVERS
    try:
        newest = revision_on(connections[primary])
    except Error:
        newest = None
    up = GaugeMetricFamily(
        "register_replica_up", "Whether a server for public pages answers.", labels=["server"]
    )
    behind = GaugeMetricFamily(
        "register_replica_seconds_behind",
        "How long ago the last change was that it knows of, while it lacks a public one.",
        labels=["server"],
    )
    for server in replicas:
        told = [public_servers.told_name(server)]
        try:
            revision, seconds = revision_on(connections[server]), _seconds_behind(server)
        except Error:
            up.add_metric(told, 0)
            continue
        up.add_metric(told, 1)
        if newest:
            has_all = public_servers.has_all(revision, newest)
            behind.add_metric(told, 0 if has_all else seconds)
    yield from (up, behind)


def _seconds_behind(server: str) -> float:
    with connections[server].cursor() as cursor:
        cursor.execute(BEHIND)
        return cursor.fetchone()[0]
