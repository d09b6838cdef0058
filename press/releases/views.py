"""What a press release offers in addition to its page."""

from __future__ import annotations

from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag

from core.languages.declared import reader_language
from core.languages.versions import public_pages

from .page import PressReleasePage
from .press_kit import press_kit


def press_kit_file(request: HttpRequest, content_id: UUID) -> HttpResponseBase:
    """Return the press kit of a release that the public may read, in the language of the URL."""
    releases = PressReleasePage.objects.filter(translation_key=content_id, locale__language_code=reader_language())
    release = public_pages(releases).select_related("locale").first()
    if release is None:
        raise Http404
    kit = press_kit(release)
    etag = quote_etag(kit.digest)
    unchanged: HttpResponse | None = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    response = FileResponse(kit.write(), as_attachment=True, filename=f"{kit.name}.zip", content_type="application/zip")
    response["ETag"] = etag
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, public=True, max_age=60)
    return response
