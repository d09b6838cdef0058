"""The page of one inquiry: all that is known of it, and all that an officer can do."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from press.inquiry_states import IllegalMove, moves_for_staff
from press.models import Inquiry, InquiryState
from press.office_calendar import office_calendar

from . import work
from .access import DeskViewMixin
from .forms import (
    AssignForm,
    InquiryActionForm,
    MergeForm,
    NoteForm,
    ReleasesForm,
    ReplyForm,
    ResendForm,
    StateForm,
    TrustForm,
)
from .inbox import time_left_of
from .undelivered import PURPOSES, undelivered_mail

FORMS: dict[str, type[InquiryActionForm]] = {
    "state": StateForm,
    "trust": TrustForm,
    "assign": AssignForm,
    "note": NoteForm,
    "reply": ReplyForm,
    "resend": ResendForm,
    "releases": ReleasesForm,
    "merge": MergeForm,
}


class InquiryView(DeskViewMixin, TemplateView):
    """Reading it is recorded. POST: one of FORMS, named by `action`."""

    template_name = "admin/desk/inquiry.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        related = Inquiry.objects.select_related("desk", "owner", "topic", "duplicate_of")
        self.inquiry = get_object_or_404(related, pk=kwargs["pk"])

    def get_page_title(self) -> str:
        return str(self.inquiry)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        index = {"url": reverse("inquiries:index"), "label": _("Press inquiries")}
        return [*self.breadcrumbs_items, index, {"url": "", "label": str(self.inquiry)}]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        action = request.POST.get("action", "")
        if action not in FORMS:
            return self._page(status=400)
        form = FORMS[action](request.POST, inquiry=self.inquiry)
        if "insert" in request.POST and isinstance(form, ReplyForm):
            return self._page({action: form.with_canned_reply()})
        if not form.is_valid():
            return self._page({action: form}, status=422)
        try:
            by: Any = request.user
            form.carry_out(by)
        except work.ChangedMeanwhile:
            return self._page({action: self._again(form)}, status=409, changed=True)
        except (IllegalMove, work.NobodyToAnswer) as refusal:
            messages.error(request, str(refusal))
            return self._page({action: form}, status=409)
        messages.success(request, str(form.done))
        return redirect("inquiries:inspect", self.inquiry.pk)

    def _again(self, form: Any) -> Any:
        """The form as it was typed, for the inquiry as it is now."""
        self.inquiry.refresh_from_db()
        typed = form.data.copy()
        typed["version"] = self.inquiry.version
        return type(form)(typed, inquiry=self.inquiry)

    def _page(self, bound: dict[str, Any] | None = None, *, status: int = 200, changed: bool = False) -> HttpResponse:
        user: Any = self.request.user
        work.record_reading(self.inquiry, user)
        events = self.inquiry.events.select_related("user")
        context = self.get_context_data(
            inquiry=self.inquiry,
            left=time_left_of(self.inquiry, office_calendar()),
            local_deadline=f"{self.inquiry.deadline.astimezone(ZoneInfo(self.inquiry.time_zone)):%Y-%m-%d %H:%M}",
            moves=[to for to in moves_for_staff(self.inquiry.state) if to is not InquiryState.DUPLICATE],
            events=events,
            changed=events.last() if changed else None,
            thread=self.inquiry.messages.select_related("author", "outgoing"),
            undelivered=[(mail, PURPOSES.get(mail.purpose, mail.purpose)) for mail in undelivered_mail(self.inquiry)],
            notes=self.inquiry.notes.select_related("author"),
            readings=self.inquiry.readings.select_related("user")[:20],
            releases=self.inquiry.releases.all(),
            **{f"{name}_form": form(inquiry=self.inquiry) for name, form in FORMS.items()},
        )
        context |= {f"{name}_form": form for name, form in (bound or {}).items()}
        return self.render_to_response(context, status=status)
