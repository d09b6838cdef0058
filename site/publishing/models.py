"""Published documents: what the public may see of each content in each language, stored ready for bulk reading."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages.field import LanguageField

from .newest_first import NewestFirstIndex
from .pending import LargeChange, MissedPublication, Opening, WaitingContent
from .webhooks.models import WebhookAttempt, WebhookDelivery, WebhookSubscription

__all__ = [
    "TOMBSTONES_KEPT",
    "DocumentDependency",
    "DocumentFacet",
    "LargeChange",
    "MissedPublication",
    "Opening",
    "PublicText",
    "PublishedDocument",
    "Removal",
    "Sequence",
    "WaitingContent",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookSubscription",
]

# The minimum time a tombstone is kept. A cursor of the change feed that is older may have missed one.
TOMBSTONES_KEPT = timedelta(days=180)


class Removal(models.TextChoices):
    """Why a document is gone. It says nothing about what the document was."""

    UNPUBLISHED = "unpublished", _("unpublished")
    DELETED = "deleted", _("deleted")
    RESTRICTED = "restricted", _("restricted")
    EXPIRED = "expired", _("expired")


class PublishedDocument(models.Model):
    """One content in one language. A document that is no longer public stays as a tombstone: `removal` says why, and
    its contents are empty.
    """

    content_id = models.UUIDField()
    locale = LanguageField()
    type = models.CharField(max_length=20)
    # Grows with every change, across all documents; issued under a lock (publishing.publish).
    seq = models.BigIntegerField(unique=True)
    updated_at = models.DateTimeField()
    removal = models.CharField(max_length=12, choices=Removal.choices, blank=True)
    # SHA-256 of the document's contents; its ETag.
    digest = models.CharField(max_length=64, blank=True)
    # SHA-256 of the path of its page. It lets us answer for an address after the page is gone, without storing the
    # address.
    path_digest = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=255, blank=True)
    source_locale = LanguageField(blank=True)
    published_at = models.DateTimeField(null=True)
    content_updated_at = models.DateTimeField(null=True)
    # When it stops being public; the sweep (publish.publish_expired) creates the tombstone.
    expires_at = models.DateTimeField(null=True, db_index=True)
    # The primary key of its page: a page created later has a higher one.
    page_number = models.IntegerField(null=True)
    # Compact JSON objects. The last is the picture on the site's own cards (core.pictures.markup) and may be empty.
    card = models.TextField(blank=True)
    full = models.TextField(blank=True)
    card_picture = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_id", "locale"], name="one_document_for_content_and_locale")
        ]
        # In the sort order of lists.
        indexes = [
            NewestFirstIndex(fields=["locale", "removal", "-published_at", "content_id"], name="document_newest"),
            NewestFirstIndex(
                fields=["locale", "type", "removal", "-published_at", "content_id"], name="document_newest_of_type"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}"


class DocumentFacet(models.Model):
    """A value by which documents are filtered, counted or looked up: (topic, labour-migration), (country, EGY), (year,
    2026), (programme, a content id), (role, index), (doi, 10.1/abc), (isbn, thirteen digits), (slug, …).
    """

    document = models.ForeignKey(PublishedDocument, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=12)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "name", "value"], name="one_facet_value_for_document")
        ]
        indexes = [models.Index(fields=["name", "value", "document"], name="documents_with_facet_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class DocumentDependency(models.Model):
    """Something that a document is built from: when it changes, the document is rebuilt."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("content")
        IMAGE = "image", _("image")
        ORIGINAL = "original", _("original of an image")
        DOCUMENT = "document", _("document")
        TOPIC = "topic", _("topic")
        OFFICE = "office", _("office settings")

    document = models.ForeignKey(PublishedDocument, on_delete=models.CASCADE, related_name="dependencies")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    key = models.CharField(max_length=36)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "kind", "key"], name="one_dependency_of_document")]
        indexes = [models.Index(fields=["kind", "key"], name="documents_that_depend_on")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class PublicText(models.Model):
    """The text of a page, as fingerprints (SHA-256; publishing.texts). It is kept while the page is not public, so
    that publishing the same text again does not count as a change.
    """

    content_id = models.UUIDField()
    locale = LanguageField()
    # Everything that the page itself says, and the part of it that a translation repeats in another language.
    said = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    # When the page was last published with a different text: `content_updated_at` of its document.
    changed_at = models.DateTimeField(null=True)
    # When the page was last published, whether or not anything had changed.
    published_at = models.DateTimeField(null=True)
    # For a translation: `words` of its source when the translation was last published; empty if the source had none.
    source_words = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_id", "locale"], name="one_text_for_content_and_locale")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}"


class Sequence(models.Model):
    """The last `seq` issued: one row, locked from the first change in a transaction until its end. `token` changes
    with every change of the documents, even one that no reader sees; it tells processes that their caches
    (listing.state) are out of date.
    """

    last = models.BigIntegerField(default=0)
    token = models.UUIDField(default=uuid4, null=True)

    def __str__(self) -> str:
        return str(self.last)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.token = uuid4()
        super().save(*args, **kwargs)
