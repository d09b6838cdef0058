"""Search in Wagtail's admin."""

from __future__ import annotations

from wagtail import hooks

from search.editing.viewsets import SearchViewSetGroup


def search_menu() -> SearchViewSetGroup:
    return SearchViewSetGroup()


hooks.register("register_admin_viewset", search_menu)
