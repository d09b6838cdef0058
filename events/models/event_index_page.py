"""The list of events and calls: the upcoming ones, and the archive."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from core.pages.pagination import paginated
from core.pictures.renditions import prefetch_renditions

from .event_page import Kind, past_in, upcoming_in

ITEMS_PER_PAGE = 12


class EventIndexPage(BasePage):
    template = "pages/event_index_page.html"
    role = "index"
    bundle_path = "pages/events"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("list of events and calls")
        verbose_name_plural = _("lists of events and calls")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Return the context. `?kind=` is one of Kind, `?when=past` selects the archive; other values are ignored."""
        context = super().get_context(request, *args, **kwargs)
        context["kind"] = kind = request.GET.get("kind") if request.GET.get("kind") in Kind.values else ""
        context["is_archive"] = is_archive = request.GET.get("when") == "past"
        events = past_in(self.locale_id) if is_archive else upcoming_in(self.locale_id)
        context["kinds"] = Kind.choices
        context["query"] = "".join([f"kind={kind}&" if kind else "", "when=past&" if is_archive else ""])
        context["items"] = paginated(request, events.filter(kind=kind) if kind else events, ITEMS_PER_PAGE)
        context["feed_url"] = reverse("events_calendar")
        prefetch_renditions([self, *context["items"]])
        return context
