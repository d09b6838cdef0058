"""A Django that answers every address with the same bytes and has no middleware: what a framework costs at least."""

from __future__ import annotations

import os

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

_BODY = b"x" * int(os.environ.get("BARE_BYTES", "4096"))


def constant(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_BODY)


urlpatterns = [re_path("", constant)]

settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], SECRET_KEY="of the benchmark", MIDDLEWARE=[])  # noqa: S106
django.setup()
application = get_wsgi_application()
