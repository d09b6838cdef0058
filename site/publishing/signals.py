"""Everything that changes what the public may see of a content, and which contents it changes.

Each handler runs in the transaction of the change. The rebuild (publish.rebuild) finds nothing to do afterwards; a
test holds both to it.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from core.models import ContentDocument, ContentImage, Topic
from core.unit_of_work import at_end

from .publish import contents_depending_on, publish_contents, publish_with_dependents


def _subtree(path: str) -> set[UUID]:
    """The contents of a page and of all pages below it."""
    return set(Page.objects.filter(path__startswith=path, depth__gt=1).values_list("translation_key", flat=True))


@receiver(page_published, dispatch_uid="publishing.published")
@receiver(page_unpublished, dispatch_uid="publishing.unpublished")
def page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    at_end(publish_with_dependents, [instance.translation_key])


@receiver(post_save, dispatch_uid="publishing.saved")
def page_saved(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A page saved by code, not by an editor; children and many-to-many fields are stored only after this signal."""
    if isinstance(instance, Page) and not raw and instance.depth > 1:
        at_end(publish_with_dependents, [instance.translation_key])


@receiver(post_delete, sender=Page, dispatch_uid="publishing.deleted")
def page_deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    """Sent for the page's own type too, but before its row in the table of pages is gone."""
    at_end(publish_with_dependents, [instance.translation_key])


@receiver(page_slug_changed, dispatch_uid="publishing.slug_changed")
@receiver(post_page_move, dispatch_uid="publishing.moved")
def address_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    """The addresses of all pages below change too."""
    at_end(publish_with_dependents, _subtree(Page.objects.get(pk=instance.pk).path))


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="publishing.restricted")
@receiver(post_delete, sender=PageViewRestriction, dispatch_uid="publishing.unrestricted")
def restriction_changed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    at_end(publish_with_dependents, _subtree(instance.page.path))


@receiver(post_save, sender=ContentImage, dispatch_uid="publishing.image_saved")
@receiver(post_delete, sender=ContentImage, dispatch_uid="publishing.image_deleted")
def image_changed(sender: type, instance: ContentImage, **kwargs: Any) -> None:
    at_end(publish_contents, contents_depending_on("image", [instance.pk]))


@receiver(post_save, sender=ContentDocument, dispatch_uid="publishing.document_saved")
@receiver(post_delete, sender=ContentDocument, dispatch_uid="publishing.document_deleted")
def document_changed(sender: type, instance: ContentDocument, **kwargs: Any) -> None:
    at_end(publish_contents, contents_depending_on("document", [instance.pk]))


@receiver(post_save, sender=Topic, dispatch_uid="publishing.topic_saved")
@receiver(post_delete, sender=Topic, dispatch_uid="publishing.topic_deleted")
def topic_changed(sender: type, instance: Topic, **kwargs: Any) -> None:
    at_end(publish_contents, contents_depending_on("topic", [instance.pk]))
