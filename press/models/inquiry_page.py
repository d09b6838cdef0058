from __future__ import annotations

from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _

from core.models import BasePage
from press.forms import InquiryForm
from press.inquiries import receive_inquiry

from .inquiry import Inquiry

SENT_SALT = "press.inquiry.sent"


class InquiryPage(BasePage):
    """The form for press inquiries, and the confirmation at the same address."""

    template = "pages/inquiry_page.html"
    schema_org_type = "ContactPage"
    parent_page_types = ["press.PressRoomPage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("inquiry page")
        verbose_name_plural = _("inquiry pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The empty form, the form with its errors, or after a POST the way to the confirmation."""
        form = InquiryForm(request.POST) if request.method == "POST" else InquiryForm()
        if form.is_bound and form.is_valid():
            inquiry = receive_inquiry(language=self.locale.language_code, **form.cleaned_data)
            sent = signing.dumps(inquiry.pk, salt=SENT_SALT)
            return HttpResponseRedirect(f"{self.url}?sent={sent}")
        response: HttpResponse = super().serve(request, *args, form=form, **kwargs)
        add_never_cache_headers(response)
        return response

    def get_context(self, request: HttpRequest, *args: Any, form: Any = None, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["form"] = form or InquiryForm()
        context["inquiry"] = self._sent_inquiry(request)
        return context

    @staticmethod
    def _sent_inquiry(request: HttpRequest) -> Inquiry | None:
        """The inquiry whose confirmation is asked for; None unless the link is one that we gave."""
        try:
            return Inquiry.objects.filter(pk=signing.loads(request.GET.get("sent", ""), salt=SENT_SALT)).first()
        except signing.BadSignature:
            return None
