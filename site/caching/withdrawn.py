"""Forget the copies of what is withdrawn, moved or renamed, so that they are not shown while the database is away."""

from __future__ import annotations

from functools import partial
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_slug_changed, page_unpublished, pre_page_move

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


@receiver(pre_page_move, dispatch_uid="caching.moved")
def page_moves(sender: type, instance: Page, **kwargs: Any) -> None:
    """Forget the copies at the old address: nobody would look there for what is withdrawn later."""
    _forget(instance)


@receiver(page_slug_changed, dispatch_uid="caching.renamed")
def page_renamed(sender: type, instance_before: Page, **kwargs: Any) -> None:
    _forget(instance_before)


def _forget(page: Page) -> None:
    """Forget the page and what is below it. Nobody can read that any more either, or it is made anew."""
    parts = page.get_url_parts() if settings.PAGE_CACHE_MEGABYTES else None
    if parts and parts[2]:
        transaction.on_commit(partial(folder_of_pages().forget_below, unquote(parts[2])))
