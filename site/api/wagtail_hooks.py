"""The hooks that add API keys and links to previews to Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from core.models import BasePage

from .admin import ApiKeyViewSet, preview_link_page


def api_keys() -> ApiKeyViewSet:
    return ApiKeyViewSet()


def preview_urls() -> list[URLPattern]:
    return [path("preview-link/<int:page_id>/", preview_link_page, name="api_preview_link")]


def preview_button(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Yield the button in the menu of a page that the user may edit."""
    if issubclass(page.specific_class or Page, BasePage) and page.permissions_for_user(user).can_edit():
        yield Button(
            _("Link to the draft for partners"),
            reverse("api_preview_link", args=[page.pk]),
            icon_name="link",
            priority=95,
        )


hooks.register("register_admin_viewset", api_keys)
hooks.register("register_admin_urls", preview_urls)
hooks.register("register_page_header_buttons", preview_button)
