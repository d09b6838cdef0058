"""An inquiry that came by telephone or mail, entered by an officer: from then on it is like any other."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView

from accounts.models import User
from press.forms.fields import EmailField, LineField, TextField
from press.forms.spam import new_stamp
from press.inquiries.forms import QUESTION_LENGTH
from press.inquiries.intake import Submission, take_down
from press.inquiries.models.inquiry import ContactMethod, Inquiry
from press.inquiries.models.records import Channel
from press.inquiries.notices import mailbox, send
from press.staffing.access import ANSWER
from press.staffing.models.notices import Notice

from . import actions
from .drafts import NEW_INQUIRY, typed_signed_out
from .moments import CairoMomentField
from .page import DeskViewMixin


class NewInquiryForm(forms.ModelForm):
    """The fields of the public form, as far as an officer knows them. `stamp`: sent twice, it is the same inquiry."""

    channel = forms.ChoiceField(label=gettext_lazy("How it came"), choices=Channel.choices, initial=Channel.PHONE)
    received_at = CairoMomentField(label=gettext_lazy("When it came, Cairo time"), initial=timezone.now)
    email = EmailField(required=False)
    deadline = CairoMomentField(label=gettext_lazy("Deadline, Cairo time"))
    take = forms.BooleanField(label=gettext_lazy("I answer it myself"), required=False, initial=True)
    stamp = forms.CharField(widget=forms.HiddenInput, initial=new_stamp)

    class Meta:
        model = Inquiry
        fields = (
            "channel", "received_at", "name", "outlet", "email", "phone", "contact_method", "contact_note", "deadline",
            "language", "topic", "country", "kind", "attribution", "question", "links", "take", "stamp",
        )  # fmt: skip
        field_classes = {
            "name": LineField,
            "outlet": LineField,
            "phone": LineField,
            "contact_note": TextField,
            "question": TextField,
            "links": TextField,
        }
        widgets = {
            "name": forms.TextInput(attrs={"dir": "auto"}),
            "outlet": forms.TextInput(attrs={"dir": "auto"}),
            "phone": forms.TextInput(attrs={"dir": "ltr"}),
            "contact_note": forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
            "question": forms.Textarea(attrs={"rows": 8, "dir": "auto", "maxlength": QUESTION_LENGTH}),
            "links": forms.Textarea(attrs={"rows": 2, "dir": "ltr"}),
        }

    def clean_received_at(self) -> Any:
        if self.cleaned_data["received_at"] > timezone.now():
            raise forms.ValidationError(_("Enter when the inquiry came: that moment is still to come."))
        return self.cleaned_data["received_at"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        by_mail = data.get("contact_method") == ContactMethod.EMAIL
        if by_mail and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("Enter the e-mail address, or choose another way to reach the journalist."))
        if not by_mail and not data.get("phone") and "phone" not in self.errors:
            self.add_error("phone", _("Enter the number, or choose e-mail as the way to reach the journalist."))
        return data

    def enter(self, by: User) -> Inquiry:
        """Store the inquiry, and notify its desk unless the officer answers it."""
        data = self.cleaned_data
        values = {name: data[name] for name in Submission.__dataclass_fields__ if name in data}
        values |= {"topic": data["topic"].slug if data["topic"] else "", "time_zone": settings.TIME_ZONE}
        with transaction.atomic():
            inquiry, is_new = take_down(
                Submission(**values), data["stamp"], channel=data["channel"], at=data["received_at"], by=by
            )
            if is_new and data["take"]:
                actions.assign(inquiry, inquiry.version, owner=by, desk=inquiry.desk, by=by)
            elif is_new:
                send(mailbox(inquiry.desk), inquiry, Notice.DESK)
        return inquiry


class NewInquiryView(DeskViewMixin, TemplateView):
    template_name = "admin/desk/new_inquiry.html"
    page_title = gettext_lazy("New inquiry")
    permission = ANSWER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        typed = typed_signed_out(request.session, NEW_INQUIRY)
        if typed is None:
            return self._page(NewInquiryForm())
        messages.warning(request, _("You were signed out. What you had typed is below; nothing was sent."))
        return self._page(NewInquiryForm(typed))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NewInquiryForm(request.POST)
        if not form.is_valid():
            return self._page(form, status=422)
        user: Any = request.user
        inquiry = form.enter(user)
        messages.success(request, _("Entered as %(reference)s.") % {"reference": inquiry.reference})
        return redirect("inquiries:inspect", inquiry.pk)

    def _page(self, form: NewInquiryForm, *, status: int = 200) -> HttpResponse:
        days = settings.INQUIRY_RETENTION_DAYS
        kept = ngettext(
            "Tell the journalist that we store this, and delete it %(days)d day after the question is closed. If you "
            "enter an e-mail address, they get the reference and a secret code, with which they erase it at once.",
            "Tell the journalist that we store this, and delete it %(days)d days after the question is closed. If you "
            "enter an e-mail address, they get the reference and a secret code, with which they erase it at once.",
            days,
        ) % {"days": days}
        return self.render_to_response(self.get_context_data(form=form, kept=kept), status=status)
