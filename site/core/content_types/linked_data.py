"""Parts of linked data that several content types share (schema.org)."""

from __future__ import annotations

from core.content_types.builder import Json


def file_object(file: Json) -> Json:
    """Return a file of a document as a MediaObject."""
    shown = {
        "@type": "MediaObject",
        "name": file["title"],
        "contentUrl": file["url"],
        "encodingFormat": file["mime"],
        "contentSize": str(file["bytes"]) if file["bytes"] else None,
        "sha256": file["sha256"],
        "inLanguage": file["locale"],
    }
    return {name: value for name, value in shown.items() if value}
