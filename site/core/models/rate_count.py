"""What core.rate_limits counts, where every process of the site sees it."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """How much somebody has done in one window of time. `key`: a hash that says nothing of who it was once the salt of
    its day is deleted.
    """

    key = models.CharField(max_length=64, primary_key=True)
    used = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.used} until {self.ends_at:%Y-%m-%d %H:%M}"


class RateSalt(models.Model):
    """The secret of one day (UTC) that the keys of its counts are made with, deleted when the day is over."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"
