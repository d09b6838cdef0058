"""Admin views for webhooks that Wagtail does not provide."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views import generic
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import Button

from .models import WebhookDelivery, WebhookSubscription
from .pausing import resume
from .queue import redeliver

# The session key of the subscription whose secret may be seen once.
_SHOW_SECRET = "webhook_secret_of"  # noqa: S105


def _secret_url(subscription: WebhookSubscription) -> str:
    return reverse("webhook_subscriptions:secret", args=[subscription.pk])


class SubscriptionCreateView(generic.CreateView):
    """Creates a subscription, then shows its secret."""

    def get_success_url(self) -> str:
        subscription = self.form.instance
        self.request.session[_SHOW_SECRET] = subscription.pk
        return _secret_url(subscription)


class SubscriptionEditView(generic.EditView):
    """Edits a subscription, with a link to its secrets. Saving one that is paused resumes it."""

    def save_instance(self) -> Any:
        subscription = super().save_instance()
        resume(subscription)
        return subscription

    @property
    def header_more_buttons(self) -> list[Button]:
        button = Button(_("Secrets"), url=_secret_url(self.object), icon_name="key", priority=5)
        return [*super().header_more_buttons, button]


class SecretView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Shows a new secret once; creates another, and retires the previous one."""

    model = WebhookSubscription
    permission_required = "change"
    template_name = "admin/webhook_secret.html"
    page_title = gettext_lazy("Secrets")
    header_icon = "key"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit_url = reverse("webhook_subscriptions:edit", args=[self.subscription.pk])
        return [
            *self.breadcrumbs_items,
            {"url": reverse("webhook_subscriptions:index"), "label": _("Webhook subscriptions")},
            {"url": edit_url, "label": str(self.subscription)},
            {"url": "", "label": self.get_page_title()},
        ]

    @property
    def subscription(self) -> WebhookSubscription:
        return get_object_or_404(WebhookSubscription, pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        subscription = self.subscription
        shown = request.session.pop(_SHOW_SECRET, None) == subscription.pk
        context = self.get_context_data(
            subscription=subscription, secret=subscription.secret if shown else "", live=len(subscription.live_secrets)
        )
        response = self.render_to_response(context)
        add_never_cache_headers(response)
        return response

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        subscription = self.subscription
        if "retire" in request.POST:
            subscription.retire_previous_secret()
            messages.success(request, _("The previous secret no longer signs."))
        else:
            subscription.rotate_secret()
            request.session[_SHOW_SECRET] = subscription.pk
        return redirect(_secret_url(subscription))


class DeliveryView(generic.InspectView):
    """A message with all its attempts, and the button that sends it again."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_send = self.request.user.has_perm("publishing.change_webhooksubscription")
        again = reverse("webhook_deliveries:redeliver", args=[self.object.pk])
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context["redeliver_url"] = again if may_send and self.object.subscription.active else None
        context["attempts"] = self.object.log.all()
        return context


def redeliver_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a message again (POST only)."""
    if request.method != "POST" or not request.user.has_perm("publishing.change_webhooksubscription"):
        raise PermissionDenied
    delivery = get_object_or_404(WebhookDelivery, pk=pk, subscription__active=True)
    redeliver(delivery)
    messages.success(request, _("The message will be sent again."))
    return redirect("webhook_deliveries:inspect", pk)
