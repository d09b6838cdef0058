"""Press inquiries in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.templatetags.site_tags import date_time_text
from press.models import Inquiry, Spokesperson


class InquiryPermissionPolicy(ModelPermissionPolicy):
    """Inquiries come from the form; nobody adds one in the admin."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "add" and bool(super().user_has_permission(user, action))


class InquiryInspectView(InspectView):
    """Moments in the office's time zone, as in the list and in the mails."""

    def get_deadline_display_value(self) -> str:
        return date_time_text(self.object.deadline)

    def get_created_at_display_value(self) -> str:
        return date_time_text(self.object.created_at)


class InquiryIndexView(IndexView):
    """An inquiry is opened to be read; its state is changed from there."""

    def get_edit_url(self, instance: Inquiry) -> str | None:
        url: str | None = self.get_inspect_url(instance)
        return url


class InquiryViewSet(ModelViewSet):
    model = Inquiry
    name = "inquiries"
    url_prefix = "inquiries"
    icon = "mail"
    menu_label = _("Press inquiries")
    menu_order = 240
    add_to_admin_menu = True
    list_display = ["reference", "outlet", "language", "deadline", "state", "created_at"]
    list_filter = ["state", "language"]
    search_fields = ["reference", "outlet"]
    index_view_class = InquiryIndexView
    inspect_view_enabled = True
    inspect_view_class = InquiryInspectView
    inspect_view_fields = [
        "reference",
        "state",
        "name",
        "outlet",
        "email",
        "language",
        "deadline",
        "question",
        "created_at",
    ]
    panels = [FieldPanel("state")]


class SpokespersonViewSet(SnippetViewSet):
    model = Spokesperson
    icon = "group"
    menu_label = _("Spokespeople")
    menu_name = "spokespeople"
    menu_order = 245
    add_to_admin_menu = True
    list_display = ["name_ar", "name_en", "name_fr", "order", "is_listed"]
    search_fields = ["name_ar", "name_en", "name_fr", "role_ar", "role_en", "role_fr"]


register_permission_policy(Inquiry, InquiryPermissionPolicy(Inquiry))


def inquiries() -> InquiryViewSet:
    return InquiryViewSet()


hooks.register("register_admin_viewset", inquiries)
register_snippet(SpokespersonViewSet)
