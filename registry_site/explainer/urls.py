from django.urls import path

from registry_site.explainer import views

gdpr_patterns = [
    path("", views.topic_list, name="topic_list"),
    path("glossary/", views.glossary, name="glossary"),
    path("<slug:topic>/", views.topic_detail, name="topic_detail"),
]
