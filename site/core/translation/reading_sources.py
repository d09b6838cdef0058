"""Let people who may translate a page read, but not edit, its drafts: the draft, earlier versions, and comparisons.

Wagtail shows these only to people who may edit the page. Delete this module when it has a separate permission for
reading them.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from wagtail.admin.views.pages.preview import ViewDraftView
from wagtail.admin.views.pages.revisions import RevisionsCompareView, RevisionsView
from wagtail.models import Page

from core.translation.translating import may_translate

_view_draft = ViewDraftView.dispatch


def view_draft(self: ViewDraftView, request: HttpRequest, page_id: int, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        response: HttpResponseBase = _view_draft(self, request, page_id, *args, **kwargs)
    except PermissionDenied:
        page = get_object_or_404(Page, pk=page_id)
        if not may_translate(request.user, page):
            raise
        draft = page.get_latest_revision_as_object()
        response = draft.make_preview_request(request, draft.default_preview_mode)
    return response


def readable(view: type) -> None:
    """Make a view of an earlier version show the page to people who may translate it."""
    get_object = view.get_object  # type: ignore[attr-defined]

    def page_of(self: Any, *args: Any, **kwargs: Any) -> Any:
        try:
            return get_object(self, *args, **kwargs)
        except PermissionDenied:
            page = get_object_or_404(Page, pk=self.pk)
            if not may_translate(self.request.user, page):
                raise
            return page.specific

    view.get_object = page_of  # type: ignore[attr-defined]


def let_translators_read() -> None:
    ViewDraftView.dispatch = view_draft
    readable(RevisionsView)
    readable(RevisionsCompareView)
