from django.urls import path, register_converter
from django.urls.converters import StringConverter

from contact import views


class ReferenceConverter(StringConverter):
    """The reference of a question."""

    regex = "[2-9A-Z]{4}-[2-9A-Z]{4}"


register_converter(ReferenceConverter, "reference")

choice_patterns = [path("", views.body_choice, name="body_choice")]

contact_patterns = [
    path("<slug:slug>/contact/", views.contact_form, name="contact_form"),
    path(
        "<slug:slug>/contact/<reference:reference>/",
        views.contact_received,
        name="contact_received",
    ),
]
