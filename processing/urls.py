from django.urls import path

from processing.views import bodies, entries

organisation_patterns = [
    path("", bodies.organisation_list, name="organisation_list"),
    path("<slug:slug>/", bodies.organisation_detail, name="organisation_detail"),
]

activity_patterns = [
    path("", entries.activity_list, name="activity_list"),
    path("<slug:slug>/<int:number>/", entries.activity_detail, name="activity_detail"),
    path("<slug:slug>/<int:number>/history/", entries.activity_history, name="activity_history"),
    path(
        "<slug:slug>/<int:number>/versions/<int:version>/",
        entries.activity_version,
        name="activity_version",
    ),
    path(
        "<slug:slug>/<int:number>/compare/<int:before>/<int:after>/",
        entries.activity_compare,
        name="activity_compare",
    ),
]
