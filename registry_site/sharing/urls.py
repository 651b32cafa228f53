from django.urls import path

from registry_site.sharing import views

share_patterns = [
    path("share.png", views.site_image, name="site_image"),
    path("organisations/<slug:slug>/share.png", views.body_image, name="body_image"),
    path("processing/<slug:slug>/<number:number>/share.png", views.entry_image, name="entry_image"),
]
