"""The bulk action "Publish": publish the selected pages that may be published, and name the others with the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views.pages.bulk_actions.publish import PublishBulkAction
from wagtail.models import Page

from core.processing.unit_of_work import unit_of_work
from core.publication.rules import PublicationRefused


class GatedPublishBulkAction(PublishBulkAction):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused: list[str] = []
        self.waiting: list[str] = []

    def get_execution_context(self) -> dict[str, Any]:
        return {**super().get_execution_context(), "refused": self.refused, "waiting": self.waiting}

    @classmethod
    def execute_action(
        cls,
        objects: Iterable[Page],
        include_descendants: bool = False,
        user: Any = None,
        refused: list[str] | None = None,
        waiting: list[str] | None = None,
        **kwargs: Any,
    ) -> tuple[int, int]:
        """Publish what may be published; return how many of the selected pages, and how many below them, were
        published. Append a sentence for each of the others to `refused` or `waiting`. Raise PublicationRefused for
        a refused page if `refused` is not given.
        """
        done = {True: 0, False: 0}
        for page, is_ticked in _wanted(objects, include_descendants, user):
            try:
                with unit_of_work():
                    outcome = _publish(page, user)
            except PublicationRefused as refusal:
                if refused is None:
                    raise
                refused += refusal.messages
                continue
            if outcome is None:
                done[is_ticked] += 1
            elif waiting is not None:
                waiting.append(outcome)
        return done[True], done[False]

    def get_success_message(self, num_parent_objects: int, num_child_objects: int) -> str | None:
        if not num_parent_objects and not num_child_objects:
            return None
        message: str = super().get_success_message(num_parent_objects, num_child_objects)
        return message

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        for sentence in self.waiting:
            messages.warning(self.request, sentence)
        for sentence in self.refused:
            messages.error(self.request, sentence)
        return response


def _wanted(objects: Iterable[Page], include_descendants: bool, user: Any) -> Iterator[tuple[Page, bool]]:
    """Yield the pages to publish, each with whether it was selected itself."""
    for page in objects:
        yield page, True
        if include_descendants:
            for below in page.get_descendants().not_live().defer_streamfields().specific().iterator():
                if user is None or below.permissions_for_user(user).can_publish():
                    yield below, False


def _publish(page: Page, user: Any) -> str | None:
    """Publish the newest revision of a page; return a message if it waits for its time, otherwise None."""
    revision = page.get_latest_revision() or page.specific.save_revision(user=user)
    revision.publish(user=user)
    revision.refresh_from_db()
    if not revision.approved_go_live_at:
        return None
    moment = date_format(localtime(revision.approved_go_live_at), "DATETIME_FORMAT")
    return _("“%(page)s” waits until %(moment)s.") % {"page": page.get_admin_display_title(), "moment": moment}
