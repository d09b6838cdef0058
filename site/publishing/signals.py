"""Signal handlers for everything that changes what the public may see of a content.

Each handler runs in the transaction of the change. A later rebuild (publish.rebuild) finds nothing to do; a test
compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from wagtail.models import Collection, CollectionViewRestriction, Locale, Page, PageViewRestriction, Site
from wagtail.signals import page_published, page_unpublished, post_page_move

from core.content_types.rights import RIGHTS_KEY, rights_of
from core.embargo import embargo_changed
from core.models import ContentDocument, ContentImage, OfficeSettings, Topic
from core.processing.unit_of_work import at_end
from core.publication.drafts import FIELDS_OF_DRAFTS

from .publish import publish_changes
from .texts import forget_texts


@receiver(page_published, dispatch_uid="publishing.published")
@receiver(page_unpublished, dispatch_uid="publishing.unpublished")
def page_changed(sender: type, instance: Page, **kwargs: Any) -> None:
    at_end(publish_changes, [("content", instance.translation_key)])


@receiver(embargo_changed, dispatch_uid="publishing.embargo")
def embargo_moved(sender: type, content_id: UUID, **kwargs: Any) -> None:
    at_end(publish_changes, [("content", content_id)])


@receiver(post_save, dispatch_uid="publishing.saved")
def page_saved(
    sender: type, instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **kwargs: Any
) -> None:
    """Handle a page saved by code, not by an editor; children and many-to-many fields are stored only later. A draft
    that is saved beside the live page changes no document.
    """
    if not isinstance(instance, Page) or raw or instance.depth == 1:
        return
    if update_fields and FIELDS_OF_DRAFTS.issuperset(update_fields):
        return
    subtree = [("subtree", instance.pk)] if getattr(instance, "url_path_before", None) else []
    at_end(publish_changes, [("content", instance.translation_key), *subtree])


@receiver(post_delete, sender=Page, dispatch_uid="publishing.deleted")
def page_deleted(sender: type, instance: Page, **kwargs: Any) -> None:
    """Handle a deleted page. Also sent for its specific type, but before its row in the page table is gone."""
    at_end(publish_changes, [("content", instance.translation_key)])
    if not instance.alias_of_id:
        at_end(forget_texts, [(instance.translation_key, instance.locale.language_code)])


@receiver(post_page_move, dispatch_uid="publishing.moved")
def page_moved(sender: type, instance: Page, **kwargs: Any) -> None:
    at_end(publish_changes, [("subtree", instance.pk)])


@receiver(post_save, sender=PageViewRestriction, dispatch_uid="publishing.restricted")
@receiver(post_delete, sender=PageViewRestriction, dispatch_uid="publishing.unrestricted")
def restriction_changed(sender: type, instance: PageViewRestriction, **kwargs: Any) -> None:
    """Handle a changed restriction, unless another one has replaced it (publishing.ways)."""
    if getattr(instance, "_is_replaced", False):
        return
    at_end(publish_changes, [("subtree", instance.page_id)])


@receiver(post_save, sender=ContentImage, dispatch_uid="publishing.image_saved")
@receiver(post_delete, sender=ContentImage, dispatch_uid="publishing.image_deleted")
def image_changed(sender: type, instance: ContentImage, **kwargs: Any) -> None:
    at_end(publish_changes, [("image", instance.pk)])


@receiver(post_save, sender=ContentDocument, dispatch_uid="publishing.document_saved")
@receiver(post_delete, sender=ContentDocument, dispatch_uid="publishing.document_deleted")
def document_changed(sender: type, instance: ContentDocument, **kwargs: Any) -> None:
    at_end(publish_changes, [("document", instance.pk)])


@receiver(post_save, sender=CollectionViewRestriction, dispatch_uid="publishing.collection_restricted")
@receiver(post_delete, sender=CollectionViewRestriction, dispatch_uid="publishing.collection_unrestricted")
def collection_restriction_changed(sender: type, instance: CollectionViewRestriction, **kwargs: Any) -> None:
    collection_changed(Collection, instance.collection)


@receiver(post_save, sender=Collection, dispatch_uid="publishing.collection_saved")
def collection_changed(sender: type, instance: Collection, **kwargs: Any) -> None:
    """Handle a changed collection: private documents are not linked. The admin moves a collection after saving it."""
    documents = ContentDocument.objects.filter(collection__path__startswith=instance.path)
    at_end(publish_changes, [("document", number) for number in documents.values_list("pk", flat=True)])


@receiver(post_save, sender=Topic, dispatch_uid="publishing.topic_saved")
@receiver(post_delete, sender=Topic, dispatch_uid="publishing.topic_deleted")
def topic_changed(sender: type, instance: Topic, **kwargs: Any) -> None:
    at_end(publish_changes, [("topic", instance.pk)])


@receiver(pre_save, sender=OfficeSettings, dispatch_uid="publishing.office_saving")
def office_changes(sender: type, instance: Any, **kwargs: Any) -> None:
    """Remember whether the terms of use change: they are in every document of the language, other settings in few."""
    before = OfficeSettings.objects.filter(pk=instance.pk).first()
    instance.changes_rights = rights_of(before) != rights_of(instance)


@receiver(post_save, sender=OfficeSettings, dispatch_uid="publishing.office_saved")
@receiver(post_delete, sender=OfficeSettings, dispatch_uid="publishing.office_deleted")
def office_changed(sender: type, instance: Any, **kwargs: Any) -> None:
    language = instance.locale.language_code
    rights = [("office", RIGHTS_KEY.format(language))] if getattr(instance, "changes_rights", True) else []
    at_end(publish_changes, [("office", language), *rights])


@receiver(post_save, sender=Site, dispatch_uid="publishing.site_saved")
@receiver(post_delete, sender=Site, dispatch_uid="publishing.site_deleted")
@receiver(post_save, sender=Locale, dispatch_uid="publishing.locale_saved")
@receiver(post_delete, sender=Locale, dispatch_uid="publishing.locale_deleted")
def site_changed(sender: type, instance: Site | Locale, **kwargs: Any) -> None:
    """Handle a changed site or locale: the root of each language's tree is part of every address."""
    at_end(publish_changes, [("everything", "")])
