"""What is due, on the first page of the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.components import Component

from press.office_calendar import office_calendar

from .access import VIEW
from .inbox import inquiries_for, time_left_of

SHOWN = 5


class DuePanel(Component):
    """The inquiries with the least working time left, for those who may read them."""

    name = "press_inquiries_due"
    template_name = "admin/desk/due_panel.html"
    order = 90

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        user = parent_context["request"].user
        if not user.has_perm(VIEW):
            return {"rows": None}
        found, calendar = inquiries_for({}, user), office_calendar()
        rows = [(inquiry, time_left_of(inquiry, calendar)) for inquiry in found[:SHOWN]]
        return {"rows": rows, "more": max(found.count() - SHOWN, 0)}
