import logging
import re

# PostgreSQL tells the values of a row that it refuses.
DETAIL = re.compile(r"^DETAIL: .*$", re.MULTILINE)


class WithoutValues(logging.Formatter):
    """Tells what went wrong, without the values that people entered."""

    def formatException(self, error) -> str:  # noqa: N802 (the name that logging calls)
        return DETAIL.sub("DETAIL: (left out)", super().formatException(error))
