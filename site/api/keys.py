"""Partners' keys in use: which ones are accepted, when each was last used, and who is notified before one expires."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.cache import cache
from django.db import DatabaseError, models, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.content_types.builder import absolute_url
from publishing import staff_mail

from .models import ApiKey, digest_of, remembered_as

# How long the result of looking up a key is cached: a revoked key may work for that long in another process.
REMEMBERED_SECONDS = 60
# A use is recorded at most this often for each key.
RECORDED_EVERY = timedelta(hours=1)
# How long before a key's last day staff and the partner are notified.
NOTICE = timedelta(days=30)
# A key that has not been used for this long is listed as idle.
IDLE = timedelta(days=90)


class State(models.TextChoices):
    """The state of a key as staff see it."""

    IN_USE = "in-use", _("in use")
    IDLE = "idle", _("not used for 90 days")
    EXPIRING = "expiring", _("ends within a month")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")


@dataclass(frozen=True)
class Known:
    """The facts about a key that a request needs."""

    pk: int
    is_revoked: bool
    expires_on: date | None

    @property
    def is_expired(self) -> bool:
        return self.expires_on is not None and self.expires_on < timezone.localdate()

    @property
    def is_expiring(self) -> bool:
        """Return whether the partner is to be notified of its last day."""
        return self.expires_on is not None and self.expires_on <= timezone.localdate() + NOTICE


def known_key(key: str) -> Known | None:
    """Look up a key, in the database at most once a minute; return None if there is no such key."""
    digest = digest_of(key)
    found: Known | None = cache.get_or_set(remembered_as(digest), lambda: _look_up(digest), REMEMBERED_SECONDS)
    return found


def _look_up(digest: str) -> Known | None:
    row = ApiKey.objects.filter(digest=digest).values_list("pk", "is_revoked", "expires_on").first()
    return Known(*row) if row else None


def record_use(known: Known) -> None:
    """Record that a key was used, at most once an hour across all processes. A response never fails because of this."""
    if not cache.add(f"api-key-used-{known.pk}", True, RECORDED_EVERY.total_seconds()):
        return
    now = timezone.now()
    long_ago = models.Q(last_used_at__isnull=True) | models.Q(last_used_at__lte=now - RECORDED_EVERY)
    with suppress(DatabaseError), transaction.atomic():
        ApiKey.objects.filter(long_ago, pk=known.pk).update(last_used_at=now)


def state_of(key: ApiKey) -> State:
    """Return the most important state of a key."""
    known = Known(key.pk, key.is_revoked, key.expires_on)
    if known.is_revoked:
        return State.REVOKED
    if known.is_expired:
        return State.EXPIRED
    if known.is_expiring:
        return State.EXPIRING
    return State.IDLE if (key.last_used_at or key.created_at) < timezone.now() - IDLE else State.IN_USE


def idle_keys(keys: models.QuerySet[ApiKey]) -> models.QuerySet[ApiKey]:
    """Return the keys that still work but have not been used for a long time, including those that were never used."""
    before = timezone.now() - IDLE
    never = models.Q(last_used_at__isnull=True, created_at__lt=before)
    return _working(keys).filter(never | models.Q(last_used_at__lt=before))


def expiring_keys(keys: models.QuerySet[ApiKey]) -> models.QuerySet[ApiKey]:
    """Return the keys that still work and whose last day is near."""
    return _working(keys).filter(expires_on__lte=timezone.localdate() + NOTICE)


def _working(keys: models.QuerySet[ApiKey]) -> models.QuerySet[ApiKey]:
    ended = models.Q(is_revoked=True) | models.Q(expires_on__lt=timezone.localdate())
    return keys.exclude(ended)


def warn_of_expiry() -> bool:
    """Notify the staff who manage keys of one whose last day is near; return whether there was one."""
    with transaction.atomic():
        due = expiring_keys(ApiKey.objects.exclude(warned_of=models.F("expires_on")))
        key = due.select_for_update(skip_locked=True).order_by("expires_on", "pk").first()
        if key is None:
            return False
        about = f"api.apikey:{key.pk}"
        staff_mail.tell(staff_mail.those_who_may("api.change_apikey"), "api_key_ends", lambda: _told(key), about=about)
        key.warned_of = key.expires_on
        key.save(update_fields=["warned_of"])
    return True


def _told(key: ApiKey) -> dict[str, Any]:
    return {"key": key, "address": absolute_url(reverse("api-keys:edit", args=[key.pk]))}
