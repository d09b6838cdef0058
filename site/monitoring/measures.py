"""What is watched, each declared once: for `/metrics`, for the status page and, by its name, for the runbook
(docs/operations.md, “Alarms”).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from django.db import DatabaseError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from publishing.large_changes import STALLED_AFTER

from . import readings

HOUR, DAY = 3600.0, 86400.0
# Less than this, and uploads begin to fail.
ROOM_NEEDED = 500 * 1024 * 1024

Value = float | bool | None


class Measure(NamedTuple):
    """Something that is watched. `name`: of the metric, without “website_”, with Prometheus' suffix for the unit."""

    name: str
    title: Promise
    meaning: str
    read: Callable[[], Value]
    # Whether somebody has to do something about a value, and what.
    alarm: Callable[[Value], bool] | None = None
    advice: Promise | str = ""


class Reading(NamedTuple):
    measure: Measure
    value: Value
    is_known: bool = True

    @property
    def is_alarm(self) -> bool:
        return not self.is_known or bool(self.measure.alarm and self.measure.alarm(self.value))


def above(most: float) -> Callable[[Value], bool]:
    return lambda value: value is not None and value > most


def below(least: float) -> Callable[[Value], bool]:
    return lambda value: value is not None and value < least


def missing_or_above(most: float) -> Callable[[Value], bool]:
    return lambda value: value is None or value > most


MEASURES = (
    Measure(
        "worker_late",
        _("Work that the site has left undone"),
        "1 while work waits that a worker does within seconds",
        readings.worker_is_late,
        above(0),
        _("What the site does in the background stands still. The administrator starts it again; nothing is lost."),
    ),
    Measure("mail_waiting", _("Mails that wait"), "Mails in the outbox that are not sent yet", readings.mail_waiting),
    Measure(
        "mail_oldest_seconds",
        _("The oldest mail has waited for"),
        "Age of the oldest mail in the outbox",
        readings.oldest_mail,
        above(HOUR / 4),
        _("The mail server does not take mails. They are sent as soon as it does, for up to five days."),
    ),
    Measure(
        "mail_refused_today",
        _("Mails refused in the last day"),
        "Mails that the mail server has refused in the last 24 hours",
        readings.refused_mail,
    ),
    Measure(
        "webhooks_due",
        _("Messages to partners to be sent now"),
        "Webhook messages whose next attempt is due",
        readings.webhooks_due,
    ),
    Measure(
        "webhooks_late_seconds",
        _("The oldest message to a partner is late by"),
        "Time since the oldest due attempt of a webhook should have been made",
        readings.oldest_webhook,
        above(HOUR / 6),
        _("Partners are told of changes late. The administrator starts another process that works in the background."),
    ),
    Measure(
        "webhooks_paused",
        _("Partners that cannot be reached"),
        "Receivers of webhooks that are paused, since they have failed for long",
        readings.paused_receivers,
        above(0),
        _("Write to the partner: their server has refused our messages for long. One try is made every hour."),
    ),
    Measure("large_changes", _("Large changes under way"), "Large changes under way", readings.large_changes),
    Measure(
        "pages_overdue",
        _("Pages past their hour that are not public"),
        "Scheduled pages that are not public although their hour has passed",
        readings.overdue_pages,
        above(0),
        _("The first page of the admin names them, with the reason, if a rule keeps them back."),
    ),
    Measure(
        "last_change_timestamp_seconds",
        _("Last change that readers see"),
        "When readers last got something new",
        readings.last_change,
    ),
    Measure(
        "search_fallback",
        _("Search without Elasticsearch"),
        "1 while the database answers searches although there is an Elasticsearch",
        readings.search_falls_back,
        above(0),
        _("Readers search in the database meanwhile, and are told so. The administrator looks at Elasticsearch."),
    ),
    Measure(
        "search_lag_seconds",
        _("Search is behind by"),
        "Age of the first change that Elasticsearch does not have",
        readings.index_lag,
        above(STALLED_AFTER.total_seconds()),
        _("What was published since is found late. The administrator looks at Elasticsearch."),
    ),
    Measure(
        "backup_age_seconds",
        _("Age of the latest backup"),
        "Time since the latest backup was finished; absent if there is none",
        readings.age_of_backup,
        missing_or_above(26 * HOUR),
        _("There is no backup of the last day. The administrator looks at the timer and at the disk."),
    ),
    Measure(
        "disk_free_bytes",
        _("Free on the disk"),
        "Bytes that may still be written where the site keeps files",
        readings.free_disk,
        below(ROOM_NEEDED),
        _("Uploads are about to fail. The administrator makes room; readers do not notice."),
    ),
    Measure("database_size_bytes", _("Size of the database"), "Size of the database", readings.database_size),
    Measure(
        "certificate_left_seconds",
        _("The certificate of the site is valid for"),
        "Time until the proxy's TLS certificate ends; absent if the site is not told of it",
        readings.certificate_left,
        below(14 * DAY),
        _("After that, browsers show a warning instead of the site. The administrator renews the certificate."),
    ),
)


def read() -> Iterator[Reading]:
    """Read every measure. One that cannot be read, since the database or the disk is away, is an alarm itself."""
    for measure in MEASURES:
        try:
            yield Reading(measure, measure.read())
        except (DatabaseError, OSError):
            yield Reading(measure, None, is_known=False)
