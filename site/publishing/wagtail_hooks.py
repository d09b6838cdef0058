"""Publishing in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from publishing.webhooks.viewsets import WebhookViewSetGroup


def webhooks() -> WebhookViewSetGroup:
    return WebhookViewSetGroup()


hooks.register("register_admin_viewset", webhooks)
