"""Pages of a list, by a number in the address."""

import re

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

PER_PAGE = 25
PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


class CountedPaginator(Paginator):
    """A paginator that is told how many there are, where that is known already."""

    def __init__(self, queryset: QuerySet, per_page: int, count: int | None) -> None:
        super().__init__(queryset, per_page)
        self._known_count = count

    @cached_property
    def count(self) -> int:
        return super().count if self._known_count is None else self._known_count


def page_of(
    request: HttpRequest, queryset: QuerySet, *, count: int | None = None, parameter: str = "page"
) -> Page:
    """The page that the address asks for, the first without a number.

    Raises Http404 for a page that does not exist or is no number.
    """
    paginator = CountedPaginator(queryset, PER_PAGE, count)
    number = request.GET.get(parameter, "1")
    try:
        if not PAGE_NUMBER.fullmatch(number) or len(request.GET.getlist(parameter)) > 1:
            raise EmptyPage
        return paginator.page(int(number))
    except EmptyPage as error:
        raise Http404(_("This page of the list does not exist.")) from error
