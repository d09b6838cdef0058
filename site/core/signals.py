"""Keep the trees of the three languages in step, and translations unpublished until someone publishes them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move
from wagtail.tasks import delete_file_from_storage_task

from core.models import BasePage, DocumentVersion
from core.pages.redirects import redirect_old_addresses
from core.pages.trees import move_translations, refused_moves
from core.processing.unit_of_work import at_end
from core.publication.rules import PublicationRefused


@receiver(pre_save, dispatch_uid="core.unpublish_converted_alias")
def unpublish_converted_alias(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Turn an alias that becomes a page of its own into a draft, because it still contains the source's text.

    Stock Wagtail and wagtail-localize leave it live, which publishes one language's text under another's address.
    """
    if raw or not isinstance(instance, Page) or instance.alias_of_id or not instance.pk or not instance.live:
        return
    if Page.objects.filter(pk=instance.pk, alias_of__isnull=False).exclude(locale_id=None).exists():
        instance.live = False
        instance.live_revision = None
        instance.has_unpublished_changes = True
        Page.objects.filter(pk=instance.pk).update(live=False, live_revision=None, has_unpublished_changes=True)


@receiver(pre_page_move, dispatch_uid="core.rights_to_move")
def ask_for_the_right_to_move(
    sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any
) -> None:
    """Refuse a move in the admin that would move translations which the user may not move. Code that runs without a
    user may.
    """
    user = get_active_log_context().user
    if user and parent_page_before.pk != parent_page_after.pk:
        refused = refused_moves(user, instance, parent_page_after)
        if refused:
            raise PublicationRefused(refused)


@receiver(pre_save, dispatch_uid="core.remember_address")
def remember_address(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Remember the stored address of a page that is about to be saved at another, which the pages below it share."""
    if isinstance(instance, Page) and not raw and instance.pk:
        stored = Page.objects.filter(pk=instance.pk).exclude(url_path=instance.url_path)
        instance.url_path_before = stored.values_list("url_path", flat=True).first()


@receiver(post_save, dispatch_uid="core.follow_the_slug")
def follow_the_slug(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Redirect from the old address at the end of the transaction, since the paths of the pages below are written later
    than this; Wagtail's own signal of a new slug is sent after the commit, too late for readers who come in between.
    """
    if isinstance(instance, BasePage) and getattr(instance, "url_path_before", None):
        at_end(_redirect, [(instance.pk, instance.url_path_before)])


def _redirect(moved: Iterable[tuple[int, str]]) -> None:
    for pk, url_path_before in moved:
        for page in Page.objects.filter(pk=pk):
            redirect_old_addresses(page, url_path_before)


@receiver(post_page_move, dispatch_uid="core.follow_the_move")
def follow_the_move(
    sender: type,
    instance: Page,
    parent_page_before: Page,
    parent_page_after: Page,
    url_path_before: str,
    **kwargs: Any,
) -> None:
    redirect_old_addresses(instance, url_path_before)
    if parent_page_before.pk != parent_page_after.pk:
        move_translations(instance, parent_page_after)


@receiver(post_delete, sender=DocumentVersion, dispatch_uid="core.delete_version")
def delete_file_of_version(sender: type, instance: DocumentVersion, **kwargs: Any) -> None:
    """Delete the file of a version after the commit, as Wagtail does with the file of a document."""
    storage, name = instance.file.storage.deconstruct(), instance.file.name
    transaction.on_commit(lambda: delete_file_from_storage_task.enqueue(storage, name))
