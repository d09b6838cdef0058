"""The menu “Press desk” in Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from press.hours.models import Holiday, OfficeHours
from press.inquiries.models.records import CannedReply
from press.staffing.access import VIEW
from press.staffing.models.desk import Desk, RoutingRule
from press.staffing.models.roster import Cover, Duty

from .inquiry_view import InquiryView
from .new_inquiry import NewInquiryView
from .views import ExportView, InboxView, StatisticsExportView, StatisticsView


class DeskMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm(VIEW))


class InboxViewSet(ViewSet):
    name = "inquiries"
    url_prefix = "press-desk"
    icon = "mail"
    menu_label = _("Inbox")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", InboxView.as_view(), name="index"),
            path("new/", NewInquiryView.as_view(), name="new"),
            path("<int:pk>/", InquiryView.as_view(), name="inspect"),
            path("export/<str:kind>/", ExportView.as_view(), name="export"),
        ]


class StatisticsViewSet(ViewSet):
    name = "press_statistics"
    url_prefix = "press-desk/statistics"
    icon = "history"
    menu_label = _("Statistics")
    menu_item_class = DeskMenuItem

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", StatisticsView.as_view(), name="index"),
            path("csv/", StatisticsExportView.as_view(), name="csv"),
        ]


class _SetUpViewSet(ModelViewSet):
    copy_view_enabled = False
    add_to_reference_index = False


class CannedReplyViewSet(_SetUpViewSet):
    model = CannedReply
    name = "canned_replies"
    url_prefix = "press-desk/canned-replies"
    icon = "openquote"
    list_display = ["title", "language"]
    list_filter = ["language"]
    search_fields = ["title", "text"]


class DeskViewSet(_SetUpViewSet):
    model = Desk
    name = "press_desks"
    url_prefix = "press-desk/desks"
    icon = "group"
    list_display = ["__str__", "email", "phone", "is_duty"]


class RoutingRuleViewSet(_SetUpViewSet):
    """Lists the rules in the order in which they are tried."""

    model = RoutingRule
    name = "routing_rules"
    url_prefix = "press-desk/routing"
    icon = "order"
    list_display = ["sort_order", "topic", "language", "country", "desk"]
    sort_order_field = "sort_order"


class DutyViewSet(_SetUpViewSet):
    model = Duty
    name = "duties"
    url_prefix = "press-desk/duties"
    icon = "calendar"
    list_display = ["officer", "desk", "first_day", "last_day"]
    list_filter = ["desk"]


class CoverViewSet(_SetUpViewSet):
    model = Cover
    name = "covers"
    url_prefix = "press-desk/covers"
    icon = "user"
    list_display = ["absent", "covered_by", "first_day", "last_day"]


class HolidayViewSet(_SetUpViewSet):
    model = Holiday
    name = "holidays"
    url_prefix = "press-desk/holidays"
    icon = "date"
    list_display = ["__str__", "first_day", "last_day", "opens", "closes"]


class OfficeHoursIndexView(IndexView):
    """Opens the form at once, because there is only one set of hours."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        hours = OfficeHours.objects.order_by("pk").first()
        if hours:
            return redirect(reverse("office_hours:edit", args=[hours.pk]))
        return redirect("office_hours:add")


class OfficeHoursViewSet(_SetUpViewSet):
    model = OfficeHours
    name = "office_hours"
    url_prefix = "press-desk/hours"
    icon = "time"
    index_view_class = OfficeHoursIndexView


class PressDeskViewSetGroup(ModelViewSetGroup):
    items = (
        InboxViewSet,
        StatisticsViewSet,
        CannedReplyViewSet,
        RoutingRuleViewSet,
        DeskViewSet,
        DutyViewSet,
        CoverViewSet,
        OfficeHoursViewSet,
        HolidayViewSet,
    )
    menu_label = _("Press desk")
    menu_icon = "mail"
    menu_order = 240
