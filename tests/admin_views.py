"""Finds every view of the admin by its URL pattern, and arguments for it in the content of the site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection, Locale, Site, Task, Workflow

from accounts.models import User
from news.models import NewsPage

Values = dict[str, Any]
SCRIPT_IN_PAGE = re.compile(r"<script(?![^>]*\b(?:src=|type=\"application/json\"))[^>]*>", re.IGNORECASE)


def admin_views() -> Iterator[tuple[str, Any]]:
    """Yield the route (from the site's root) and the view of every URL pattern of the admin."""
    yield from _views(get_resolver().url_patterns, "", within=False)


def _views(patterns: list[Any], before: str, *, within: bool) -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver) and (within or route == "admin/"):
            yield from _views(pattern.url_patterns, route, within=True)
        elif isinstance(pattern, URLPattern) and within:
            yield route, pattern.callback


def address_of(route: str, view: Any, values: Values) -> str | None:
    """Return an address of a view, or None if the site has no object for one of its arguments."""
    model = _model_of(view)
    own = model._default_manager.order_by("pk").first() if model else None

    def value(found: re.Match[str]) -> str:
        name = found["name"] or found["named"]
        if name in ("pk", "object_id", "id", "instance_id") and own is not None:
            return str(own.pk)
        return str(values[name])

    try:
        path = re.sub(r"<(?:\w+:)?(?P<name>\w+)>|\(\?P<(?P<named>\w+)>[^)]*\)", value, route)
    except KeyError:
        return None
    return "/" + re.sub(r"[\^$?\\]", "", path)


def blocks_its_scripts(response: Any) -> bool:
    """Return whether a page has scripts that its own Content-Security-Policy keeps from running."""
    is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
    has_scripts = is_page and SCRIPT_IN_PAGE.search(response.content.decode())
    return bool(has_scripts) and "script-src 'self' 'unsafe-inline'" not in response["Content-Security-Policy"]


def _model_of(view: Any) -> Any:
    keywords = getattr(view, "view_initkwargs", {})
    model = keywords.get("model") or getattr(getattr(view, "view_class", None), "model", None)
    model = apps.get_model(model) if isinstance(model, str) else model
    return model if isinstance(model, type) else None


def values_of_the_site() -> Values:
    """Return values for the arguments of addresses, by name."""
    page = NewsPage.objects.first()
    assert page
    revision = page.latest_revision or page.save_revision()
    values: Values = dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id", "pk", "object_id"), page.pk)
    values |= {"app_label": "news", "model_name": "newspage"}
    values |= {"content_type_app_name": "news", "content_type_app_label": "news", "content_type_model_name": "newspage"}
    values |= {"content_type_id": ContentType.objects.get_for_model(NewsPage).pk, "filter_spec": "width-300"}
    values |= {"revision_id": revision.pk, "revision_id_a": "earliest", "revision_id_b": "latest"}
    firsts = {
        "image_id": get_image_model(),
        "document_id": get_document_model(),
        "user_id": User,
        "group_id": Group,
        "collection_id": Collection,
        "locale_id": Locale,
        "site_id": Site,
        "workflow_id": Workflow,
        "task_id": Task,
    }
    return values | {name: _first(model) for name, model in firsts.items()}


def _first(model: Any) -> Any:
    return model._default_manager.order_by("pk").values_list("pk", flat=True).first()
