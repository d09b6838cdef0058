"""Serve stored files: by their path (/media/…) and, for documents, by their number (/documents/…)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control

from core.files.downloads import send
from core.files.previews import is_preview
from core.files.readers import may_see
from core.files.stored_files import StoredFile, file_of_document, file_of_version, stored_file
from core.models import ContentDocument, DocumentVersion


def media_file(request: HttpRequest, path: str) -> HttpResponseBase:
    return _answer(request, stored_file(path))


def document(request: HttpRequest, document_id: int, document_filename: str) -> HttpResponseBase:
    """Return the document's file. A former file name redirects to the current one."""
    found = ContentDocument.objects.filter(pk=document_id).first()
    if found and found.filename != document_filename:
        had_this_name = found.versions.filter(filename=document_filename).exists()
        return _moved(request, found) if had_this_name else _answer(request, None)
    return _answer(request, file_of_document(found) if found else None)


def document_version(request: HttpRequest, document_id: int, number: int, document_filename: str) -> HttpResponseBase:
    """Return an earlier version of a document."""
    versions = DocumentVersion.objects.select_related("document")
    version = versions.filter(document_id=document_id, number=number, filename=document_filename).first()
    return _answer(request, file_of_version(version) if version else None)


def _answer(request: HttpRequest, stored: StoredFile | None) -> HttpResponseBase:
    """Return the file to anyone who may have it; for everyone else answer as for an address that does not exist."""
    if stored and stored.is_public:
        return send(request, stored, is_public=True)
    if (may_see(request, stored) or _was_given(request, stored)) and stored:
        return send(request, stored, is_public=False)
    raise Http404


def _was_given(request: HttpRequest, stored: StoredFile | None) -> bool:
    return stored is not None and stored.is_offered and not stored.is_private and is_preview(request)


def _moved(request: HttpRequest, found: ContentDocument) -> HttpResponsePermanentRedirect:
    stored = file_of_document(found)
    if not stored.is_public and not may_see(request, stored):
        raise Http404
    response = HttpResponsePermanentRedirect(found.url)
    # Not cached for good: the document may get its old name back.
    patch_cache_control(response, **({"public": True, "max_age": 60} if stored.is_public else {"no_store": True}))
    return response
