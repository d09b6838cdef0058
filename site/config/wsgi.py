"""The application for gunicorn and any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from config.upstream_api import without_wagtails_api

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with without_wagtails_api():
    application = get_wsgi_application()

# Its models exist only now.
from caching.installation import with_kept_pages

application = with_kept_pages(application)
