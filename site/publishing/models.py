"""Published documents: what the public may see of each content in each language, ready to be read in bulk."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .webhooks.models import WebhookAttempt, WebhookDelivery, WebhookSubscription

__all__ = [
    "TOMBSTONES_KEPT",
    "DocumentDependency",
    "DocumentFacet",
    "MissedPublication",
    "PublishedDocument",
    "Removal",
    "Sequence",
    "WebhookAttempt",
    "WebhookDelivery",
    "WebhookSubscription",
]

# How long a tombstone is kept at least. A cursor of the change feed older than that may have missed one.
TOMBSTONES_KEPT = timedelta(days=180)


class Removal(models.TextChoices):
    """Why a document is gone. Says nothing about what it was."""

    UNPUBLISHED = "unpublished", _("unpublished")
    DELETED = "deleted", _("deleted")
    RESTRICTED = "restricted", _("restricted")
    EXPIRED = "expired", _("expired")


class PublishedDocument(models.Model):
    """One content in one language. A document that the public may no longer see stays as a tombstone: `removal` says
    why, and everything that it held is empty.
    """

    content_id = models.UUIDField()
    locale = models.CharField(max_length=2)
    type = models.CharField(max_length=20)
    # Grows with every change, across all documents; given out under a lock (publishing.sequence).
    seq = models.BigIntegerField(unique=True)
    updated_at = models.DateTimeField()
    removal = models.CharField(max_length=12, choices=Removal.choices, blank=True)
    # SHA-256 of what the document says; its ETag.
    digest = models.CharField(max_length=64, blank=True)
    # SHA-256 of the path of its page, so that an address can be answered after the page is gone, without keeping it.
    path_digest = models.CharField(max_length=64, db_index=True)
    title = models.CharField(max_length=255, blank=True)
    source_locale = models.CharField(max_length=2, blank=True)
    published_at = models.DateTimeField(null=True)
    content_updated_at = models.DateTimeField(null=True)
    # From when on the public may no longer see it; the sweep (publish.publish_expired) makes the tombstone.
    expires_at = models.DateTimeField(null=True, db_index=True)
    # Compact JSON objects.
    card = models.TextField(blank=True)
    full = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_id", "locale"], name="one_document_for_content_and_locale")
        ]
        indexes = [
            models.Index(fields=["locale", "removal", "published_at", "content_id"], name="document_newest_first"),
            models.Index(fields=["locale", "type", "removal"], name="document_by_type"),
        ]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}"


class DocumentFacet(models.Model):
    """A value by which documents are filtered and counted: (topic, labour-migration), (country, EGY), (year, 2026)."""

    document = models.ForeignKey(PublishedDocument, on_delete=models.CASCADE, related_name="facets")
    name = models.CharField(max_length=12)
    value = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "name", "value"], name="one_facet_value_for_document")
        ]
        indexes = [models.Index(fields=["name", "value", "document"], name="documents_with_facet_value")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class DocumentDependency(models.Model):
    """Something that a document is made from: when it changes, the document is made again."""

    class Kind(models.TextChoices):
        CONTENT = "content", _("content")
        IMAGE = "image", _("image")
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


class Sequence(models.Model):
    """The last `seq` given out: one row, locked from the first change of a transaction until its end."""

    last = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.last)


class MissedPublication(models.Model):
    """A content whose time has come and that could not come out. Gone as soon as it is out, or scheduled no more."""

    content_id = models.UUIDField(unique=True)
    since = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(default=timezone.now)
    # The name of an exception that nobody expected; empty where the rules of publication say why.
    failure = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.content_id)
