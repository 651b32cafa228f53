"""Collections: their items page by page, with links to the others."""

from collections.abc import Callable, Sequence
from typing import TypeVar
from urllib.parse import urlencode

from msgspec import UNSET, UnsetType

from processing.api.operations import Asked
from processing.api.parameters import PER_PAGE
from processing.api.problems import Refused, Uri, out_of_range
from processing.api.references import SelfLink
from processing.paging import Listing


class Collection(SelfLink, kw_only=True):
    """So many items on pages of so many; how many there are on all pages; links to other pages."""

    total: int
    page: int
    page_size: int
    first: Uri
    last: Uri
    prev: Uri | UnsetType = UNSET
    next: Uri | UnsetType = UNSET


Kind = TypeVar("Kind", bound=Collection)


def collection(
    kind: type[Kind],
    asked: Asked,
    listing: Listing | Sequence,
    items: Callable[[list], list],
    **more: Callable[[list], object],
) -> Kind:
    """The page that was asked for. `items` tells those of the listing, and so do `more`.

    Raises Refused for a page that the collection does not have.
    """
    number, size = asked.get("page", 1), asked.get("pageSize", PER_PAGE)
    total = len(listing)
    last = max(1, -(-total // size))
    if number > last:
        raise Refused(400, issues=[out_of_range("page", number, maximum=last)])
    part = list(listing[(number - 1) * size : min(number * size, total)]) if total else []
    return kind(
        self_=_address(asked, number),
        items=items(part),
        total=total,
        page=number,
        page_size=size,
        first=_address(asked, 1),
        last=_address(asked, last),
        prev=_address(asked, number - 1) if number > 1 else UNSET,
        next=_address(asked, number + 1) if number < last else UNSET,
        **{name: tell(part) for name, tell in more.items()},
    )


def _address(asked: Asked, page: int) -> str:
    """Of a page of the same collection: the first without its number."""
    query = [
        (name, value)
        for name, values in asked.request.GET.lists()
        for value in values
        if name != "page"
    ]
    query += [("page", str(page))] if page > 1 else []
    written = urlencode(query, safe="(),!")
    return asked.references.site + asked.request.path + (f"?{written}" if written else "")
