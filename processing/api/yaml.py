"""Plain values as YAML 1.2: texts as in JSON, which YAML holds."""

import json
import re
from collections.abc import Iterator

PLAIN_KEY = re.compile(r"[A-Za-z$][A-Za-z0-9_$]*")
# Words that YAML takes for something else than a text.
WORDS = {"null", "true", "false", "yes", "no", "on", "off", "y", "n"}


def written(value: dict) -> bytes:
    return "\n".join((*_lines(value, ""), "")).encode()


def _lines(value: dict | list, indent: str) -> Iterator[str]:
    pairs = value.items() if isinstance(value, dict) else (("-", each) for each in value)
    for key, inner in pairs:
        start = indent + (f"{_key(key)}:" if isinstance(value, dict) else "-")
        if inner and isinstance(inner, dict | list):
            below = list(_lines(inner, f"{indent}  "))
            if isinstance(value, list):
                # The first line stands behind the dash.
                start, below = f"{indent}- {below[0].lstrip()}", below[1:]
            yield start
            yield from below
        else:
            yield f"{start} {json.dumps(inner, ensure_ascii=False)}"


def _key(key: str) -> str:
    is_plain = PLAIN_KEY.fullmatch(key) and key.lower() not in WORDS
    return key if is_plain else json.dumps(key, ensure_ascii=False)
