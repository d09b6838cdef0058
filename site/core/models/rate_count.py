"""The counts of core.security.rate_limits and core.security.attempts, stored where every process sees them."""

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


class AttemptCount(models.Model):
    """How often something that is guarded by a password was tried in vain on one day, and until when (seconds since
    1970) it may not be tried again. `key`: as that of a `RateCount`.
    """

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField()
    blocked_until = models.BigIntegerField(default=0)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.failures} until {self.ends_at:%Y-%m-%d %H:%M}"


class RateSalt(models.Model):
    """The secret of one day (UTC) from which the keys of its counts are derived, deleted when the day is over."""

    day = models.DateField(primary_key=True)
    salt = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day}"
