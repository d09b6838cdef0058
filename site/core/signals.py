"""Keeping the trees of the three languages in step, and translations out of public until they are published."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, pre_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move
from wagtail.tasks import delete_file_from_storage_task

from core.models import DocumentVersion
from core.trees import forget_redirects_to_themselves, move_translations


@receiver(pre_save, dispatch_uid="core.unpublish_converted_alias")
def unpublish_converted_alias(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """An alias that becomes a page of its own still holds the source's text: it starts as a draft.

    Stock Wagtail and wagtail-localize leave it live, which publishes one language's text under another's address.
    """
    if raw or not isinstance(instance, Page) or instance.alias_of_id or not instance.pk or not instance.live:
        return
    if Page.objects.filter(pk=instance.pk, alias_of__isnull=False).exclude(locale_id=None).exists():
        instance.live = False
        instance.live_revision = None
        instance.has_unpublished_changes = True
        Page.objects.filter(pk=instance.pk).update(live=False, live_revision=None, has_unpublished_changes=True)


@receiver(post_page_move, dispatch_uid="core.move_translations")
def follow_the_move(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    if parent_page_before.pk != parent_page_after.pk:
        move_translations(instance, parent_page_after)
        forget_redirects_to_themselves(instance)


@receiver(page_slug_changed, dispatch_uid="core.forget_redirects")
def follow_the_slug(sender: type, instance: Page, **kwargs: Any) -> None:
    forget_redirects_to_themselves(instance)


@receiver(post_delete, sender=DocumentVersion, dispatch_uid="core.delete_version")
def delete_file_of_version(sender: type, instance: DocumentVersion, **kwargs: Any) -> None:
    """As Wagtail does with the file of a document."""
    storage, name = instance.file.storage.deconstruct(), instance.file.name
    transaction.on_commit(lambda: delete_file_from_storage_task.enqueue(storage, name))
