"""The screen that sets the schedule and the embargo of a content, in all its languages at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.models import Page

from core.dates import date_time_text
from core.embargo import set_embargo
from core.models import EmbargoedPage
from core.text.lists import listed
from publishing.together import publish_due

from .actions import cancel, schedule
from .forms import MomentForm, ScheduleForm
from .versions import LanguageVersion, versions_of


class ScheduleView(WagtailAdminTemplateMixin, TemplateView):
    """GET shows the languages of a content side by side. POST runs one of `actions`; one that is refused changes
    nothing, and the reason is shown.
    """

    template_name = "admin/schedule/content.html"
    page_title = gettext_lazy("Schedule")
    header_icon = "calendar-alt"
    _show_breadcrumbs = True
    actions = ("schedule", "cancel", "move_embargo", "lift_embargo", "try_again")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.page = get_object_or_404(Page.objects.filter(depth__gt=1), pk=kwargs["page_id"]).specific
        rights = [item.page.permissions_for_user(request.user) for item in self.versions if item.page]
        if not any(right.can_edit() or right.can_publish() for right in rights):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def versions(self) -> list[LanguageVersion]:
        return versions_of(self.page, self.request.user)

    @cached_property
    def embargo(self) -> datetime | None:
        return self.page.end_of_embargo if isinstance(self.page, EmbargoedPage) else None

    def get_page_subtitle(self) -> str:
        return str(self.page.get_admin_display_title())

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = reverse("wagtailadmin_pages:edit", args=[self.page.pk])
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*super().get_breadcrumbs_items(), {"url": edit, "label": self.get_page_subtitle()}, here]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action not in self.actions:
            return redirect("content_schedule", self.page.pk)
        try:
            message = getattr(self, f"_{action}")()
        except ValidationError as refused:
            for sentence in refused.messages:
                messages.error(request, sentence)
            message = None
        if message is None:
            return self.get(request, *args, **kwargs)
        messages.success(request, message)
        return redirect("content_schedule", self.page.pk)

    def _schedule(self) -> str | None:
        form = self.schedule_form
        if not form.is_valid():
            return None
        moment = form.cleaned_data["moment"]
        chosen = [item for item in self.versions if item.language in form.cleaned_data["languages"]]
        with_embargo = form.cleaned_data["embargo"] and isinstance(self.page, EmbargoedPage)
        schedule([item.page for item in chosen], moment, self.request.user, with_embargo=with_embargo)
        return _("%(languages)s: scheduled for %(moment)s.") % {
            "languages": listed([item.name for item in chosen]),
            "moment": date_time_text(moment),
        }

    def _cancel(self) -> str:
        cancelled = [item for item in self.versions if item.moment and item.may_publish]
        cancel([item.page for item in cancelled], self.request.user)
        return _("%(languages)s: no longer scheduled.") % {"languages": listed([item.name for item in cancelled])}

    def _move_embargo(self) -> str | None:
        form = self.embargo_form
        if not form.is_valid():
            return None
        set_embargo(self.page.translation_key, form.cleaned_data["moment"], self.request.user)
        return _("Under embargo until %(moment)s, in every language.") % {
            "moment": date_time_text(form.cleaned_data["moment"])
        }

    def _lift_embargo(self) -> str:
        set_embargo(self.page.translation_key, None, self.request.user)
        return _("The embargo is lifted. What waited for it goes out within two minutes.")

    def _try_again(self) -> str:
        publish_due(self.page.translation_key, user=self.request.user)
        return _("Published.")

    @cached_property
    def schedule_form(self) -> ScheduleForm:
        data = self.request.POST if self.request.POST.get("action") == "schedule" else None
        moments = [item.moment for item in self.versions if item.moment and not item.is_overdue]
        initial = {"moment": min(moments, default=self.embargo)}
        return ScheduleForm(data, initial=initial, versions=self.versions, embargo=self.embargo)

    @cached_property
    def embargo_form(self) -> MomentForm:
        data = self.request.POST if self.request.POST.get("action") == "move_embargo" else None
        return MomentForm(data, initial={"moment": self.embargo}, prefix="embargo")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        versions = self.versions
        scheduled = [item for item in versions if item.moment]
        return super().get_context_data(**kwargs) | {
            "page": self.page,
            "versions": versions,
            "existing": next((item.page for item in versions if item.page), self.page),
            "embargo": self.embargo,
            "can_be_embargoed": self._can_be_embargoed(),
            "schedule_form": self.schedule_form,
            "embargo_form": self.embargo_form,
            "is_scheduled": any(not item.is_overdue for item in scheduled),
            "is_overdue": any(item.is_overdue for item in scheduled),
            "can_cancel": any(item.may_publish for item in scheduled),
            "can_schedule": any(item.can_be_scheduled for item in versions),
            "waiting": listed([item.name for item in scheduled]),
            "without_right": listed([item.name for item in versions if item.page and not item.may_publish]),
        }

    def _can_be_embargoed(self) -> bool:
        """Return whether an embargo can be set: there is none yet, and no language is published."""
        is_out = any(item.page and item.page.live for item in self.versions)
        return isinstance(self.page, EmbargoedPage) and not self.embargo and not is_out
