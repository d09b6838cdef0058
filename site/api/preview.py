"""Links that show one revision of a page to people without an account, as its document or as a page."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from wagtail.models import Page

from accounts.models import User
from core.content_types.builder import timestamp, whole_addresses
from core.files.previews import with_previews
from core.models import BasePage
from publishing.documents import build_draft, compact

from .models import PreviewLink, digest_of
from .negotiation import preferred
from .problems import Culprit, Problem
from .schemas import Parameters

LIFETIME = timedelta(hours=1)
HTML_MEDIA = "text/html"


def preview_link(page: Page, maker: User) -> str:
    """Create a link to a preview of the page's newest revision, valid for LIFETIME, and return its address, which
    cannot be retrieved later.
    """
    now = timezone.now()
    PreviewLink.objects.filter(expires_at__lt=now).delete()
    revision = page.get_latest_revision() or page.specific.save_revision(user=maker, log_action=False)
    token = secrets.token_urlsafe(32)
    PreviewLink.objects.create(
        digest=digest_of(token), revision=revision, maker=maker, created_at=now, expires_at=now + LIFETIME
    )
    return f"{settings.BASE_URL}/api/v1/preview/{token}"


def live_links(page: Page) -> Any:
    """Return the valid links to revisions of this page, newest first."""
    links = PreviewLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now(), maker__is_active=True)
    return links.filter(revision__in=page.revisions.all()).select_related("maker", "revision").order_by("-pk")


def preview(request: HttpRequest, parameters: Parameters, token: str) -> HttpResponse:
    """Return the revision that the link was created for, published or not: as JSON, or as HTML for clients that prefer
    it. A link that is no longer valid shows nothing.
    """
    page, made_at = _drafted(token)
    as_html = preferred(request, "application/json", HTML_MEDIA) == HTML_MEDIA
    response = _as_page(request, page) if as_html else _as_document(page, made_at)
    response["Content-Language"] = page.locale.language_code
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    patch_vary_headers(response, ["Accept"])
    return response


def _as_document(page: Any, made_at: Any) -> HttpResponse:
    if page.lacks_a_date:
        raise _refused("The draft has no date yet. Ask the editor for one.")
    head: dict[str, Any] = {
        "requested_locale": page.locale.language_code,
        "is_fallback": False,
        "seq": 0,
        "updated_at": timestamp(made_at),
    }
    body = compact(head)[:-1] + "," + with_previews(build_draft(page).full[1:])
    return HttpResponse(body, content_type="application/json")


def _as_page(request: HttpRequest, page: Any) -> HttpResponse:
    """Return the page as readers would see it, without anyone's cookies."""
    rendered = page.make_preview_request(request, page.default_preview_mode)
    html = with_previews(whole_addresses(rendered.content.decode()))
    return HttpResponse(html, content_type="text/html; charset=utf-8", status=rendered.status_code)


def _drafted(token: str) -> Any:
    """Return the page as in the link's revision, and when that was created. Raise Problem unless the link is valid."""
    links = PreviewLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now(), maker__is_active=True)
    link = links.filter(digest=digest_of(token)).select_related("revision").first()
    if link is None or not Page.objects.filter(pk=link.revision.object_id).exists():
        raise _refused()
    draft = link.revision.as_object()
    if not isinstance(draft, BasePage):
        raise _refused()
    return draft, link.revision.created_at


def _refused(detail: str = "Ask the editor for a new link.") -> Problem:
    return Problem(
        "preview-refused",
        detail,
        [Culprit("preview-refused", detail, parameter="token")],
        headers={"X-Robots-Tag": "noindex, nofollow"},
    )
