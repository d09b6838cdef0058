"""Admin views for API keys and for the link to a page's preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_filters import ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.models import Page

from accounts.models import User

from .keys import State, expiring_keys, idle_keys, state_of
from .models import ApiKey
from .preview import LIFETIME, live_links, preview_link

# The states that the list can be filtered by.
_SELECTIONS: dict[State, Callable[[QuerySet[ApiKey]], QuerySet[ApiKey]]] = {
    State.IDLE: idle_keys,
    State.EXPIRING: expiring_keys,
    State.EXPIRED: lambda keys: keys.filter(is_revoked=False, expires_on__lt=timezone.localdate()),
    State.REVOKED: lambda keys: keys.filter(is_revoked=True),
}


class MakeKeyView(CreateView):
    """Creates a key. The response to a valid form shows the key, which is displayed nowhere else."""

    def form_valid(self, form: Any) -> HttpResponse:
        self.form = form
        key = form.instance.set_new_key()
        self.object = self.save_instance()
        context = {"api_key": self.object, "key": key, "list_url": self.get_success_url()}
        response = render(self.request, "admin/api_key_made.html", context)
        response["Cache-Control"] = "no-store"
        return response


class StateColumn(Column):
    """Shows the most important fact about a key."""

    def get_value(self, instance: ApiKey) -> str:
        return str(state_of(instance).label)


class ApiKeyFilters(WagtailFilterSet):
    state = ChoiceFilter(
        label=_("State"), method="with_state", choices=[(state.value, state.label) for state in _SELECTIONS]
    )

    class Meta:
        model = ApiKey
        fields: list[str] = []

    def with_state(self, keys: QuerySet[ApiKey], name: str, value: str) -> QuerySet[ApiKey]:
        return _SELECTIONS[State(value)](keys)


class ApiKeyViewSet(ModelViewSet):
    model = ApiKey
    name = "api-keys"
    url_prefix = "api-keys"
    icon = "key"
    menu_label = _("API keys")
    add_to_settings_menu = True
    list_display = ["name", "beginning", StateColumn("state", label=_("state")), "last_used_at", "expires_on"]
    filterset_class = ApiKeyFilters
    search_fields = ["name", "beginning"]
    panels = [FieldPanel("name"), FieldPanel("expires_on"), FieldPanel("is_revoked")]
    copy_view_enabled = False
    add_view_class = MakeKeyView


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preview_link_page(request: HttpRequest, page_id: int) -> HttpResponse:
    """Create links to previews of a page for its editors, and revoke them."""
    page = get_object_or_404(Page, pk=page_id)
    if not page.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
    link = ""
    if request.method == "POST":
        revoked = request.POST.get("revoke", "")
        if revoked.isdecimal():
            live_links(page).filter(pk=revoked).update(revoked_at=timezone.now())
        else:
            link = preview_link(page, cast(User, request.user))
    minutes = int(LIFETIME.total_seconds() // 60)
    context = {"page": page, "link": link, "links": live_links(page), "minutes": minutes}
    return render(request, "admin/preview_link.html", context)
