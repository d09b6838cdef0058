"""URLs below /api/: version 1, and the pages that explain each kind of problem."""

from __future__ import annotations

from django.urls import include, path

from . import api
from .documentation import problem_page

urlpatterns = [
    path("v1/", include(api)),
    path("problems/<str:kind>", problem_page, name="api_problem"),
]
