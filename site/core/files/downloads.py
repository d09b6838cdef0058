"""Send stored files: by the application, or by the nginx in front of it (X-Accel-Redirect). A file always goes out with
its true type and under its own name, so that nothing in it runs in the reader's browser, and in parts if the client
requests that (RFC 9110, sections 13 and 14).
"""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any, TypeVar
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, quote_etag

from core.files.stored_files import StoredFile

# Shared caches revalidate every second, so that a withdrawn file disappears; a reader's own copy is the reader's.
PUBLIC_PICTURE = "public, max-age=3600, s-maxage=1"
PUBLIC_DOCUMENT = "public, max-age=60, s-maxage=1"
PRIVATE = "private, no-store"
# Where nginx finds the files; must match deploy/nginx/.
INTERNAL_LOCATION = "/_stored_files/"

Response = TypeVar("Response", bound=HttpResponseBase)

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_BLOCK = 64 * 1024
# Shown by the browser; everything else is saved.
_SHOWN = frozenset({"application/pdf", "image/avif", "image/jpeg", "image/png", "image/webp"})


def send(request: HttpRequest, stored: StoredFile, *, is_public: bool) -> HttpResponseBase:
    """Return the file, the part of it that is requested, or 304 if it is unchanged. Raise Http404 if it is lost."""
    asked_at = int(time.time())
    headers = _headers(stored, is_public=is_public)
    if settings.FILES_SENT_BY != "nginx":
        return _sent_here(request, stored, headers)
    if not stored.is_small:
        return _sent_by_nginx(stored, headers)
    response = _sent_here(request, stored, headers)
    if is_public:
        # nginx caches the picture for the rest of this second, and then checks whether it is still public.
        response["X-Accel-Expires"] = f"@{asked_at}"
    return response


def part_of(wanted: str, size: int) -> range | None:
    """Return the bytes that a Range header requests from a file of `size` bytes: None if the whole file is to be sent
    (several parts, another unit, nonsense), empty if the file contains none of them.
    """
    match = _RANGE.fullmatch(wanted.replace(" ", ""))
    if match is None or match[0] == "bytes=-":
        return None
    first, last = match[1], match[2]
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _headers(stored: StoredFile, *, is_public: bool) -> dict[str, str]:
    media_type = stored.media_type
    is_picture = media_type.startswith("image/")
    public = PUBLIC_PICTURE if is_picture else PUBLIC_DOCUMENT
    disposition = content_disposition_header(as_attachment=media_type not in _SHOWN, filename=stored.filename)
    # Chromium shows no PDF file in a sandbox.
    sandbox = "" if media_type == "application/pdf" else "; sandbox"
    headers = {
        "Content-Type": f"{media_type}; charset=utf-8" if _is_utf_8(stored, media_type) else media_type,
        "Content-Disposition": str(disposition),
        "Content-Security-Policy": f"default-src 'none'; frame-ancestors 'self'{sandbox}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": public if is_public else PRIVATE,
    }
    return headers | ({"Content-Language": stored.language} if stored.language else {})


def _is_utf_8(stored: StoredFile, media_type: str) -> bool:
    """Return whether the file is text whose beginning decodes as UTF-8."""
    if not media_type.startswith("text/"):
        return False
    with _opened(stored) as file:
        try:
            codecs.getincrementaldecoder("utf-8")().decode(file.read(_BLOCK))
        except UnicodeDecodeError:
            return False
    return True


def _sent_by_nginx(stored: StoredFile, headers: dict[str, str]) -> HttpResponse:
    """Return the headers; nginx adds the file's tag and date and evaluates conditional and range requests."""
    response = HttpResponse(headers=headers | {"X-Accel-Redirect": INTERNAL_LOCATION + quote(stored.file.name)})
    return _in_its_own_language(response)


def _sent_here(request: HttpRequest, stored: StoredFile, headers: dict[str, str]) -> HttpResponseBase:
    modified = _modified_at(stored)
    etag = quote_etag(stored.etag) if stored.etag else None
    headers |= {"ETag": etag} if etag else {}
    headers |= {"Last-Modified": http_date(modified)}
    known = HttpResponse(headers=headers)
    answer = get_conditional_response(request, etag=etag, last_modified=int(modified), response=known)
    if answer is not known and answer is not None:
        return _in_its_own_language(answer)
    file = _opened(stored)
    size = file.size
    part = _wanted_part(request, headers, size)
    if part is not None and not part:
        file.close()
        return _in_its_own_language(_not_in_it(size, headers))
    response = _whole(file, size) if part is None else _part(file, part, size)
    for name, value in headers.items():
        response[name] = value
    response["Accept-Ranges"] = "bytes"
    return _in_its_own_language(response)


def _opened(stored: StoredFile) -> Any:
    try:
        return stored.file.storage.open(stored.file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error


def _modified_at(stored: StoredFile) -> float:
    try:
        return float(stored.file.storage.get_modified_time(stored.file.name).timestamp())
    except FileNotFoundError as error:
        raise Http404 from error


def _in_its_own_language(response: Response) -> Response:
    """Keep core.middleware.LanguageMiddleware from declaring the file to be in the visitor's language."""
    response.states_its_language = True  # type: ignore[attr-defined]
    return response


def _wanted_part(request: HttpRequest, headers: dict[str, str], size: int) -> range | None:
    """Return the part to send; None for the whole file, also if the reader's part is of another version (If-Range)."""
    wanted, known = request.headers.get("Range", ""), request.headers.get("If-Range")
    is_the_same = known is None or known in (headers.get("ETag"), headers["Last-Modified"])
    return part_of(wanted, size) if wanted and is_the_same and request.method == "GET" else None


def _not_in_it(size: int, headers: dict[str, str]) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    response["Content-Range"] = f"bytes */{size}"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = headers["Cache-Control"]
    return response


def _whole(file: Any, size: int) -> FileResponse:
    response = FileResponse(file)
    response["Content-Length"] = str(size)
    return response


def _part(file: IO[bytes], part: range, size: int) -> StreamingHttpResponse:
    file.seek(part.start)
    response = StreamingHttpResponse(_blocks(file, len(part)), status=HTTPStatus.PARTIAL_CONTENT)
    response["Content-Length"] = str(len(part))
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    # Closed with the response, even if the reader disconnects.
    response._resource_closers.append(file.close)  # type: ignore[attr-defined]
    return response


def _blocks(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
