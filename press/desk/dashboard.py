"""The inquiries that are due, on the first page of the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from press.staffing.access import VIEW

from .inbox import inquiries_for, rows_of

SHOWN = 5


class DuePanel(Component):
    """Shows the inquiries with the least working time left to those who may read them."""

    name = "press_inquiries_due"
    template_name = "admin/desk/due_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(VIEW):
            return {"rows": None}
        found = inquiries_for({}, user)
        return {"rows": rows_of(found[:SHOWN]), "more": max(found.count() - SHOWN, 0)}
