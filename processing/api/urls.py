from django.urls import path

import processing.converters  # noqa: F401 (number)
from processing.api.views import (
    activities,
    changes,
    exchanges,
    organisations,
    reference_data,
    service,
)

ACTIVITY = "processingActivities/<slug:slug>/<number:number>"

# Without slashes at their ends, as the guide wants them.
api_patterns = [
    path("health", service.health, name="health"),
    path("doc/openapi.yaml", service.document_in_yaml, name="document"),
    path("doc/openapi.json", service.document_in_json, name="document_in_json"),
    path("organisations", organisations.organisation_list, name="organisation_list"),
    path(
        "organisations/<slug:slug>", organisations.organisation_detail, name="organisation_detail"
    ),
    path("processingActivities", activities.activity_list, name="activity_list"),
    path(ACTIVITY, activities.activity_detail, name="activity_detail"),
    path(f"{ACTIVITY}/versions", activities.version_list, name="version_list"),
    path(
        f"{ACTIVITY}/versions/<number:version>",
        activities.version_detail,
        name="version_detail",
    ),
    path("exchanges", exchanges.exchange_list, name="exchange_list"),
    path("changes", changes.change_list, name="change_list"),
    path("refData", reference_data.list_of_lists, name="reference_lists"),
    path("refData/<slug:code_list>", reference_data.term_list, name="term_list"),
    path("refData/<slug:code_list>/<slug:code>", reference_data.term_detail, name="term_detail"),
]
