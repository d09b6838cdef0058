"""Mail each new press release once to each subscriber, in batches small enough for the worker's other work to go on."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from core.languages.versions import public_pages
from mailing.outbox import queue_message
from press.releases.page import PressReleasePage

from .mails import ReleaseMail
from .models import ReleaseAnnouncement, Subscription

# An older release that is put on the site, for example from an archive, is not news.
NEWS = timedelta(days=7)
SUBSCRIBERS_AT_ONCE = 100


def announce_releases() -> bool:
    """Mail one batch; return whether there was anything to do. Several workers may call this at once."""
    with transaction.atomic():
        unfinished = ReleaseAnnouncement.objects.filter(finished_at=None).order_by("pk")
        announcement = unfinished.select_for_update(skip_locked=True).first()
        if announcement:
            _go_on(announcement)
            return True
    return _begin()


def _begin() -> bool:
    """Register the new releases for mailing; return whether there are any."""
    announced = ReleaseAnnouncement.objects.filter(
        content_id=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    recent = PressReleasePage.objects.filter(date__gt=timezone.localdate() - NEWS).exclude(Exists(announced))
    new = [
        ReleaseAnnouncement(content_id=release.translation_key, language=release.locale.language_code)
        for release in public_pages(recent)
    ]
    # Another worker may have registered the same ones.
    ReleaseAnnouncement.objects.bulk_create(new, ignore_conflicts=True)
    return bool(new)


def _go_on(announcement: ReleaseAnnouncement) -> None:
    """Write the next mails. A release that is no longer public is not mailed to those who have not received it yet."""
    releases = PressReleasePage.objects.filter(
        translation_key=announcement.content_id, locale__language_code=announcement.language
    )
    release = public_pages(releases).first()
    subscribers = list(_subscribers(release, announcement)[:SUBSCRIBERS_AT_ONCE]) if release else []
    if release and subscribers:
        mail = ReleaseMail(release, announcement.language)
        for subscription in subscribers:
            queue_message(mail.to(subscription), purpose="press-release", about=subscription.about)
        announcement.last_subscription = subscribers[-1].pk
    if len(subscribers) < SUBSCRIBERS_AT_ONCE:
        announcement.finished_at = timezone.now()
    announcement.save(update_fields=["last_subscription", "finished_at"])


def _subscribers(release: PressReleasePage, announcement: ReleaseAnnouncement) -> QuerySet[Subscription]:
    """Return those who subscribed before the release came out and have not received it yet."""
    chosen = Subscription.topics.through.objects.filter(subscription=OuterRef("pk"))
    about = chosen.filter(topic__in=release.topics.values("pk"))
    return Subscription.objects.filter(
        ~Exists(chosen) | Q(Exists(about)),
        language=announcement.language,
        confirmed_at__lte=release.first_published_at,
        pk__gt=announcement.last_subscription,
    ).order_by("pk")
