"""URLs below /.well-known/, where programs look for a site's contacts (RFC 8615)."""

from django.urls import path

from . import views

urlpatterns = [
    path("security.txt", views.security_txt),
    path("openpgp-key.asc", views.openpgp_key, name="openpgp_key"),
]
