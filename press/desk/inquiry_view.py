"""The page of one inquiry: all that is known about it, and all that an officer can do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from core.dates import date_time_text
from core.languages.declared import reader_language
from core.places.time_zones import zone_name
from core.web.keys import key_in
from press.hours.calendar import office_calendar
from press.inquiries.correspondence import NobodyToAnswer, unanswered_duplicates, why_not_mailed
from press.inquiries.idle import closing_date
from press.inquiries.models.inquiry import Inquiry, InquiryState
from press.inquiries.states import IllegalMove, moves_for_staff
from press.staffing.access import ANSWER, officers
from press.staffing.roster import stand_in

from . import actions, drafts
from .coverage import CoverageForm, UncoverForm
from .forms import (
    AssignForm,
    InquiryActionForm,
    NoteForm,
    ReleasesForm,
    ResendForm,
    SnoozeForm,
    StateForm,
    TakeForm,
    TrustForm,
)
from .inbox import others_from, time_left_of
from .mail_forms import CorrectForm, MergeForm, RecordForm, ReplyForm
from .page import DeskViewMixin
from .undelivered import PURPOSES, undelivered_mail

FORMS: dict[str, type[InquiryActionForm]] = {
    form.action: form
    for form in (
        StateForm, TrustForm, TakeForm, AssignForm, NoteForm, ReplyForm, RecordForm, CorrectForm, ResendForm,
        ReleasesForm, MergeForm, SnoozeForm, CoverageForm, UncoverForm,
    )
}  # fmt: skip
# The action of the button that only saves drafts.
DRAFT = "draft"


class InquiryView(DeskViewMixin, TemplateView):
    """Shows an inquiry and records that it was read.

    A POST carries out one of FORMS, named by `action`; what the other forms contain is kept as drafts.
    """

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
        typed = drafts.typed_signed_out(request.session, self.inquiry.pk)
        user: Any = request.user
        if typed is not None and user.has_perm(ANSWER):
            drafts.keep(self.inquiry, user, self._forms(typed))
            messages.warning(request, _("You were signed out. What you had typed is below; nothing was sent."))
        return self._page()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user: Any = request.user
        revisions = drafts.keep(self.inquiry, user, self._forms(request.POST))
        action, _colon, argument = request.POST.get("action", "").partition(":")
        if action == DRAFT:
            return self._kept(revisions)
        if action not in FORMS:
            return self._page(status=400)
        form = self._form(action, request.POST, argument)
        if "insert" in request.POST and isinstance(form, ReplyForm):
            return self._page({action: form.with_canned_reply(user)})
        if not form.is_valid():
            return self._page({action: form}, status=422)
        try:
            form.carry_out(user)
        except actions.ChangedMeanwhile:
            self.inquiry.refresh_from_db()
            return self._page({action: self._form(action, request.POST, argument)}, status=409, changed=True)
        except (IllegalMove, NobodyToAnswer, actions.NotPossible) as refusal:
            messages.error(request, str(refusal))
            return self._page({action: form}, status=409)
        drafts.forget(self.inquiry, user, action)
        messages.success(request, str(form.done))
        return redirect("inquiries:inspect", self.inquiry.pk)

    def _kept(self, revisions: dict[str, int]) -> HttpResponse:
        """Tell a script which drafts there are, but redirect a person back to the page."""
        if self.request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return JsonResponse({drafts.marker(action): revision for action, revision in revisions.items()})
        messages.success(self.request, _("Kept as a draft. Only you see it; nothing was sent."))
        return redirect("inquiries:inspect", self.inquiry.pk)

    def _forms(self, typed: QueryDict) -> list[InquiryActionForm]:
        """Return the forms that keep drafts, with what was typed."""
        return [form(typed, inquiry=self.inquiry) for form in FORMS.values() if form.keeps]

    def _form(self, action: str, typed: QueryDict, argument: str) -> InquiryActionForm:
        form = FORMS[action]
        if argument:
            typed = typed.copy()
            typed[f"{action}-{form.argument}"] = argument
        version = typed.get("version", "")
        return form(typed, inquiry=self.inquiry, version=key_in(version) if version.isdecimal() else -1)

    def _page(self, bound: dict[str, Any] | None = None, *, status: int = 200, changed: bool = False) -> HttpResponse:
        user: Any = self.request.user
        actions.record_reading(self.inquiry, user)
        kept = drafts.kept(self.inquiry, user)
        events = list(self.inquiry.events.select_related("user"))
        seen = key_in(self.request.POST.get("last_event", ""))
        context = self.get_context_data(
            inquiry=self.inquiry,
            left=time_left_of(self.inquiry, office_calendar()),
            local_deadline=date_time_text(self.inquiry.deadline, self.inquiry.time_zone),
            local_city=zone_name(self.inquiry.time_zone, reader_language()),
            moves=[to for to in moves_for_staff(self.inquiry.state) if to is not InquiryState.DUPLICATE],
            events=events,
            last_event=events[-1].pk if events else 0,
            changes=_changes(events, seen, user) if changed else None,
            closes_on=closing_date(self.inquiry),
            no_mail=why_not_mailed(self.inquiry),
            thread=self.inquiry.messages.select_related("author", "outgoing"),
            undelivered=[(mail, PURPOSES.get(mail.purpose, mail.purpose)) for mail in undelivered_mail(self.inquiry)],
            notes=self.inquiry.notes.select_related("author"),
            coverage=self.inquiry.coverage.select_related("author"),
            readings=self.inquiry.readings.select_related("user")[:20],
            releases=self.inquiry.releases.all(),
            others=others_from(self.inquiry),
            duplicates=unanswered_duplicates(self.inquiry),
            owner=self.inquiry.owner if self.inquiry.owner in officers() else None,
            stand_in=stand_in(self.inquiry.owner) if self.inquiry.owner else None,
            writing=drafts.others_writing(self.inquiry, user),
            drafts={action: draft for action, (draft, _typed) in kept.items()},
            **{f"{name}_form": self._shown(form, kept.get(name)) for name, form in FORMS.items()},
        )
        context |= {f"{name}_form": form for name, form in (bound or {}).items()}
        return self.render_to_response(context, status=status)

    def _shown(self, form: type[InquiryActionForm], kept: tuple[Any, QueryDict] | None) -> InquiryActionForm:
        """Return a form with its officer's draft, or an empty one."""
        if kept is None:
            return form(inquiry=self.inquiry)
        shown = form(kept[1], inquiry=self.inquiry)
        shown.is_draft = True
        return shown


def _changes(events: list[Any], seen: int, user: Any) -> list[Any]:
    """Return what has happened since the page was opened, or the last event if that is not known."""
    since = [event for event in events if event.pk > seen and event.user_id != user.pk] if seen else []
    return since or events[-1:]
