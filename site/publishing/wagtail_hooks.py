"""Publishing in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from publishing.bulk_publish import GatedPublishBulkAction
from publishing.webhooks.viewsets import WebhookViewSetGroup


def webhooks() -> WebhookViewSetGroup:
    return WebhookViewSetGroup()


hooks.register("register_admin_viewset", webhooks)
# After Wagtail's own, whose place it takes.
hooks.register("register_bulk_action", GatedPublishBulkAction, order=10)
