from django.urls import path, register_converter
from django.urls.converters import IntConverter

from processing.views import bodies, entries


class NumberConverter(IntConverter):
    """A number as it is written in an address: without zeros before it, and not absurdly long."""

    regex = "[1-9][0-9]{0,8}"


register_converter(NumberConverter, "number")

organisation_patterns = [
    path("", bodies.organisation_list, name="organisation_list"),
    path("<slug:slug>/", bodies.organisation_detail, name="organisation_detail"),
]

activity_patterns = [
    path("", entries.activity_list, name="activity_list"),
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
