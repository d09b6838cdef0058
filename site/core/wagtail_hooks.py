"""The core in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet
from wagtail_localize.wagtail_hooks import RestartTranslationPageActionMenuItem

from core.models import OfficeSettings, Topic
from core.page_link_handler import PageLinkHandler
from core.templatetags.site_tags import date_time_text


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


def use_page_links_in_reader_language(features: Any) -> None:
    features.register_link_type(PageLinkHandler)


def never_write_over_translations(menu_items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """wagtail-localize offers to go back to field-by-field translation, which discards what was written by hand."""
    menu_items[:] = [item for item in menu_items if item.name != RestartTranslationPageActionMenuItem.name]


def log_embargoes(actions: Any) -> None:
    """What the history of a page says of its embargo."""
    actions.register_action("embargo.lift", _("Lift the embargo"), _("Embargo lifted, in every language"))

    @actions.register_action("embargo.set")
    class EmbargoFormatter(LogFormatter):
        label = _("Set an embargo")

        def format_message(self, log_entry: Any) -> str:
            until = parse_datetime(log_entry.data["until"])
            return gettext("Under embargo until %(moment)s, in every language") % {
                "moment": date_time_text(until) if until else "–"
            }


# After Wagtail's own handler of the same links.
hooks.register("register_rich_text_features", use_page_links_in_reader_language, order=10)
hooks.register("register_log_actions", log_embargoes)
hooks.register("construct_page_action_menu", never_write_over_translations)
register_snippet(TopicViewSet)
register_snippet(OfficeSettingsViewSet)
