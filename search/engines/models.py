from __future__ import annotations

from django.db import models


class IndexPosition(models.Model):
    """How far an index has followed the change log: everything up to `seq` is in it.

    `index`: a name that no other index and no restored one ever has (Elasticsearch's UUID).
    """

    index = models.CharField(max_length=120, unique=True)
    seq = models.BigIntegerField()
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.index} at {self.seq}"
