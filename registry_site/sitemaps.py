"""What search engines should read: every public page, in each language."""

from datetime import datetime
from functools import partial
from types import SimpleNamespace

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import EmptyPage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation

from organisations.models import Organisation
from organisations.origin import origin
from organisations.public_page import public_page
from organisations.revision import current_revision
from processing.code_lists import code_lists_at
from processing.finding.filters import facet_index_at
from processing.models.publication import Publication
from processing.paging import PAGE_NUMBER
from processing.views.subjects import DATA, PEOPLE, Subject
from processing.views.terms import TITLES
from registry_site.explainer.contents import TOPICS

PAGES = (
    "home",
    "about",
    "privacy",
    "accessibility",
    "open_data",
    "open_data_api",
    "disclaimer",
    "ask:body_choice",
    "gdpr:topic_list",
    "gdpr:glossary",
    "organisations:organisation_list",
    "processing:activity_list",
    "finding:data_list",
    "finding:people_list",
    "finding:exchange_list",
    "finding:change_list",
)


class LanguageSitemap(Sitemap):
    def __init__(self, language: str) -> None:
        self.language = language

    def address(self, name: str, *arguments: object) -> str:
        with translation.override(self.language):
            return reverse(name, args=arguments)


class PageSitemap(LanguageSitemap):
    def items(self):
        return PAGES

    def location(self, item: str) -> str:
        return self.address(item)


class TopicSitemap(LanguageSitemap):
    def items(self):
        return list(TOPICS)

    def location(self, item: str) -> str:
        return self.address("gdpr:topic_detail", item)


class TermListSitemap(LanguageSitemap):
    def items(self):
        code_lists = code_lists_at(current_revision())[self.language]
        return [name for name in TITLES if code_lists[name]]

    def location(self, item: str) -> str:
        return self.address("finding:term_list", item.replace("_", "-"))


class SubjectSitemap(LanguageSitemap):
    """The pages of the terms that citizens look along, of those that some entry has."""

    def __init__(self, language: str, *, subject: Subject, page: str) -> None:
        super().__init__(language)
        self.subject = subject
        self.page = page

    def items(self):
        revision = current_revision()
        counts = facet_index_at(revision).counts({})[self.subject.name]
        terms = code_lists_at(revision)[self.language][self.subject.code_list]
        return [code for code in terms if counts[code]]

    def location(self, item: str) -> str:
        return self.address(self.page, item)


class BodySitemap(LanguageSitemap):
    def items(self):
        return Organisation.objects.public().order_by("slug").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        return self.address("organisations:organisation_detail", item)


class EntrySitemap(LanguageSitemap):
    def items(self):
        return (
            Publication.objects.current()
            .order_by("organisation_id", "number")
            .values_list("organisation__slug", "number", "published_at")
        )

    def location(self, item: tuple) -> str:
        slug, number, _published_at = item
        return self.address("processing:activity_detail", slug, number)

    def lastmod(self, item: tuple) -> datetime:
        return item[2]

    def get_latest_lastmod(self) -> datetime | None:
        """One row from the database; Django's own way reads every entry."""
        newest = Publication.objects.current().order_by("-published_at")
        return newest.values_list("published_at", flat=True).first()


SITEMAPS = {
    f"{name}-{language}": partial(kind, language)
    for language, _label in settings.LANGUAGES
    for name, kind in (
        ("pages", PageSitemap),
        ("topics", TopicSitemap),
        ("terms", TermListSitemap),
        ("data", partial(SubjectSitemap, subject=DATA, page="finding:data_detail")),
        ("people", partial(SubjectSitemap, subject=PEOPLE, page="finding:people_detail")),
        ("bodies", BodySitemap),
        ("entries", EntrySitemap),
    )
}


@public_page()
@x_robots_tag
def sitemap_index(request: HttpRequest) -> HttpResponse:
    listed = []
    for section, kind in SITEMAPS.items():
        pages = kind()
        address = origin(request) + reverse("sitemap_section", args=[section])
        newest = pages.get_latest_lastmod()
        numbers = range(2, pages.paginator.num_pages + 1)
        listed += [
            SitemapIndexItem(part, newest)
            for part in (address, *(f"{address}?p={number}" for number in numbers))
        ]
    return _xml(request, "sitemap_index.xml", {"sitemaps": listed})


@public_page("p")
@x_robots_tag
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    if section not in SITEMAPS:
        raise Http404
    number = request.GET.get("p", "1")
    if request.page_query in ("p=1", "p="):
        return HttpResponseRedirect(request.path)
    if request.page_query not in ("", f"p={number}") or not PAGE_NUMBER.fullmatch(number):
        raise Http404
    scheme, host = origin(request).split("://")
    try:
        urls = SITEMAPS[section]().get_urls(
            page=int(number), site=SimpleNamespace(domain=host), protocol=scheme
        )
    except EmptyPage as error:
        raise Http404 from error
    return _xml(request, "sitemap.xml", {"urlset": urls})


def _xml(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    return TemplateResponse(request, template, context, content_type="application/xml")
