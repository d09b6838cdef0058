"""Below /api/: version 1, and the pages that explain each kind of problem."""

from __future__ import annotations

from django.urls import path

from .api import api
from .documentation import problem_page

urlpatterns = [
    path("v1/", api.urls),
    path("problems/<str:kind>", problem_page, name="api_problem"),
]
