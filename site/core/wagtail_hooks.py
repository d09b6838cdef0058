"""The core in Wagtail's admin."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from core.models import OfficeSettings, Topic


class TopicViewSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["slug", "name_ar", "name_en", "name_fr"]
    search_fields = ["slug", "name_ar", "name_en", "name_fr"]


class OfficeSettingsViewSet(SnippetViewSet):
    model = OfficeSettings
    icon = "home"
    menu_label = _("Office settings")
    menu_name = "office-settings"
    add_to_settings_menu = True
    list_display = ["name", "locale", "contact_email"]


register_snippet(TopicViewSet)
register_snippet(OfficeSettingsViewSet)
