"""The schedule in Wagtail's admin: its URL, its buttons, and the home page panel of missed publications."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button
from wagtail.models import Page

from core.models import BasePage
from publishing.missed import missed_contents

from .views import ScheduleView


class MissedPanel(Component):
    """A panel of overdue contents, for users who may publish at least one of their pages."""

    name = "missed_publications"
    template_name = "admin/schedule/missed_panel.html"
    order = 50

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        contents = [content for content in missed_contents() if _may_publish(request.user, content["pages"])]
        return {"contents": contents, "csrf_token": get_token(request)}


def _may_publish(user: Any, pages: list[Page]) -> bool:
    return any(page.permissions_for_user(user).can_publish() for page in pages)


def schedule_urls() -> list[URLPattern]:
    return [path("schedule/<int:page_id>/", ScheduleView.as_view(), name="content_schedule")]


def schedule_button(page: Page, user: Any, view_name: str = "", next_url: str | None = None) -> Iterator[Button]:
    """Yield the button in the menu of a page that the user may edit, both on the page and in listings."""
    if issubclass(page.specific_class or Page, BasePage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Schedule all languages"),
            reverse("content_schedule", args=[page.pk]),
            icon_name="calendar-alt",
            priority=12,
        )


def missed_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(MissedPanel())
