"""What people write in one line or in several, without what nobody sees."""

import re

# What nobody means to write in a name: control characters, and marks that turn a line around.
UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+")
# In a text of several lines: not what ends a line, nor what only tells how a word runs.
UNPRINTABLE_IN_LINES = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ufeff]+"
)
LINE_BREAK = re.compile("\r\n|[\r\x85\u2028\u2029]")


def one_line(text: str) -> str:
    """The text as a line of its own, whoever wrote it."""
    return text if text.isprintable() else UNPRINTABLE.sub(" ", text).strip()


def printable_lines(text: str) -> str:
    """The text in lines, without what nobody sees and what turns lines around."""
    if text.isprintable():
        return text
    return UNPRINTABLE_IN_LINES.sub("", LINE_BREAK.sub("\n", text))
