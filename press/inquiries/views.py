"""The page on which a journalist withdraws or erases an inquiry."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from core.languages.change import in_this_language, is_language_change
from core.languages.declared import reader_language
from core.pages.navigation import breadcrumb_below, press_room, view_in_languages
from core.pages.views import permission_denied
from core.web.methods import takes_a_form
from core.web.protection import is_from_another_site, leave_no_trace
from press.forms.spam import FORMS_AN_HOUR, is_over_limit

from .forms import InquiryRecordForm
from .intake import find_inquiry
from .retention import erase
from .states import withdraw


@csrf_exempt  # needs no cookie: see core.web.protection.is_from_another_site
@takes_a_form
def inquiry_record(request: HttpRequest) -> HttpResponse:
    """Withdraw or erase an inquiry, for anyone who has its reference and secret."""
    if request.method != "POST":
        form = InquiryRecordForm(initial={"reference": request.GET.get("reference", "")[:20]})
        return _record(request, form=form)
    if is_from_another_site(request):
        return permission_denied(request)
    form = InquiryRecordForm(request.POST)
    if is_over_limit(request, "inquiry-records", FORMS_AN_HOUR):
        form.full_clean()
        form.add_error(None, _("Too many forms came from your network within an hour. Call us, or send this later."))
        return _record(request, HTTPStatus.TOO_MANY_REQUESTS, form=form)
    if is_language_change(request):
        carried = in_this_language(form)
        return _record(request, form=carried) if carried else HttpResponseRedirect(request.get_full_path())
    if not form.is_valid():
        return _record(request, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    inquiry = find_inquiry(form.cleaned_data["reference"], form.cleaned_data["secret"])
    if inquiry is None:
        form.add_error(None, _("No question has this reference and this secret code. Compare both with our e-mail."))
        return _record(request, HTTPStatus.UNPROCESSABLE_ENTITY, form=form)
    action = form.cleaned_data["action"]
    {"withdraw": withdraw, "erase": erase}[action](inquiry)
    return _record(request, reference=inquiry.reference, done=action)


def _record(request: HttpRequest, status: HTTPStatus = HTTPStatus.OK, **context: object) -> HttpResponse:
    context["breadcrumb"] = breadcrumb_below(press_room(language := reader_language()), language)
    context["language_versions"] = view_in_languages(request)
    context["typed_form"] = "inquiry-record-form" if "form" in context else ""
    context["is_carried"] = is_language_change(request)
    return leave_no_trace(render(request, "pages/inquiry_record.html", context, status=status))
