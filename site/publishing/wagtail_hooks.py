"""The hooks that add publishing to Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from publishing.bulk_publish import GatedPublishBulkAction
from publishing.progress import ProgressPanel, RefusedOpeningsPanel
from publishing.schedule.admin import missed_panel, schedule_button, schedule_urls
from publishing.webhooks.viewsets import WebhookViewSetGroup


def webhooks() -> WebhookViewSetGroup:
    return WebhookViewSetGroup()


def progress_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend((ProgressPanel(), RefusedOpeningsPanel()))


hooks.register("register_admin_viewset", webhooks)
hooks.register("construct_homepage_panels", progress_panel)
hooks.register("register_admin_urls", schedule_urls)
hooks.register("register_page_header_buttons", schedule_button)
hooks.register("register_page_listing_more_buttons", schedule_button)
hooks.register("construct_homepage_panels", missed_panel)
# Registered after Wagtail's own, which it replaces.
hooks.register("register_bulk_action", GatedPublishBulkAction, order=10)
