"""Views in Wagtail's admin: API keys, and the link to a page's preview."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from .models import ApiKey
from .preview import LIFETIME, preview_link


class MakeKeyView(CreateView):
    """Answers a valid form with the new key, which is on this page and nowhere else."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        key = form.instance.set_new_key()
        self.object = self.save_instance()
        context = {"api_key": self.object, "key": key, "list_url": self.get_success_url()}
        response = render(self.request, "admin/api_key_made.html", context)
        response["Cache-Control"] = "no-store"
        return response


class ApiKeyViewSet(ModelViewSet):
    model = ApiKey
    name = "api-keys"
    url_prefix = "api-keys"
    icon = "key"
    menu_label = _("API keys")
    add_to_settings_menu = True
    list_display = ["name", "beginning", "is_revoked", "created_at"]
    list_filter = ["is_revoked"]
    search_fields = ["name", "beginning"]
    panels = [FieldPanel("name"), FieldPanel("is_revoked")]
    copy_view_enabled = False
    add_view_class = MakeKeyView


@never_cache
@require_safe
def preview_link_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Shows an editor of a page the link to its preview."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    context = {"page": page, "link": preview_link(page), "minutes": int(LIFETIME.total_seconds() // 60)}
    return render(request, "admin/preview_link.html", context)
