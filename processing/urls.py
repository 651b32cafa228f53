from django.urls import path

import processing.converters  # noqa: F401 (number, month and linked)
from processing.views import (
    bodies,
    changes,
    entries,
    exchanges,
    feeds,
    files,
    finding,
    guide,
    linked_data,
    subjects,
    suggestions,
    terms,
)

organisation_patterns = [
    path("", bodies.organisation_list, name="organisation_list"),
    path("<slug:slug>/", bodies.organisation_detail, name="organisation_detail"),
]

finding_patterns = [
    path("data/", subjects.data_list, name="data_list"),
    path("data/<slug:code>/", subjects.data_detail, name="data_detail"),
    path("people/", subjects.people_list, name="people_list"),
    path("people/<slug:code>/", subjects.people_detail, name="people_detail"),
    path("terms/<slug:code_list>/", terms.term_list, name="term_list"),
    path("suggestions/", suggestions.suggestion_list, name="suggestion_list"),
    path("exchanges/", exchanges.exchange_list, name="exchange_list"),
    path("changes/", changes.change_list, name="change_list"),
    path("changes/feed/", feeds.change_feed, name="change_feed"),
    path("changes/<month:month>/", changes.change_list, name="change_month"),
    path("guide/<slug:people>/", guide.guide_themes, name="guide_themes"),
    path("guide/<slug:people>/<slug:theme>/", guide.guide_wishes, name="guide_wishes"),
]

activity_patterns = [
    path("", finding.activity_list, name="activity_list"),
    path("<slug:slug>/<number:number>/", entries.activity_detail, name="activity_detail"),
    path("<slug:slug>/<number:number>/history/", entries.activity_history, name="activity_history"),
    path(
        "<slug:slug>/<number:number>/versions/<number:version>/",
        entries.activity_version,
        name="activity_version",
    ),
    path(
        "<slug:slug>/<number:number>/compare/<number:before>/<number:after>/",
        entries.activity_compare,
        name="activity_compare",
    ),
]

# Under a language, in it; under data/, in all languages. Each also with all earlier versions.
file_patterns = [
    pattern
    for route, view, name in (
        ("processing/", files.register_file, "register"),
        ("organisations/<slug:slug>/", files.body_file, "body"),
        ("processing/<slug:slug>/<number:number>/", files.entry_file, "entry"),
    )
    for pattern in (
        path(f"{route}files/<slug:file_format>/", view, name=name),
        path(
            f"{route}files/<slug:file_format>/history/",
            view,
            {"has_history": True},
            name=f"{name}_history",
        ),
    )
]

# Under id/, what names things; under data/, files that tell of them.
id_patterns = [
    path("catalogue", linked_data.catalogue, name="catalogue"),
    path("terms", linked_data.terms, name="terms"),
    path("terms/<slug:code_list>/<slug:code>", linked_data.term, name="term"),
    path("organisations/<slug:slug>", linked_data.body, name="body"),
    path("processing/<slug:slug>/<number:number>", linked_data.entry, name="entry"),
]
linked_data_patterns = [
    path("everything.nt.gz", linked_data.everything_file, name="everything"),
    path("context.jsonld", linked_data.json_ld_context, name="context"),
    path("catalogue.<linked:syntax>", linked_data.catalogue_file, name="catalogue"),
    path("terms.<linked:syntax>", linked_data.terms_file, name="terms"),
    path("organisations/<slug:slug>.<linked:syntax>", linked_data.body_file, name="body"),
    path(
        "processing/<slug:slug>/<number:number>.<linked:syntax>",
        linked_data.entry_file,
        name="entry",
    ),
]
