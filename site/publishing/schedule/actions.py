"""Changes to the schedule of a content: in one transaction, they apply to all chosen languages or to none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page

from core.embargo import set_embargo
from core.processing.unit_of_work import unit_of_work
from core.publication.contents import lock_content, scheduled_revisions


def schedule(pages: Iterable[Page], moment: datetime, user: Any, *, with_embargo: bool = False) -> None:
    """Schedule the newest version of each of these pages of one content for `moment`. Raise PublicationRefused or
    EmbargoRefused if one of them may not be published, and change nothing in that case.
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
    """Cancel the schedule of these pages of one content. They stay drafts, and an embargo stays as it is."""
    pages = list(pages)
    with unit_of_work():
        for content_id in {page.translation_key for page in pages}:
            lock_content(content_id)
        for page in pages:
            for revision in scheduled_revisions(page):
                revision.content["go_live_at"] = None
                revision.approved_go_live_at = None
                # Given these fields, Wagtail records in the page's history that its schedule was cancelled.
                revision.save(user=user, update_fields=["content", "approved_go_live_at"])
            Page.objects.filter(pk=page.pk, live=False).update(go_live_at=None)


def _schedule(page: Page, moment: datetime, user: Any) -> None:
    revision = page.specific.get_latest_revision() or page.specific.save_revision(user=user, clean=False)
    revision.content["go_live_at"] = moment.isoformat()
    revision.save()
    revision.publish(user=user)
