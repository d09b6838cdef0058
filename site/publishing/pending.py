"""What the worker has yet to publish: large changes, subtrees that are to become public, contents that were missed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Sum
from django.utils import timezone


class LargeChange(models.Model):
    """A change of more contents than an editor waits for (publishing.large_changes); deleted when all is done."""

    # The kind of change, as in publishing.publish.Change, and the title of the changed object at the time.
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=255, blank=True)
    # The page at the top of the change if it was a subtree. It may be gone: deleting it must not wait for the worker,
    # which waits for the lock on the sequence.
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(default=timezone.now)
    # The number of pages, in all languages.
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
    """A content whose documents have yet to be rebuilt. `failures` counts failed attempts."""

    change = models.ForeignKey(LargeChange, on_delete=models.CASCADE, related_name="waiting")
    content_id = models.UUIDField(db_index=True)
    pages = models.PositiveSmallIntegerField()
    failures = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["failures", "id"], name="contents_in_their_order")]

    def __str__(self) -> str:
        return str(self.content_id)


class Opening(models.Model):
    """A subtree that becomes public when the gate has admitted all of its pages (publishing.openings)."""

    # The restriction that keeps it private until then; if someone changes it, the opening no longer applies.
    restriction = models.OneToOneField("wagtailcore.PageViewRestriction", on_delete=models.CASCADE, related_name="+")
    # The person who requested it, whose permissions apply; None means a command, which may do everything.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    begun_at = models.DateTimeField(default=timezone.now)
    progressed_at = models.DateTimeField(default=timezone.now)
    pages = models.PositiveIntegerField()
    judged = models.PositiveIntegerField(default=0)
    # The primary key of the last page judged. Pages are judged in the order of their keys, which stay the same after a
    # move.
    last_page = models.PositiveIntegerField(default=0)
    # The primary keys of the pages that may not become public.
    refused = models.JSONField(default=list)
    # Set when all pages have been judged and some were refused: the subtree stays private, and staff are told why.
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.restriction_id}: {self.judged} of {self.pages}"


class MissedPublication(models.Model):
    """A content that was due but could not be published. Deleted as soon as it is published or no longer scheduled."""

    content_id = models.UUIDField(unique=True)
    since = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(default=timezone.now)
    # The name of an unexpected exception; empty if the rules of publication give the reason.
    failure = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return str(self.content_id)
