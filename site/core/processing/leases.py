"""Work that several workers share: one of them claims it for a while, and what failed is tried again later and later.

If a worker dies, its claim ends by itself, and another worker takes the work. A worker whose claim has ended and been
taken over may record nothing: it holds an older number of attempts.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Retries are delayed by up to this share, so that what failed together does not come back together.
JITTER = 0.2
_random = random.SystemRandom()


class LeasedWork(models.Model):
    """A row that is work for one worker at a time."""

    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    # Increases with every claim. A result only counts for the attempt it belongs to.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # The worker's claim ends then; if the worker dies, others can claim the work after that.
    claimed_until = models.DateTimeField(null=True)

    class Meta:
        abstract = True

    def claim(self, lease: timedelta) -> None:
        """Claim the work, which the caller has locked, for a time longer than an attempt can take."""
        self.attempts += 1
        self.claimed_until = timezone.now() + lease
        self.save(update_fields=["attempts", "claimed_until"])

    def held(self) -> QuerySet[Any]:
        """Return the work as a query set, empty if it has been claimed again since."""
        return type(self)._default_manager.filter(pk=self.pk, attempts=self.attempts)


Work = TypeVar("Work", bound=LeasedWork)


def claim_first(due: QuerySet[Work], lease: timedelta) -> Work | None:
    """Claim and return the first of `due`, or None; what another worker is claiming at this moment is skipped."""
    if not due.exists():
        return None
    with transaction.atomic():
        work = due.select_for_update(skip_locked=True).first()
        if work is not None:
            work.claim(lease)
    return work


def is_due(now: datetime) -> Q:
    """Return the condition that an attempt is due and nobody holds the work."""
    return Q(Q(claimed_until=None) | Q(claimed_until__lte=now), next_attempt_at__lte=now)


@dataclass(frozen=True)
class Backoff:
    """How long to wait after the first, second, … failure in a row; the last interval repeats."""

    waits: tuple[timedelta, ...]

    def after(self, failures: int) -> timedelta:
        """Return how long to wait after this many failures, which is 1 or more."""
        return self.waits[min(failures, len(self.waits)) - 1] * _random.uniform(1, 1 + JITTER)
