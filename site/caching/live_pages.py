"""Pages that come into being live. A page that begins as a draft changes nothing that the public may see."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import Page

from .writes import public_change


@receiver(post_save, dispatch_uid="caching.live_pages")
def page_created(sender: type, instance: Any, created: bool = False, **kwargs: Any) -> None:
    if created and isinstance(instance, Page) and instance.live:
        public_change()
