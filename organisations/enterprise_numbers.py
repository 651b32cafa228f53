"""Numbers of the Crossroads Bank for Enterprises (KBO/BCE), in all the ways people write them."""

import re

# 0206.731.645, 0206731645, 0206 731 645, and each after BE as in a VAT number.
WRITTEN = re.compile(
    r"(?<![\w.])(?:BE[ .-]?)?([01]\d{3})[ .]?(\d{3})[ .]?(\d{3})(?!\w)", re.ASCII | re.IGNORECASE
)


def read(text: str) -> str:
    """The ten digits of the number that the whole text is; '' for anything else.

    The last two digits must be right: they are 97 less what 97 leaves of the first eight.
    """
    match = WRITTEN.fullmatch(text)
    number = "".join(match.groups()) if match else ""
    return number if number and int(number[:8]) % 97 + int(number[8:]) == 97 else ""


def written_in_one(text: str) -> str:
    """The text with every number in it as ten digits."""
    return WRITTEN.sub(lambda match: read(match[0]) or match[0], text)


def formatted(number: str) -> str:
    """Ten digits as they are written in Belgium: 0123.456.789."""
    return f"{number[:4]}.{number[4:7]}.{number[7:]}" if number else ""
