"""Forget the copies of what is withdrawn, so that they are not shown either while the database is away."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_unpublished

from .disk import folder_of_pages


@receiver(page_unpublished, dispatch_uid="caching.unpublished")
def page_withdrawn(sender: type, instance: Page, **kwargs: Any) -> None:
    _forget(instance)


@receiver(post_delete, sender=Page, dispatch_uid="caching.deleted")
def page_deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    _forget(instance)


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="caching.restricted")
def page_restricted(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    _forget(instance.page)


def _forget(page: Page) -> None:
    """Forget the page and what is below it. Nobody can read that any more either, or it is made anew."""
    parts = page.get_url_parts() if settings.PAGE_CACHE_MEGABYTES else None
    if parts and parts[2]:
        transaction.on_commit(partial(folder_of_pages().forget_below, parts[2]))
