"""Limit how often someone may do something in a window of time, counted in the database, so that all processes and
servers of the site share one limit.

The sender is hashed with a random salt that belongs to one day (UTC) and is deleted after it: from then on nobody can
find out whose count it was. A count is one statement, in a transaction of its own only if the caller has none open: a
caller that rolls back undoes its count, so count before opening one.
"""

from __future__ import annotations

import hashlib
import secrets
import time
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from core.models import AttemptCount, RateCount, RateSalt

HOUR = 3600
# Deleted in batches of this size, so that nothing waits long for it.
_PURGED_AT_ONCE = 5000
_salts: dict[date, str] = {}


@dataclass(frozen=True)
class Usage:
    """How much has been done in the window, including what was counted just now, and the seconds until it ends."""

    used: int
    seconds_left: int


def count(what: str, who: str, *, window: int, amount: int = 1) -> Usage:
    """Add `amount` to what `who` has done in the current window, `window` seconds long; a negative amount is given
    back.

    `what`: the name of the limit, such as "press-inquiries"; `who`: an address, a key or an account, never stored.
    Windows begin at multiples of their length since 1970 (UTC), and none may be longer than a day.
    """
    now = int(time.time())
    began = now - now % window
    ends = began + window
    key = key_of(what, who, began)
    return Usage(_add(key, amount, datetime.fromtimestamp(ends, UTC)), ends - now)


def key_of(what: str, who: str, began: int) -> str:
    """Return the hash under which something is counted in a window that began then (seconds since 1970)."""
    salt = _salt_of(datetime.fromtimestamp(began, UTC).date())
    return hashlib.sha256(f"{salt}\0{what}\0{began}\0{who}".encode()).hexdigest()


def purge_counts() -> int:
    """Delete the counts of windows that are over, and the salts of days that are; return how many counts."""
    now = timezone.now()
    # A window that began yesterday may still be open for some hours of today.
    RateSalt.objects.filter(day__lt=now.astimezone(UTC).date() - timedelta(days=1)).delete()
    return sum(_purge(counted, now) for counted in (RateCount, AttemptCount))


def _purge(counted: type[RateCount | AttemptCount], now: datetime) -> int:
    over = counted._default_manager.filter(ends_at__lt=now)
    keys = list(over.values_list("pk", flat=True)[:_PURGED_AT_ONCE])
    return counted._default_manager.filter(pk__in=keys).delete()[0] if keys else 0


def _add(key: str, amount: int, ends_at: datetime) -> int:
    """Add to a count, never going below zero. Both engines lock the row until the statement ends, so that no count is
    lost.
    """
    table, larger_of = connection.ops.quote_name(RateCount._meta.db_table), _larger_of()
    sql = (
        f"INSERT INTO {table} AS stored (key, used, ends_at) VALUES (%s, %s, %s)"  # noqa: S608 -- no text from outside
        f" ON CONFLICT (key) DO UPDATE SET used = {larger_of}(stored.used + %s, 0) RETURNING used"
    )
    moment = connection.ops.adapt_datetimefield_value(ends_at)
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, max(amount, 0), moment, amount])
        return int(cursor.fetchone()[0])


def _larger_of() -> str:
    return "GREATEST" if connection.vendor == "postgresql" else "MAX"


def _salt_of(day: date) -> str:
    """Return the salt of a day, created by the first process that needs it, and cached once it is committed."""
    known = _salts.get(day)
    if known is None:
        RateSalt.objects.bulk_create([RateSalt(day=day, salt=secrets.token_hex(32))], ignore_conflicts=True)
        known = RateSalt.objects.get(day=day).salt
        if not connection.in_atomic_block:
            _salts.clear()
            _salts[day] = known
    return known
