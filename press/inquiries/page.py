from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.languages.change import in_this_language, is_language_change
from core.models import BasePage
from core.web.methods import FORM
from core.web.protection import leave_no_trace
from press.forms.proof_of_work import ITERATIONS, PROOF
from press.forms.spam import FORMS_AN_HOUR, SENT_AN_HOUR, STAMP, TRAP, Doubt, doubt_about, is_over_limit, new_stamp
from press.staffing.routing import duty_desk, duty_phone

from .forms import GENERAL, InquiryForm
from .intake import Submission, receive_inquiry
from .outlook import outlook_of


class InquiryPage(BasePage):
    """The form for press inquiries.

    A form that is accepted is answered with the confirmation itself: nothing of it is in a URL, a cookie or the
    browser's history, and sending it again gives the same confirmation.
    """

    template = "pages/inquiry_page.html"
    role = "tool"
    bundle_path = "pages/inquiry"
    parent_page_types = ["press.PressRoomPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1
    allowed_http_methods = FORM

    class Meta:
        verbose_name = gettext_lazy("inquiry page")
        verbose_name_plural = gettext_lazy("inquiry pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Return the empty form, the form with its errors, or the confirmation."""
        form: InquiryForm | None
        if is_language_change(request):
            form, context, status = _go_on(request)
            if form is None:
                return leave_no_trace(HttpResponseRedirect(request.get_full_path()))
        elif request.method == "POST":
            form, context, status = _handle(request)
        else:
            form, context, status = InquiryForm(), {}, HTTPStatus.OK
        response: HttpResponse = super().serve(request, *args, form=form, outcome=context, **kwargs)
        response.status_code = status
        return leave_no_trace(response)

    def get_context(
        self, request: HttpRequest, *args: Any, form: Any = None, outcome: Any = None, **kwargs: Any
    ) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context |= {"form": form or InquiryForm(), "stamp": new_stamp(), "trap": TRAP, "stamp_name": STAMP}
        context |= {"phone": duty_phone(None, self.locale.language_code), "duty_desk": duty_desk()}
        context["proof"] = {"name": PROOF, "bits": settings.INQUIRY_PROOF_OF_WORK, "iterations": ITERATIONS}
        context["typed_form"] = "" if outcome and "inquiry" in outcome else "inquiry-form"
        context["pgp_key"] = reverse("openpgp_key") if settings.ENVIRONMENT.pgp_key_file else ""
        return context | (outcome or {})


def _handle(request: HttpRequest) -> tuple[InquiryForm, dict[str, Any], HTTPStatus]:
    """Process a submitted form; return the form, the rest of the page's context, and the status."""
    form, doubt = InquiryForm(request.POST), doubt_about(request.POST)
    again = _same_stamp(request, doubt)
    if is_over_limit(request, "inquiry-forms", FORMS_AN_HOUR):
        return _too_many(form), again, HTTPStatus.TOO_MANY_REQUESTS
    if not form.is_valid():
        return form, again, HTTPStatus.UNPROCESSABLE_ENTITY
    if doubt is not None:
        form.add_error(None, _doubt_text(doubt))
        return form, again, HTTPStatus.UNPROCESSABLE_ENTITY
    if is_over_limit(request, "inquiries", SENT_AN_HOUR):
        return _too_many(form), again, HTTPStatus.TOO_MANY_REQUESTS
    received = receive_inquiry(_submission(form.cleaned_data), request.POST.get(STAMP, ""), request.POST.get(PROOF, ""))
    outcome = {
        "inquiry": received.inquiry,
        "secret": received.secret,
        "outlook": outlook_of(received.inquiry),
    }
    return form, outcome, HTTPStatus.OK


def _go_on(request: HttpRequest) -> tuple[InquiryForm | None, dict[str, Any], HTTPStatus]:
    """Return the form in another language with what was typed (None if nothing was), the rest of the page's context,
    and the status.
    """
    again = _same_stamp(request, doubt_about(request.POST))
    sent = InquiryForm(request.POST)
    if is_over_limit(request, "inquiry-forms", FORMS_AN_HOUR):
        return _too_many(sent), again, HTTPStatus.TOO_MANY_REQUESTS
    return in_this_language(sent), again | {"is_carried": True}, HTTPStatus.OK


def _same_stamp(request: HttpRequest, doubt: Doubt | None) -> dict[str, Any]:
    """Keep a stamp that is good, so that the time taken to fill in the form counts."""
    return {} if doubt is Doubt.STAMP else {"stamp": request.POST.get(STAMP, "")}


def _too_many(form: InquiryForm) -> InquiryForm:
    """Return the form as it was typed, with an error that says what to do instead."""
    form.full_clean()
    form.add_error(None, _("Too many questions came from your network within an hour. Call us, or send this later."))
    return form


def _submission(data: dict[str, Any]) -> Submission:
    values = {name: data[name] for name in Submission.__dataclass_fields__}
    return Submission(**values | {"topic": "" if data["topic"] == GENERAL else data["topic"]})


def _doubt_text(doubt: Doubt) -> str:
    if doubt is Doubt.TRAP:
        return _("A field that people cannot see was filled in. It is empty again: send the form once more.")
    return _("Check what you have written, and send the form again.")
