"""What Wagtail's admin has yet to index in Elasticsearch (`search.backend.following`)."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class ChangedObject(models.Model):
    """An object changed or is gone: written in the transaction that changed it, kept for a while after it was indexed.
    `model`: the root of its tables, such as "wagtailcore.page"; `with_descendants`: all pages below it changed too.
    """

    model = models.CharField(max_length=200)
    object_id = models.CharField(max_length=64)
    with_descendants = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    indexed_at = models.DateTimeField(null=True, db_index=True)

    def __str__(self) -> str:
        return f"{self.model} {self.object_id}"


class IndexingTurn(models.Model):
    """The one row that says which worker indexes, until when nobody else does, and whether the indices are to be made
    anew, since nobody wrote down what changed.
    """

    owner = models.CharField(max_length=32)
    until = models.DateTimeField()
    make_anew = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"{self.owner} until {self.until}"
