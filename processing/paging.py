"""Pages of a list, by a number in the address."""

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

PER_PAGE = 25


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
    try:
        return paginator.page(request.GET.get(parameter, 1))
    except (EmptyPage, PageNotAnInteger) as error:
        raise Http404(_("This page of the list does not exist.")) from error
