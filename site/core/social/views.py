"""Serve the picture for social networks of each page. It is drawn on the first request and then stored.

Its address contains a digest of all that it shows: a new title gives another address, and no copy is stale.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from wagtail.images.models import SourceImageIOError

from core.languages.declared import direction, reader_language
from core.languages.versions import language_versions_of
from core.social.drawing import SocialText, can_draw, draw

if TYPE_CHECKING:
    from core.models import OfficeSettings

# Change this with the design of the pictures.
_DESIGN = "1"
_SHAPE = "fill-1200x675|format-jpeg"
_FOLDER = "social"
# A reader's own copy is valid for ever; shared caches revalidate, so that it disappears with its page.
_FOREVER = "public, max-age=31536000, s-maxage=1, immutable"


def social_address(page: Any, office: OfficeSettings) -> str:
    """Return the path of a page's picture; empty if this machine cannot draw it."""
    if not can_draw():
        return ""
    return reverse("social_image", args=[page.translation_key, _digest(page, office)])


def social_image(request: HttpRequest, content_id: UUID, digest: str) -> HttpResponseBase:
    """Return the picture of a public page, in the language of the address. An outdated address redirects to the new
    one.
    """
    from core.models import OfficeSettings

    version = language_versions_of([content_id]).get(content_id, {}).get(reader_language())
    if version is None or not can_draw():
        raise Http404
    page = version.specific
    office = OfficeSettings.in_language(reader_language())
    if digest != _digest(page, office):
        return HttpResponseRedirect(social_address(page, office))
    name = f"{_FOLDER}/{content_id}/{reader_language()}-{digest}.jpg"
    response: HttpResponseBase
    if default_storage.exists(name):
        response = FileResponse(default_storage.open(name), content_type="image/jpeg")
    else:
        picture = _drawn(page, office)
        response = HttpResponse(picture, content_type="image/jpeg")
        _forget_others(content_id)
        # If there is no room to store it, it is drawn again next time.
        with suppress(OSError):
            default_storage.save(name, ContentFile(picture))
    response["Cache-Control"] = _FOREVER
    return response


def _digest(page: Any, office: OfficeSettings) -> str:
    image = page.lead_image
    picture = (image.file.name, image.file_hash, image.get_focal_point()) if image else ()
    shown = (_DESIGN, page.title, office.name, *picture)
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


def _drawn(page: Any, office: OfficeSettings) -> bytes:
    language = page.locale.language_code
    text = SocialText(page.title, office.name, language, "rtl" if direction(language) == "rtl" else "ltr")
    if page.lead_image:
        with suppress(SourceImageIOError, OSError), page.lead_image.get_rendition(_SHAPE).file.open("rb") as picture:
            return draw(text, picture)
    return draw(text, None)


def _forget_others(content_id: UUID) -> None:
    """Delete the earlier pictures of the page in this language."""
    folder = f"{_FOLDER}/{content_id}"
    with suppress(FileNotFoundError):
        for name in default_storage.listdir(folder)[1]:
            if name.startswith(f"{reader_language()}-"):
                default_storage.delete(f"{folder}/{name}")
