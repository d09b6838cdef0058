from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Home")

    def ready(self) -> None:
        from .language_trees import plant_missing_trees

        post_migrate.connect(set_site_address, sender=self)
        post_migrate.connect(plant_missing_trees, sender=self)


def set_site_address(**kwargs: Any) -> None:
    """Set the default site's host and port from BASE_URL: the site's address is configuration, not content."""
    from wagtail.models import Site

    address = urlsplit(settings.BASE_URL)
    port = address.port or (443 if address.scheme == "https" else 80)
    for site in Site.objects.filter(is_default_site=True).exclude(hostname=address.hostname, port=port):
        site.hostname, site.port = address.hostname, port
        site.save()
