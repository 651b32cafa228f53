"""Mails as files, where nobody is to receive them: only who runs the site can read them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.mail.backends import filebased


class EmailBackend(filebased.EmailBackend):
    """A directory that is not there yet, and every file, belong to their owner alone."""

    def __init__(self, *args, **kwargs) -> None:
        with _for_the_owner():
            super().__init__(*args, **kwargs)

    def open(self) -> bool:
        with _for_the_owner():
            return super().open()


@contextmanager
def _for_the_owner() -> Iterator[None]:
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
