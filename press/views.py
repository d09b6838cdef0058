"""URLs of the press room that are not content: withdrawing or erasing an inquiry, reaching the office safely."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from core.language_change import in_this_language, is_language_change
from core.languages import reader_language
from core.navigation import breadcrumb_below, press_room, view_in_languages
from core.protection import is_from_another_site, leave_no_trace
from core.views import permission_denied
from press.forms import InquiryRecordForm
from press.inquiries import erase, find_inquiry, withdraw
from press.routing import office_in
from press.spam import FORMS_AN_HOUR, is_over_limit

# How long a copy of security.txt may be trusted (RFC 9116, 2.5.5: less than a year).
_SECURITY_VALID = timedelta(days=180)


@csrf_exempt  # needs no cookie: see core.protection.is_from_another_site
@require_http_methods(["GET", "HEAD", "POST"])
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
    context["breadcrumb"] = breadcrumb_below(press_room(reader_language()))
    context["language_versions"] = view_in_languages(request)
    context["typed_form"] = "inquiry-record-form" if "form" in context else ""
    context["is_carried"] = is_language_change(request)
    return leave_no_trace(render(request, "pages/inquiry_record.html", context, status=status))


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Return security.txt (RFC 9116): whom to tell about a vulnerability in the site, and with which key."""
    contact = settings.ENVIRONMENT.security_contact or f"mailto:{office_in(settings.LANGUAGE_CODE).contact_email}"
    if contact == "mailto:":
        raise Http404
    expires = (timezone.now() + _SECURITY_VALID).replace(microsecond=0)
    lines = [f"Contact: {contact}", f"Expires: {expires.isoformat()}", "Preferred-Languages: ar, en, fr"]
    lines.append(f"Canonical: {settings.BASE_URL}/.well-known/security.txt")
    if settings.ENVIRONMENT.pgp_key_file:
        lines.append(f"Encryption: {settings.BASE_URL}/.well-known/openpgp-key.asc")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def openpgp_key(request: HttpRequest) -> HttpResponse:
    """Return the office's public key, for mail that only it can read."""
    path = settings.ENVIRONMENT.pgp_key_file
    if not path:
        raise Http404
    return HttpResponse(path.read_text(encoding="ascii"), content_type="application/pgp-keys")
