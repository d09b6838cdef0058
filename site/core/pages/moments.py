"""Note when the page that is being made changes by itself.

Every page is made anew at each moment at which any page changes: menus, lists and related contents show others. There
are a few such moments a day.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone
from wagtail.models import Page

from core.web.lifetime import changes_at, clocks, current, ends_at


def note_moments(expires_at: datetime | None = None) -> None:
    """Note the next moment of all clocks, and when the page itself expires. No query where no page is kept."""
    lifetime = current()
    if lifetime is None:
        return
    ends_at(expires_at)
    for clock in clocks:
        changes_at(clock(lifetime.began_at))


def next_midnight(now: datetime) -> datetime:
    """Return when the next day begins in the office's time, which a page may show as a date or a year."""
    day = timezone.localtime(now) + timedelta(days=1)
    return day.replace(hour=0, minute=0, second=0, microsecond=0)


def next_expiry(now: datetime) -> datetime | None:
    """Return when the next page stops being public."""
    found: datetime | None = Page.objects.filter(live=True, expire_at__gt=now).aggregate(first=Min("expire_at"))[
        "first"
    ]
    return found
