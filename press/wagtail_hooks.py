"""The press room and its desk in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from core.editing.localized_form import localized_columns
from core.editing.snippets import KindOfSnippetViewSet
from core.languages.declared import LANGUAGE_CODES
from press.desk.account import NoticesPanel
from press.desk.dashboard import DuePanel
from press.desk.viewsets import PressDeskViewSetGroup
from press.room.spokesperson import Spokesperson


def press_desk() -> PressDeskViewSetGroup:
    return PressDeskViewSetGroup()


def inquiry_permissions() -> QuerySet[Permission]:
    """Return those that administrators give to groups; nobody adds, changes or deletes an inquiry by hand."""
    codes = ("view_inquiry", "answer_inquiry", "export_inquiry", "measure_inquiry")
    return Permission.objects.filter(content_type__app_label="press", codename__in=codes)


def due_panel(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(DuePanel())


def desk_style() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/desk.css"))


class SpokespersonViewSet(KindOfSnippetViewSet):
    model = Spokesperson
    icon = "group"
    menu_label = _("Spokespeople")
    menu_name = "spokespeople"
    menu_order = 245
    add_to_admin_menu = True
    list_display = [*localized_columns("name", _("name")), "order", "is_listed"]
    search_fields = [f"{column}_{code}" for column in ("name", "role") for code in LANGUAGE_CODES]
    ordering = ["order", f"name_{settings.LANGUAGE_CODE}", "pk"]


hooks.register("register_admin_viewset", press_desk)
hooks.register("register_permissions", inquiry_permissions)
hooks.register("construct_homepage_panels", due_panel)
hooks.register("insert_global_admin_css", desk_style)
hooks.register("register_account_settings_panel", NoticesPanel)
register_snippet(SpokespersonViewSet)
