"""A link by which somebody without an account sees a page's newest draft as its document would be, for an hour."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page

from core.documents import timestamp
from core.file_previews import with_previews
from core.models import BasePage
from publishing.documents import build_draft, compact

from .problems import Culprit, Problem
from .schemas import Parameters

LIFETIME = timedelta(hours=1)
_SALT = "api.preview"


def preview_link(page: Page) -> str:
    """The address of a preview of this page and no other, good for LIFETIME."""
    return f"{settings.BASE_URL}/api/v1/preview/{signing.dumps({'page': page.pk}, salt=_SALT)}"


def preview(request: HttpRequest, parameters: Parameters, token: str) -> HttpResponse:
    """The newest version of the page, published or not. A link that is no longer good shows nothing at all."""
    page = _drafted(token)
    head: dict[str, Any] = {
        "requested_locale": page.locale.language_code,
        "is_fallback": False,
        "seq": 0,
        "updated_at": timestamp(page.latest_revision_created_at or timezone.now()),
    }
    body = compact(head)[:-1] + "," + with_previews(build_draft(page).full[1:])
    response = HttpResponse(body, content_type="application/json")
    response["Content-Language"] = page.locale.language_code
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _drafted(token: str) -> Any:
    """The page of a link as its newest revision says. Raises Problem for a link that is not good (any more)."""
    try:
        number = signing.loads(token, salt=_SALT, max_age=LIFETIME)["page"]
    except (signing.BadSignature, ValueError) as error:
        raise _refused() from error
    page = Page.objects.filter(pk=number).first()
    draft = page and page.specific.get_latest_revision_as_object()
    if not isinstance(draft, BasePage):
        raise _refused()
    if draft.lacks_a_date:
        raise _refused("The draft has no date yet. Ask the editor for one.")
    return draft


def _refused(detail: str = "Ask the editor for a new link.") -> Problem:
    return Problem(
        "preview-refused",
        detail,
        [Culprit("preview-refused", detail, parameter="token")],
        headers={"X-Robots-Tag": "noindex, nofollow"},
    )
