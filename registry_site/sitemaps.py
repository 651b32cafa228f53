"""What search engines should read: every public page, in each language."""

from datetime import datetime
from functools import partial

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import index, sitemap
from django.urls import reverse
from django.utils import translation

from organisations.models import Organisation
from processing.models.publication import Publication
from registry_site.explainer.contents import TOPICS

PAGES = (
    "home",
    "about",
    "privacy",
    "accessibility",
    "open_data",
    "disclaimer",
    "ask:body_choice",
    "gdpr:topic_list",
    "gdpr:glossary",
    "organisations:organisation_list",
    "processing:activity_list",
    "finding:data_list",
    "finding:people_list",
    "finding:exchange_list",
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
        ("bodies", BodySitemap),
        ("entries", EntrySitemap),
    )
}

sitemap_index = partial(index, sitemap_url_name="sitemap_section")
sitemap_section = sitemap
