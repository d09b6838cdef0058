"""Webhooks in Wagtail's admin: subscriptions, and the log of deliveries."""

from __future__ import annotations

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from .forms import SubscriptionForm
from .models import WebhookDelivery, WebhookSubscription
from .views import DeliveryView, SecretView, SubscriptionCreateView, SubscriptionEditView, redeliver_view


class DeliveryPermissionPolicy(ModelPermissionPolicy):
    """A policy under which the log can be read but not changed."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action == "view" and bool(super().user_has_permission(user, action))


_FIELDS = ("name", "url", "types", "topics", "countries", "programmes", "locales", "events", "active")


class SubscriptionViewSet(ModelViewSet):
    model = WebhookSubscription
    name = "webhook_subscriptions"
    url_prefix = "webhooks/subscriptions"
    icon = "link-external"
    menu_label = _("Subscriptions")
    list_display = ["name", "url", "active", "paused_at", "gone_at"]
    copy_view_enabled = False
    add_to_reference_index = False
    add_view_class = SubscriptionCreateView
    edit_view_class = SubscriptionEditView
    edit_handler = ObjectList(
        [FieldPanel(name) for name in _FIELDS],
        base_form_class=SubscriptionForm,
    )

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("secret/<int:pk>/", SecretView.as_view(), name="secret")]


class DeliveryViewSet(ModelViewSet):
    model = WebhookDelivery
    name = "webhook_deliveries"
    url_prefix = "webhooks/deliveries"
    icon = "history"
    menu_label = _("Deliveries")
    list_display = ["webhook_id", "subscription", "event", "status", "attempts", "created_at"]
    list_filter = ["status", "subscription", "event"]
    form_fields: list[str] = []
    copy_view_enabled = False
    add_to_reference_index = False
    inspect_view_enabled = True
    inspect_view_class = DeliveryView
    inspect_template_name = "admin/webhook_delivery.html"
    inspect_view_fields = ["webhook_id", "subscription", "event", "status", "attempts", "next_attempt_at", "body"]

    def get_urlpatterns(self) -> list[Any]:
        return [*super().get_urlpatterns(), path("redeliver/<int:pk>/", redeliver_view, name="redeliver")]


class WebhookViewSetGroup(ModelViewSetGroup):
    """A menu entry for users who may manage subscriptions or read the log."""

    items = (SubscriptionViewSet, DeliveryViewSet)
    menu_label = _("Webhooks")
    menu_icon = "link-external"
    menu_order = 260


register_permission_policy(WebhookDelivery, DeliveryPermissionPolicy(WebhookDelivery))
