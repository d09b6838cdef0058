"""The numbers that say how the running site is. Ages are in seconds; None: there is nothing to measure."""

from __future__ import annotations

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.models import Revision

from mailing.models import OutgoingMessage
from publishing.large_changes import STALLED_AFTER
from publishing.models import LargeChange, PublishedDocument, WebhookDelivery, WebhookSubscription
from search.engines.models import seconds_missing, slowest_position

from .records import LAST_BACKUP, recorded

_DAY = timedelta(days=1)
# The worker looks at the schedule every minute, and finishes what it has begun.
_SCHEDULE_TAKES = timedelta(minutes=3)


def _age(moment: datetime | None) -> float:
    return max(0.0, (timezone.now() - moment).total_seconds()) if moment else 0.0


def _waiting_mail() -> QuerySet[OutgoingMessage]:
    return OutgoingMessage.objects.filter(status=OutgoingMessage.Status.WAITING)


def _due_webhooks() -> QuerySet[WebhookDelivery]:
    waiting = WebhookDelivery.objects.filter(status=WebhookDelivery.Status.WAITING)
    return waiting.filter(next_attempt_at__lte=timezone.now())


def worker_is_late() -> bool:
    """Return whether work waits that a worker does within seconds: then none runs, or too few."""
    before = timezone.now() - STALLED_AFTER
    mail = _waiting_mail().filter(next_attempt_at__lt=before).exclude(claimed_until__gt=timezone.now())
    return mail.exists() or LargeChange.objects.filter(progressed_at__lt=before).exists()


def mail_waiting() -> int:
    return _waiting_mail().count()


def oldest_mail() -> float:
    return _age(_waiting_mail().aggregate(since=Min("created_at"))["since"])


def refused_mail() -> int:
    """Return how many mails the mail server has refused in the last day."""
    refused = OutgoingMessage.objects.filter(status=OutgoingMessage.Status.REFUSED)
    return refused.filter(settled_at__gt=timezone.now() - _DAY).count()


def webhooks_due() -> int:
    return _due_webhooks().count()


def oldest_webhook() -> float:
    return _age(_due_webhooks().aggregate(since=Min("next_attempt_at"))["since"])


def paused_receivers() -> int:
    return WebhookSubscription.objects.filter(active=True, paused_at__isnull=False).count()


def large_changes() -> int:
    return LargeChange.objects.count()


def overdue_pages() -> int:
    """Return how many pages are not public although their hour has passed."""
    due = Revision.page_revisions.filter(approved_go_live_at__lt=timezone.now() - _SCHEDULE_TAKES)
    return int(due.count())


def last_change() -> float | None:
    """Return when readers last got something new, in seconds since 1970."""
    last = PublishedDocument.objects.order_by("-seq").values_list("updated_at", flat=True).first()
    return last.timestamp() if last else None


def index_lag() -> float:
    """Return the age of the first change that Elasticsearch does not have; without Elasticsearch there is no lag."""
    if not settings.ELASTICSEARCH_URL:
        return 0.0
    return seconds_missing(slowest_position())


def search_engine() -> str:
    """Return which engine answers searches now: without Elasticsearch it is always the database."""
    if not settings.ELASTICSEARCH_URL:
        return "database"
    from search.engines.base import EngineUnavailable
    from search.engines.readiness import elasticsearch  # with a library that few requests need

    try:
        return "elasticsearch" if elasticsearch().ready() else "database instead of elasticsearch"
    except (EngineUnavailable, DatabaseError):
        return "database instead of elasticsearch"


def search_falls_back() -> bool:
    return search_engine() == "database instead of elasticsearch"


def age_of_backup() -> float | None:
    finished = parse_datetime(str(recorded(LAST_BACKUP).get("finished_at", "")))
    return _age(finished) if finished else None


def free_disk() -> float:
    """Return how many bytes may still be written where the site keeps files."""
    return min(shutil.disk_usage(_existing(folder)).free for folder in (settings.MEDIA_ROOT, settings.DATA_FOLDER))


def _existing(folder: Path | str) -> Path:
    """Return the folder, or the nearest one above it that exists: a new site has no uploads."""
    path = Path(folder).absolute()
    return next(each for each in (path, *path.parents) if each.exists())


def database_size() -> float:
    if connection.vendor == "postgresql":
        return float(_value("SELECT pg_database_size(current_database())"))
    return float(_value("SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"))


def _value(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def certificate_left() -> float | None:
    """Return for how many seconds the proxy's certificate is still valid: 0 if it cannot be read."""
    if not settings.CERTIFICATE_FILE:
        return None
    from cryptography import x509  # a library that few requests need

    try:
        certificate = x509.load_pem_x509_certificate(Path(settings.CERTIFICATE_FILE).read_bytes())
    except (OSError, ValueError):
        return 0.0
    return max(0.0, (certificate.not_valid_after_utc - timezone.now()).total_seconds())
