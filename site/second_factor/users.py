"""Wagtail's pages of users, with the way to reset somebody's second factor (INSTALLED_APPS)."""

from __future__ import annotations

from wagtail.users.apps import WagtailUsersAppConfig


class UsersConfig(WagtailUsersAppConfig):
    user_viewset = "second_factor.user_pages.UserViewSet"
    default_auto_field = "django.db.models.AutoField"
