"""Which of the servers for public reads a process turns to, and which it leaves out for now.

settings.PUBLIC_SERVERS names their connections. The last is the primary, where changes are made;
the others are its replicas, and each process reads from one of them for as long as it can: what it
keeps in memory is then of one server. registry_site/watching/servers.py looks at them meanwhile.
"""

import logging
import math
import os
import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import OperationalError, connections

Value = TypeVar("Value")
Numbers = tuple[int, ...]

# So long a server is left out, unless a look at it shows something else.
LEFT_OUT_SECONDS = 10
# So many looks at the primary in a row fail before it is away: one lost connection says little.
AWAY_AFTER = 3
# So long after the last look at the primary does anybody know how far behind others are.
IN_TOUCH_SECONDS = 60
_logger = logging.getLogger(__name__)
# Until when servers are left out, by name.
_left_out: dict[str, float] = {}
# What the primary had, each with a moment at which it did not have it yet: the oldest one is what
# every server must have by now.
_primary_had: tuple[tuple[float, Numbers], ...] = ()
_last_look = -math.inf
_failed_looks = 0
# What the replicas had when they were last looked at, of those that answered.
_replicas_had: dict[str, Numbers] = {}
# Where in the list a process begins: together they share the replicas out.
_share = random.random()  # noqa: S311


def _draw() -> None:
    global _share
    _share = random.random()  # noqa: S311


os.register_at_fork(after_in_child=_draw)


class ServerUnfit(OperationalError):
    """What was read so far may not be gone on with: another server has to be asked."""


class ServerBehind(ServerUnfit):
    """It lacks what everybody should see by now."""


def has_replicas() -> bool:
    return len(settings.PUBLIC_SERVERS) > 1


def told_name(server: str) -> str:
    """Where a server is, for an operator."""
    told = connections.settings[server]
    return f"{told['HOST']}:{told['PORT']}" if told["PORT"] else told["HOST"]


def reached() -> str:
    """The name of a server that answers, connected in this thread.

    Raises OperationalError where none does.
    """
    failure = None
    for server in _in_order():
        connection = connections[server]
        if connection.in_atomic_block:
            return server
        try:
            connection.close_if_health_check_failed()
            # Not when the transaction begins: another connection would know nothing of it.
            connection.ensure_connection()
        except OperationalError as error:
            leave_out(server, error)
            failure = error
        else:
            return server
    raise failure


def once_more_elsewhere(read: Callable[[], Value]) -> Value:
    """What `read` gives, which changes nothing: read again where it raises ServerUnfit."""
    for _server in settings.PUBLIC_SERVERS:
        try:
            return read()
        except ServerUnfit:
            continue
    return read()


def leave_out(server: str, why: Exception) -> None:
    """Turn to others for a while."""
    if has_replicas() and not _is_left_out(server):
        told = "No public page is read from %s for now: %s"
        _logger.warning(told, told_name(server), type(why).__name__)
    _left_out[server] = time.monotonic() + LEFT_OUT_SECONDS


def take_back(server: str) -> None:
    if _left_out.pop(server, None) is not None:
        _logger.warning("Public pages may be read from %s again.", told_name(server))


def does_not_answer(server: str, why: Exception) -> None:
    """Note what somebody who looked at a server just now found."""
    global _failed_looks
    if server == settings.PUBLIC_SERVERS[-1]:
        _failed_looks += 1
    _replicas_had.pop(server, None)
    leave_out(server, why)


def replica_has(server: str, revision: Numbers) -> None:
    """As primary_has(), of a replica; raises ServerBehind."""
    _replicas_had[server] = revision
    refuse_if_behind(server, revision)


def primary_has(revision: Numbers) -> None:
    """Note what somebody who looked at the primary just now found there."""
    global _primary_had, _last_look, _failed_looks
    now, _failed_looks = time.monotonic(), 0
    if not _primary_had or _primary_had[-1][1] != revision:
        # It is new since the look before; of the first one nobody knows since when.
        _primary_had += ((_last_look, revision),)
    due = [at for at, _revision in _primary_had if at <= now - settings.PUBLIC_SECONDS_BEHIND]
    _primary_had = _primary_had[max(len(due) - 1, 0) :]
    _last_look = now


def refuse_if_behind(server: str, revision: Numbers) -> None:
    """Raises ServerBehind where a server lacks what the primary had PUBLIC_SECONDS_BEHIND ago.

    While the primary is away, what another replica has is the newest that can be had.
    """
    if server == settings.PUBLIC_SERVERS[-1]:
        return
    if _failed_looks >= AWAY_AFTER:
        needed = list(_replicas_had.values())
    else:
        due = time.monotonic() - settings.PUBLIC_SECONDS_BEHIND
        needed = [had for at, had in _primary_had if at <= due][-1:]
    if not all(has_all(revision, had) for had in needed):
        raise ServerBehind


def has_all(revision: Numbers, other: Numbers) -> bool:
    """Whether who is at this revision has all changes of the other one."""
    return all(has >= must for has, must in zip(revision, other, strict=True))


def is_in_touch() -> bool:
    """Whether it is known that no server is further behind than it may be."""
    return not has_replicas() or time.monotonic() - _last_look < IN_TOUCH_SECONDS


def _in_order() -> list[str]:
    """As they are tried: those that are left out last, and of them first who was it first."""
    *replicas, primary = settings.PUBLIC_SERVERS
    first = int(_share * len(replicas))
    until = {server: _left_out.get(server, 0) for server in _left_out if _is_left_out(server)}
    servers = [*replicas[first:], *replicas[:first], primary]
    return sorted(servers, key=lambda server: until.get(server, -math.inf))


def _is_left_out(server: str) -> bool:
    return time.monotonic() < _left_out.get(server, -math.inf)
