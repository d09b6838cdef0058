"""The application for gunicorn and any other WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

from config.upstream_api import without_wagtails_api

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")

with without_wagtails_api():
    django = get_wsgi_application()

# Its models exist only now.
from caching.installation import with_kept_pages
from monitoring.requests import counted

application = counted(with_kept_pages(django))
