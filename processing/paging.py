"""Pages of a list, by a number in the address."""

import re
from collections.abc import Callable

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404
from django.utils.translation import gettext as _

PER_PAGE = 25
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class Listing:
    """So many things, of which a function gives those from one position up to another."""

    def __init__(self, count: int, part: Callable[[int, int], list]) -> None:
        self._count = count
        self._part = part

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, wanted: slice) -> list:
        return self._part(wanted.start, wanted.stop)


def page_of(listing: Listing, number: str | int) -> Page:
    """The page with this number; raises Http404 for one that does not exist or is no number."""
    try:
        if not PAGE_NUMBER.fullmatch(str(number)):
            raise EmptyPage
        return Paginator(listing, PER_PAGE).page(int(number))
    except EmptyPage as error:
        raise Http404(_("This page of the list does not exist.")) from error
