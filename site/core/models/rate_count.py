"""The counts of core.security.rate_limits, stored where every process of the site sees them."""

from __future__ import annotations

from django.db import models


class RateCount(models.Model):
    """How much one sender has done in one window of time. `key`: a hash that reveals nothing about the sender once the
    salt of its day is deleted.
    """

    key = models.CharField(max_length=64, primary_key=True)
    used = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.used} until {self.ends_at:%Y-%m-%d %H:%M}"


class RateSalt(models.Model):
    """The secret of one day (UTC) from which the keys of its counts are derived, deleted when the day is over."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"
