"""Make guessing slow: whoever has tried in vain several times waits, longer each time, and at last for a quarter of an
hour. Counted in the database, so that all processes and servers of the site count together.

An attempt is counted as one in vain before it is made, and taken back if it succeeds, so that many at once are no way
round. Keys are hashed with the day's salt (core.security.rate_limits): at midnight (UTC) counting begins anew.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import connection

from core.models import AttemptCount
from core.security.rate_limits import key_of

LOCK_SECONDS = 15 * 60
# The longest wait before the lock.
_LONGEST_WAIT = 60
_DAY = 24 * 3600


@dataclass(frozen=True)
class Patience:
    """How many attempts in vain cost nothing, and from which on each locks for `LOCK_SECONDS`. Those between make the
    next one wait for 1, 4, 9, … seconds.
    """

    free: int
    locked_from: int

    def times(self, factor: int) -> Patience:
        return Patience(self.free * factor, self.locked_from * factor)


def begin_attempt(what: str, who: str, patience: Patience) -> int:
    """Count an attempt and return 0, or, if it must not be made yet, return the seconds to wait."""
    now = int(time.time())
    if _counted(_key(what, who, now), now, patience):
        return 0
    until = AttemptCount.objects.filter(pk=_key(what, who, now)).values_list("blocked_until", flat=True).first()
    return max(1, (until or now) - now)


def forget_attempts(what: str, who: str) -> bool:
    """Begin to count anew; return whether anything had been counted."""
    return bool(AttemptCount.objects.filter(pk=_key(what, who, int(time.time()))).delete()[0])


def take_back_attempt(what: str, who: str) -> None:
    """Take back one attempt, which was not in vain, and the wait that it brought; what others have done stays."""
    table, larger_of = connection.ops.quote_name(AttemptCount._meta.db_table), _function("GREATEST", "MAX")
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET failures = {larger_of}(failures - 1, 0), blocked_until = 0 WHERE key = %s",  # noqa: S608
            [_key(what, who, int(time.time()))],
        )


def _counted(key: str, now: int, patience: Patience) -> bool:
    """Count the attempt in one statement, unless it is blocked; return whether it was counted."""
    table, smaller_of = connection.ops.quote_name(AttemptCount._meta.db_table), _function("LEAST", "MIN")
    sql = (
        f"INSERT INTO {table} AS stored (key, failures, blocked_until, ends_at) VALUES (%s, 1, 0, %s)"  # noqa: S608
        " ON CONFLICT (key) DO UPDATE SET failures = stored.failures + 1, blocked_until = CASE"
        " WHEN stored.failures + 1 >= %s THEN %s"
        f" WHEN stored.failures + 1 > %s THEN %s + {smaller_of}(%s, (stored.failures + 1 - %s)"
        " * (stored.failures + 1 - %s)) ELSE 0 END"
        " WHERE stored.blocked_until <= %s RETURNING failures"
    )
    ends = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(now - now % _DAY + _DAY, UTC))
    free = patience.free
    waits = [patience.locked_from, now + LOCK_SECONDS, free, now, _LONGEST_WAIT, free, free, now]
    with connection.cursor() as cursor:
        cursor.execute(sql, [key, ends, *waits])
        return cursor.fetchone() is not None


def _function(of_postgresql: str, of_sqlite: str) -> str:
    return of_postgresql if connection.vendor == "postgresql" else of_sqlite


def _key(what: str, who: str, now: int) -> str:
    return key_of(what, who, now - now % _DAY)
