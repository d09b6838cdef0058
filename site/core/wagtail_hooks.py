"""Hooks of the core into Wagtail's admin."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogFormatter
from wagtail.models import Page
from wagtail.snippets.models import register_snippet
from wagtail_localize.wagtail_hooks import ConvertToAliasPageActionMenuItem, RestartTranslationPageActionMenuItem

from core.dates import date_time_text
from core.editing.direction import direction_script, direction_style
from core.editing.localized_form import localized_columns
from core.editing.snippets import KindOfSnippetViewSet
from core.languages.declared import language_name
from core.links.document_handler import DocumentLinkHandler
from core.links.page_handler import PageLinkHandler
from core.models import OfficeSettings, Topic
from core.pasting.clipboard import LARGEST_CLIPBOARD
from core.pasting.view import paste
from core.translation.button import use_own_button
from core.translation.reading_sources import let_translators_read
from core.translation.translating import may_translate
from core.translation.view import TranslatePageView, refuse, translated


class TopicViewSet(KindOfSnippetViewSet):
    model = Topic
    icon = "tag"
    menu_label = _("Topics")
    menu_name = "topics"
    menu_order = 250
    add_to_admin_menu = True
    list_display = ["slug", *localized_columns("name", _("name"))]


class OfficeSettingsViewSet(KindOfSnippetViewSet):
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
    """Remove wagtail-localize's offers to go back to field-by-field translation, or to an alias: both discard what was
    written by hand.
    """
    menu_items[:] = [item for item in menu_items if item.name not in _WRITE_OVER]


def refuse_to_write_over_translations(request: HttpRequest, page: Page) -> None:
    """Refuse the requests that those menu items would have sent."""
    if _WRITE_OVER & request.POST.keys():
        raise PermissionDenied


def read_the_source(page: Page, user: Any, **_options: Any) -> Iterator[Button]:
    """Add to a translation a button that opens its source's newest draft to read."""
    language = getattr(page.specific, "source_language", "")
    source = page.get_translations().filter(locale__language_code=language).first() if language else None
    if source and may_translate(user, source):
        label = _("Read the source (%(language)s)") % {"language": language_name(language)}
        address = reverse("wagtailadmin_pages:view_draft", args=[source.pk])
        yield Button(label, address, icon_name="view", priority=55, attrs={"target": "_blank", "rel": "noreferrer"})


def translation_addresses() -> list[URLPattern]:
    """Return the addresses that replace wagtail-localize's own views: these come first."""
    return [
        path("localize/submit/page/<int:page_id>/", TranslatePageView.as_view()),
        path("localize/page/<int:page_id>/convert_to_alias/", refuse),
        path("localize/page/<int:page_id>/translated/", translated, name="translated_page"),
    ]


def paste_address() -> list[URLPattern]:
    return [path("paste/", paste, name="paste")]


def paste_script() -> SafeString:
    """Return the script that sends what is pasted into rich text to the server, with its texts in the editor's
    language.
    """
    return format_html(
        '<script src="{}" data-address="{}" data-reading="{}" data-inserted="{}" data-failed="{}" data-large="{}" '
        'data-close="{}" data-largest="{}" defer></script>',
        static("js/paste.js"),
        reverse("paste"),
        gettext("Reading what you pasted…"),
        gettext("What you pasted stands in blocks of its own from here on."),
        gettext("What you pasted could not be read, and nothing was inserted. Try again, or paste it as plain text."),
        gettext("This is too much at once: paste the document in parts."),
        gettext("Close"),
        LARGEST_CLIPBOARD,
    )


_WRITE_OVER = {RestartTranslationPageActionMenuItem.name, ConvertToAliasPageActionMenuItem.name}

let_translators_read()
use_own_button()
# Runs after Wagtail's own handler of the same links.
hooks.register("register_rich_text_features", use_links_for_the_reader, order=10)


def log_embargoes(actions: Any) -> None:
    """Register what the history of a page says about its embargo."""
    actions.register_action("embargo.lift", _("Lift the embargo"), _("Embargo lifted, in every language"))

    @actions.register_action("embargo.set")
    class EmbargoFormatter(LogFormatter):
        label = _("Set an embargo")

        def format_message(self, log_entry: Any) -> str:
            until = parse_datetime(log_entry.data["until"])
            return gettext("Under embargo until %(moment)s, in every language") % {
                "moment": date_time_text(until) if until else "–"
            }


hooks.register("register_log_actions", log_embargoes)
hooks.register("construct_page_action_menu", never_write_over_translations)
hooks.register("before_edit_page", refuse_to_write_over_translations, order=-1)
hooks.register("register_page_header_buttons", read_the_source)
hooks.register("register_admin_urls", translation_addresses, order=-1)
hooks.register("register_admin_urls", paste_address)
hooks.register("insert_editor_js", paste_script)
hooks.register("insert_global_admin_js", direction_script)
hooks.register("insert_global_admin_css", direction_style)
register_snippet(TopicViewSet)
register_snippet(OfficeSettingsViewSet)
