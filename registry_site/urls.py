from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from contact.urls import choice_patterns, contact_patterns
from processing.api.urls import api_patterns
from processing.api.views.readable import api_page
from processing.urls import (
    activity_patterns,
    file_patterns,
    finding_patterns,
    id_patterns,
    linked_data_patterns,
    organisation_patterns,
)
from processing.views.linked_data import void
from registry_site import statements, views
from registry_site.explainer.urls import gdpr_patterns
from registry_site.sharing.urls import share_patterns
from registry_site.sitemaps import sitemap_index, sitemap_section
from registry_site.styleguide import styleguide_patterns

handler400 = "registry_site.views.bad_request"
handler404 = "registry_site.views.page_not_found"
handler500 = "registry_site.refusals.server_error"

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap_section, name="sitemap_section"),
    path("robots.txt", views.robots_txt, name="robots_txt"),
    path(".well-known/security.txt", statements.security_txt, name="security_txt"),
    *styleguide_patterns(is_development=settings.DEBUG),
    path("admin/account/", include("registry_site.accounts.urls")),
    path("admin/", admin.site.urls),
    path(".well-known/void", void, name="void"),
    path("id/", include((id_patterns, "id"))),
    path("data/", include((linked_data_patterns, "linked_data"))),
    path("data/", include((file_patterns, "data")), {"all_languages": True}),
    path("api/v1/", include((api_patterns, "api"))),
    *i18n_patterns(
        path("", views.home, name="home"),
        path("organisations/", include((organisation_patterns, "organisations"))),
        path("organisations/", include((contact_patterns, "contact"))),
        path("processing/", include((activity_patterns, "processing"))),
        path("contact/", include((choice_patterns, "ask"))),
        path("glossary/", views.glossary, name="short_glossary"),
        path("gdpr/", include((gdpr_patterns, "gdpr"))),
        path("about/", statements.about, name="about"),
        path("privacy/", statements.privacy, name="privacy"),
        path("accessibility/", statements.accessibility, name="accessibility"),
        path("open-data/", statements.open_data, name="open_data"),
        path("open-data/api/", api_page, name="open_data_api"),
        path("disclaimer/", statements.disclaimer, name="disclaimer"),
        path("", include((finding_patterns, "finding"))),
        path("", include((file_patterns, "files"))),
        path("", include((share_patterns, "share"))),
    ),
]
