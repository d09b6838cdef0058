"""The menu “Site search” in Wagtail's admin."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from django.contrib import messages
from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.views.generic import CreateView, EditView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from core.editing.localized_form import localized_columns
from core.languages.declared import LANGUAGE_CODES, default_first
from search.vocabulary.models import LONGEST_EXPRESSION, Expressions, PromotedResult, SynonymGroup

from .forms import PromotedForm, RemarksPanel, SynonymForm, expression_panels
from .remarks import other_groups, remarks
from .report import ReportView, may_read_report

Model = TypeVar("Model", bound=Expressions)


class FromReportMixin(Generic[Model]):
    """Prefills a form opened from the report with the row's words: ?in_fr=…"""

    model: type[Model]
    request: Any

    def get_initial_form_instance(self) -> Model:
        given = {code: self.request.GET.get(f"in_{code}", "")[:LONGEST_EXPRESSION] for code in LANGUAGE_CODES}
        return self.model(lines=given)


class TellRemarksMixin:
    """Warns after saving if anything is wrong with the expressions; they are stored nevertheless."""

    request: Any

    def save_instance(self) -> SynonymGroup:
        group: SynonymGroup = super().save_instance()  # type: ignore[misc]
        for remark in remarks(group.expressions(), other_groups(group)):
            if remark.problem:
                messages.warning(self.request, remark.problem)
        return group


class SynonymCreateView(TellRemarksMixin, FromReportMixin[SynonymGroup], CreateView):
    pass


class SynonymEditView(TellRemarksMixin, EditView):
    pass


class PromotedCreateView(FromReportMixin[PromotedResult], CreateView):
    pass


class _ExpressionsViewSet(ModelViewSet):
    list_display = ["__str__", *localized_columns("expressions", _("expressions"))]
    search_fields = [f"expressions_{language}" for language in LANGUAGE_CODES]
    ordering = [f"expressions_{language}" for language in default_first()]
    search_backend_name = None
    copy_view_enabled = False
    add_to_reference_index = False


class SynonymViewSet(_ExpressionsViewSet):
    model = SynonymGroup
    name = "synonyms"
    url_prefix = "search/synonyms"
    icon = "transfer"
    menu_label = _("Synonyms")
    add_view_class = SynonymCreateView
    edit_view_class = SynonymEditView
    edit_handler = ObjectList([*expression_panels(), RemarksPanel()], base_form_class=SynonymForm)


class PromotedViewSet(_ExpressionsViewSet):
    model = PromotedResult
    name = "recommended_pages"
    url_prefix = "search/recommended"
    icon = "pick"
    menu_label = _("Recommended pages")
    list_display = ["__str__", "page"]
    add_view_class = PromotedCreateView
    edit_handler = ObjectList([FieldPanel("page"), *expression_panels()], base_form_class=PromotedForm)


class ReportMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        return may_read_report(request.user)


class ReportViewSet(ViewSet):
    name = "search_report"
    url_prefix = "search/report"
    icon = "search"
    menu_label = _("What is searched for")
    menu_item_class = ReportMenuItem

    def get_urlpatterns(self) -> list[Any]:
        names = {"index_url_name": self.get_url_name("index"), "index_results_url_name": self.get_url_name("results")}
        return [
            path("", ReportView.as_view(**names), name="index"),
            path("results/", ReportView.as_view(results_only=True, **names), name="results"),
        ]


class SearchViewSetGroup(ModelViewSetGroup):
    items = (SynonymViewSet, PromotedViewSet, ReportViewSet)
    menu_label = _("Site search")
    menu_icon = "search"
    menu_order = 255
    menu_name = "search-vocabulary"
