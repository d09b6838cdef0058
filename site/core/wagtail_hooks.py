"""The core in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.wagtail_hooks import RestartTranslationPageActionMenuItem

from core.document_link_handler import DocumentLinkHandler
from core.models import OfficeSettings, Topic
from core.page_link_handler import PageLinkHandler


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


def use_links_for_the_reader(features: Any) -> None:
    features.register_link_type(PageLinkHandler)
    features.register_link_type(DocumentLinkHandler)


def never_write_over_translations(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """wagtail-localize offers to go back to field-by-field translation, which discards what was written by hand."""
    menu_items[:] = [item for item in menu_items if item.name != RestartTranslationPageActionMenuItem.name]


# After Wagtail's own handler of the same links.
hooks.register("register_rich_text_features", use_links_for_the_reader, order=10)
hooks.register("construct_page_action_menu", never_write_over_translations)
register_snippet(TopicViewSet)
register_snippet(OfficeSettingsViewSet)
