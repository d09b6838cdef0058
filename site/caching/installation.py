"""Put the kept pages in front of the application, as the settings say."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from wagtail.models import Site

from core.pages.contact_copy import keep_contact

from .disk import folder_of_pages
from .memory import Sections
from .release import fingerprint
from .watch import Watch
from .wrapper import PageCache

_MEGABYTE = 1024 * 1024


def with_kept_pages(application: Any) -> Any:
    """Return the application with kept pages in front of it, or as it is where none are to be kept: who works on
    templates wants to see each change.
    """
    if settings.DEBUG or not settings.PAGE_CACHE_MEGABYTES:
        return application
    return PageCache(
        application,
        Watch(_another_generation),
        Sections(settings.PAGE_CACHE_MEGABYTES * _MEGABYTE),
        folder_of_pages(),
        release=fingerprint(),
        is_proxied=settings.FILES_SENT_BY == "nginx",
    )


def _another_generation() -> None:
    """Forget what this process remembers of the sites, and keep what it must know while the database is away."""
    Site.clear_site_root_paths_cache()
    keep_contact()
