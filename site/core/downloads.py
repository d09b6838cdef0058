"""Files to download, so that one that broke off can go on where it stopped (RFC 9110, section 14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from http import HTTPStatus
from typing import IO, Any

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from wagtail.documents.views.serve import serve

_RANGE = re.compile(r"bytes=([0-9]{0,18})-([0-9]{0,18})")
_BLOCK = 64 * 1024


def serve_document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Wagtail's own view, which checks who may read the file, with the part of it that is asked for."""
    response: HttpResponseBase = serve(request, document_id, document_filename)
    if not isinstance(response, FileResponse) or response.file_to_stream is None:
        return response
    if response.get("Content-Encoding") == "None":
        # wagtail.utils.sendfile writes None for a file whose name says no encoding (Wagtail 8.0).
        del response["Content-Encoding"]
    response["Accept-Ranges"] = "bytes"
    wanted = request.headers.get("Range", "")
    if request.method != "GET" or not wanted or not _is_the_same(request, response):
        return response
    size = int(response["Content-Length"])
    part = part_of(wanted, size)
    if part is None:
        return response
    if not part:
        response.close()
        return _not_in_it(size)
    return _answer(response, response.file_to_stream, part, size)


def part_of(wanted: str, size: int) -> range | None:
    """The bytes that a Range header asks for of a file of `size` bytes: None where all of it is to be sent (several
    parts, another unit, nonsense), empty where it holds none of them.
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


def _is_the_same(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether the file is still the one of which the reader has a part (If-Range): by its strong tag or its date."""
    known = request.headers.get("If-Range")
    return known is None or known in (response.get("ETag"), response.get("Last-Modified"))


def _not_in_it(size: int) -> HttpResponse:
    response = HttpResponse(status=HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
    response["Content-Range"] = f"bytes */{size}"
    response["Accept-Ranges"] = "bytes"
    return response


def _answer(whole: FileResponse, file: IO[Any], part: range, size: int) -> StreamingHttpResponse:
    file.seek(part.start)
    response = StreamingHttpResponse(_blocks(file, len(part)), status=HTTPStatus.PARTIAL_CONTENT)
    for name, value in whole.items():
        response[name] = value
    response["Content-Length"] = str(len(part))
    response["Content-Range"] = f"bytes {part.start}-{part.stop - 1}/{size}"
    # Closed with the answer, also where the reader goes away.
    response._resource_closers.append(whole.close)  # type: ignore[attr-defined]
    return response


def _blocks(file: IO[bytes], left: int) -> Iterator[bytes]:
    while left > 0 and (block := file.read(min(_BLOCK, left))):
        left -= len(block)
        yield block
