"""The report of what readers search for, most frequent first."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import django_filters
from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView as WagtailReportView

from core.languages.declared import language_name
from search.counting.counts import LEAST_SEARCHES
from search.counting.models import SearchCount


def may_read_report(user: Any) -> bool:
    return bool(user.has_perm("search.view_searchcount"))


class ReportFilters(WagtailFilterSet):
    found = django_filters.ChoiceFilter(
        label=_("Results"),
        choices=[("nothing", _("Nothing found")), ("something", _("Something found"))],
        method="filter_found",
    )
    language = django_filters.ChoiceFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = SearchCount
        fields = ["found", "language"]

    def filter_found(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(last_results=0) if value == "nothing" else rows.filter(last_results__gt=0)


class ActionsColumn(Column):
    """Links to forms that are prefilled with the row's words."""

    cell_template_name = "admin/search_report_actions.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        words = urlencode({f"in_{instance['language']}": instance["text"]})
        user = parent_context["request"].user
        actions = [
            ("search.add_synonymgroup", "synonyms:add", _("Add synonyms")),
            ("search.add_promotedresult", "recommended_pages:add", _("Recommend a page")),
        ]
        context["actions"] = [
            {"address": f"{reverse(name)}?{words}", "label": label}
            for permission, name, label in actions
            if user.has_perm(permission)
        ]
        return context


def searches() -> QuerySet[Any]:
    """Return one row for each language and text searched for often enough, with the results of its last day."""
    same = SearchCount.objects.filter(language=OuterRef("language"), text=OuterRef("text")).order_by("-day")
    rows = SearchCount.objects.values("language", "text").annotate(
        searches=Sum("count"), last_results=Subquery(same.values("results")[:1])
    )
    return rows.filter(searches__gte=LEAST_SEARCHES).order_by("-searches", "language", "text")


class ReportView(WagtailReportView):
    model = SearchCount
    page_title = _("What is searched for")
    header_icon = "search"
    filterset_class = ReportFilters
    any_permission_required = ["view"]
    columns = [
        TitleColumn("text", label=_("Words"), accessor="text"),
        Column("language", label=_("Language"), accessor=lambda row: language_name(row["language"])),
        NumberColumn("searches", label=_("Searches"), accessor="searches"),
        NumberColumn("last_results", label=_("Results"), accessor="last_results"),
        ActionsColumn("actions", label=_("What to do")),
    ]
    list_export = ["text", "language", "searches", "last_results"]

    def get_queryset(self) -> QuerySet[Any]:
        return searches()
