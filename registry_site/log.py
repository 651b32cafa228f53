import logging
import re

# PostgreSQL tells the values of a row that it refuses, and they may have many lines: until Python
# goes on with its own.
DETAIL = re.compile(
    r"^(DETAIL|CONTEXT|HINT): .*?(?=^(?:The above exception|During handling|Traceback)|\Z)",
    re.MULTILINE | re.DOTALL,
)


class WithoutValues(logging.Formatter):
    """Tells what went wrong, without the values that people entered."""

    def formatException(self, error) -> str:  # noqa: N802 (the name that logging calls)
        return DETAIL.sub("DETAIL: (left out)\n", super().formatException(error)).rstrip()
