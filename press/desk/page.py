"""What all pages of the desk have in common."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from press.staffing.access import ANSWER, EXPORT, VIEW


class DeskViewMixin(WagtailAdminTemplateMixin):
    """A page of the desk, for users with `permission` and, for POST, `post_permission` too. No cache keeps it."""

    permission = VIEW
    post_permission = ANSWER
    header_icon = "mail"
    _show_breadcrumbs = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        wanted = {self.permission} | ({self.post_permission} if request.method == "POST" else set())
        if not request.user.has_perms(wanted):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        add_never_cache_headers(response)
        response["Referrer-Policy"] = "same-origin"
        return response

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        user = self.request.user
        return context | {"may_answer": user.has_perm(ANSWER), "may_export": user.has_perm(EXPORT)}
