"""URLs of the press room other than pages, below the language prefix; each room has its own."""

from django.urls import include, path

urlpatterns = [
    path("press-inquiry/", include("press.inquiries.urls")),
    path("press-releases-by-email/", include("press.subscriptions.urls")),
    path("press-kits/", include("press.releases.urls")),
]
