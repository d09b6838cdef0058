"""Published documents: what the public may see of each content in each language, ready to be read in bulk."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .newest_first import NewestFirstIndex
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
    # Of its page: the number of a page made later is higher.
    page_number = models.IntegerField(null=True)
    # Compact JSON objects; the last one, what the site's own cards show of the picture (core.pictures), may be empty.
    card = models.TextField(blank=True)
    full = models.TextField(blank=True)
    card_picture = models.TextField(blank=True, db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["content_id", "locale"], name="one_document_for_content_and_locale")
        ]
        # In the order of lists.
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
    """Something that a document is made from: when it changes, the document is made again."""

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
    """What a page says, as fingerprints (SHA-256; publishing.texts). Stays while the page is not public, so that
    publishing the same again is no change.
    """

    content_id = models.UUIDField()
    locale = models.CharField(max_length=2)
    # All that the page itself says, and of that what a translation repeats in another language.
    said = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    # When the page was published and said something else than before: `content_updated_at` of its document.
    changed_at = models.DateTimeField(null=True)
    # When the page was last published, whether anything was different or not.
    published_at = models.DateTimeField(null=True)
    # Of a translation: `words` of its source when the translation was last published; empty where it had none.
    source_words = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["content_id", "locale"], name="one_text_for_content_and_locale")]

    def __str__(self) -> str:
        return f"{self.content_id} {self.locale}"


class Sequence(models.Model):
    """The last `seq` given out: one row, locked from the first change of a transaction until its end. `token`: another
    after every change of the documents, also one that no reader sees; by it processes know what they kept of them
    (listing.state) to be old.
    """

    last = models.BigIntegerField(default=0)
    token = models.UUIDField(default=uuid4, null=True)

    def __str__(self) -> str:
        return str(self.last)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.token = uuid4()
        super().save(*args, **kwargs)


class LargeChange(models.Model):
    """A change of more contents than an editor waits for (publishing.large_changes); gone when all is done."""

    # What changed, as in publishing.publish.Change, and what it was called then.
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=255, blank=True)
    # The page at the top of what changed, where it was a part of the tree. It may be gone: whoever deletes it must not
    # wait for the worker, which waits for the lock on the sequence.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(default=timezone.now)
    # How many pages, in all languages.
    pages = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"

    @property
    def pages_left(self) -> int:
        return int(self.waiting.aggregate(pages=Sum("pages"))["pages"] or 0)

    @property
    def pages_done(self) -> int:
        return self.pages - self.pages_left


class WaitingContent(models.Model):
    """A content whose documents are still to be made anew. `failures`: how often they could not be made."""

    change = models.ForeignKey(LargeChange, on_delete=models.CASCADE, related_name="waiting")
    content_id = models.UUIDField(db_index=True)
    pages = models.PositiveSmallIntegerField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["failures", "id"], name="contents_in_their_order")]

    def __str__(self) -> str:
        return str(self.content_id)


class Opening(models.Model):
    """A part of the tree that becomes public when the gate has admitted every page of it (publishing.openings)."""

    # What keeps it private until then; whoever changes it wants something else.
    restriction = models.OneToOneField("wagtailcore.PageViewRestriction", on_delete=models.CASCADE, related_name="+")
    # Who wants it, with whose rights; None: a command, which has every right.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(default=timezone.now)
    pages = models.PositiveIntegerField()
    judged = models.PositiveIntegerField(default=0)
    # The number of the page judged last; they are judged in the order of their numbers, which stay when they move.
    last_page = models.PositiveIntegerField(default=0)
    # The numbers of the pages that may not become public.
    refused = models.JSONField(default=list)
    # When all had been judged, and some were refused: it stays private, and staff are told why.
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.restriction_id}: {self.judged} of {self.pages}"


class MissedPublication(models.Model):
    """A content whose time has come and that could not come out. Gone as soon as it is out, or scheduled no more."""

    content_id = models.UUIDField(unique=True)
    since = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(default=timezone.now)
    # The name of an exception that nobody expected; empty where the rules of publication say why.
    failure = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.content_id)
