"""The application for any ASGI server."""

import os

from django.core.asgi import get_asgi_application

from config.upstream_api import without_wagtails_api

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with without_wagtails_api():
    application = get_asgi_application()
