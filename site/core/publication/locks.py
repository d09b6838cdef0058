"""The lock of a scheduled page: it says when the page goes out, what goes out with it, and where to change that."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock, BasicLock, ScheduledForPublishLock
from wagtail.models import Page, Revision

from core.dates import long_date_time
from core.languages.declared import language_name
from core.publication.contents import pages_of
from core.text.lists import listed


class ContentScheduleLock(ScheduledForPublishLock):
    """Locks a scheduled page for everyone. The way out is the screen where the schedule of all languages is set."""

    def get_message(self, user: Any) -> SafeString:
        moment = self.object.scheduled_revision.approved_go_live_at
        languages = [language_name(page.locale.language_code) for page in self._together_with(moment)]
        values = {"moment": long_date_time(moment), "address": reverse("content_schedule", args=[self.object.pk])}
        if not languages:
            return format_html(
                _('Scheduled for {moment}. To change the page, <a href="{address}">move or cancel it here</a> first.'),
                **values,
            )
        return format_html(
            _(
                "Scheduled for {moment}, together with: {languages}. "
                'To change the page, <a href="{address}">move or cancel it here</a> first.'
            ),
            languages=listed(languages),
            **values,
        )

    def _together_with(self, moment: Any) -> list[Page]:
        """Return the pages of the other languages that go out at the same time."""
        others = pages_of(self.object.translation_key).exclude(pk=self.object.pk).order_by("locale__language_code")
        pages = {str(page.pk): page for page in others}
        waiting = Revision.page_revisions.filter(object_id__in=pages, approved_go_live_at=moment)
        scheduled = set(waiting.values_list("object_id", flat=True))
        return [page for number, page in pages.items() if number in scheduled]


def lock_of(page: Any, lock: BaseLock | None) -> BaseLock | None:
    """Return the lock of a page, given the one that Wagtail found. A page whose scheduled publication failed is
    unlocked, so that it can be corrected.
    """
    if not isinstance(lock, ScheduledForPublishLock):
        return lock
    if page.scheduled_revision.approved_go_live_at > timezone.now():
        return ContentScheduleLock(page)
    return BasicLock(page) if page.locked else None
