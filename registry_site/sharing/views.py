from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from organisations.directory import directories
from organisations.languages import passage
from organisations.public_page import public_page
from processing.models.publication import Publication
from processing.views.entries import activity_detail
from registry_site.sharing.drawing import share_picture


@public_page()
def site_image(request: HttpRequest) -> HttpResponse:
    """For every page that has no picture of its own."""
    return _picture(_("What does the government do with your data?"))


@public_page()
def body_image(request: HttpRequest, slug: str) -> HttpResponse:
    body = directories(request.revision)[get_language()].by_slug.get(slug)
    if body is None:
        raise Http404(_("There is no federal body at this address."))
    return _picture(body.name, below=_("What does this body do with your data?"))


@public_page()
def entry_image(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    entry = Publication.objects.current().at(slug, number)
    found = entry.values_list("title", "organisation_id").first()
    if found is None:
        # What the page says: gone, or never there.
        return activity_detail(request, slug, number)
    language = get_language()
    title, body = found
    directory = directories(request.revision)[language]
    return _picture(passage(title, language) or "", below=directory.by_id[body].name)


def _picture(title: str, *, below: str = "") -> HttpResponse:
    warning = ""
    if settings.DEMONSTRATION:
        warning = f"{_('Demonstration:')} {_('these entries are made up.')}"
    site = _("Federal register of your data")
    drawn = share_picture(title, below=below, site=site, warning=warning)
    return HttpResponse(drawn, content_type="image/png")
