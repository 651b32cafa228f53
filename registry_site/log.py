import json
import logging
import re
import traceback
from datetime import UTC, datetime

from registry_site.watching.request_ids import current_request_id

# PostgreSQL tells the values of a row that it refuses, and they may have many lines: until Python
# goes on with its own.
DETAIL = re.compile(
    r"^(DETAIL|CONTEXT|HINT): .*?(?=^(?:The above exception|During handling|Traceback)|\Z)",
    re.MULTILINE | re.DOTALL,
)

# What Django repeats of a header stands behind it: "Origin checking failed - ...".
REPEATED = " - "


class WithoutValues(logging.Formatter):
    """Tells what went wrong, without the values that people entered."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        record.message = _message(record)
        return super().formatMessage(record)

    def formatException(self, error) -> str:  # noqa: N802 (the name that logging calls)
        return DETAIL.sub("DETAIL: (left out)\n", super().formatException(error)).rstrip()


class JsonLines(logging.Formatter):
    """A line of JSON for each record, with these fields and no others."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record),
        }
        if request_id := current_request_id():
            told["id"] = request_id
        if record.exc_info and record.exc_info[1]:
            told |= _where(record.exc_info[1])
        return json.dumps(told, ensure_ascii=False)


def _message(record: logging.LogRecord) -> str:
    """As it was written; about a request, the name of its address instead of the address.

    Nor what a stranger wrote into its headers: of why a form is refused, Django tells them last.
    """
    match = getattr(getattr(record, "request", None), "resolver_match", None)
    if hasattr(record, "request") and isinstance(record.args, tuple) and record.args:
        told = [str(each).partition(REPEATED)[0] for each in record.args[:-1]]
        return record.msg % (*told, match.view_name if match else "(no such address)")
    return record.getMessage()


def _where(error: BaseException) -> dict[str, list[str]]:
    """Which errors led to each other, and through which lines: their messages may hold values."""
    frames = traceback.extract_tb(error.__traceback__)
    names, seen = [], set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        names.append(type(error).__name__)
        error = error.__cause__ or error.__context__
    return {
        "errors": names,
        "lines": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
