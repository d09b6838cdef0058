"""The status page in Wagtail's admin, among the reports."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .views import StatusView


def status_urls() -> list[URLPattern]:
    return [path("status/", StatusView.as_view(), name="site_status")]


def status_item() -> MenuItem:
    return MenuItem(_("State of the site"), reverse_lazy("site_status"), name="site-status", icon_name="info-circle")


hooks.register("register_admin_urls", status_urls)
hooks.register("register_reports_menu_item", status_item)
