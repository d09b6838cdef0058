"""What is done to the schedule of a content, in all chosen languages in one transaction, or in none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from core.contents import lock_content, scheduled_revisions
from core.embargo import set_embargo
from core.unit_of_work import unit_of_work


def schedule(pages: Iterable[Page], moment: datetime, user: Any, *, with_embargo: bool = False) -> None:
    """Let the newest version of each of these pages of one content go out at a moment. Raises PublicationRefused or
    EmbargoRefused where one of them may not, and changes nothing then.
    """
    pages = list(pages)
    with unit_of_work():
        for content_id in {page.translation_key for page in pages}:
            lock_content(content_id)
            if with_embargo:
                set_embargo(content_id, moment, user)
        for page in pages:
            _schedule(page, moment, user)


def cancel(pages: Iterable[Page], user: Any) -> None:
    """Let these pages of one content wait for no time any more. They stay drafts, and an embargo stays as it is."""
    pages = list(pages)
    with unit_of_work():
        for content_id in {page.translation_key for page in pages}:
            lock_content(content_id)
        for page in pages:
            for revision in scheduled_revisions(page):
                revision.content["go_live_at"] = None
                revision.approved_go_live_at = None
                # With these fields Wagtail notes in the history of the page that its schedule is cancelled.
                revision.save(user=user, update_fields=["content", "approved_go_live_at"])
            Page.objects.filter(pk=page.pk, live=False).update(go_live_at=None)


def _schedule(page: Page, moment: datetime, user: Any) -> None:
    revision = page.specific.get_latest_revision() or page.specific.save_revision(user=user, clean=False)
    revision.content["go_live_at"] = moment.isoformat()
    revision.save()
    revision.publish(user=user)
