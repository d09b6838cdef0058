"""Look up what a stored file is by its path: a rendition of a picture, a picture's original, a document or an earlier
version of one. The path is looked up in the database and never opened directly.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.utils.functional import cached_property

from core.files.public_files import Part, is_shown
from core.models import ContentDocument, ContentImage, ContentRendition, DocumentVersion

IMAGE_TYPES = {
    ".avif": "image/avif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


@dataclass(frozen=True)
class StoredFile:
    """`owner`: the picture or document that the file belongs to; `part`: the part of it that must be shown for the file
    to be public; `is_offered`: whether the editors let readers download it where it is shown.
    """

    file: Any
    filename: str
    owner: ContentImage | ContentDocument
    part: Part
    etag: str
    is_offered: bool = True
    is_small: bool = False

    @cached_property
    def is_public(self) -> bool:
        """Whether everyone may have it at this moment."""
        return self.is_offered and not self.is_private and is_shown(self.part, self.owner.pk)

    @property
    def is_private(self) -> bool:
        """Whether it is a document of a private collection. Pictures are as public as what shows them."""
        return isinstance(self.owner, ContentDocument) and self.owner.is_private

    @property
    def media_type(self) -> str:
        if isinstance(self.owner, ContentDocument):
            return str(self.owner.content_type)
        return IMAGE_TYPES.get(PurePosixPath(self.filename).suffix.lower(), "application/octet-stream")

    @property
    def language(self) -> str:
        """The language of the text in it; empty if that is not known."""
        return self.owner.language if isinstance(self.owner, ContentDocument) else ""


def stored_file(path: str) -> StoredFile | None:
    """Return the file stored at a path below MEDIA_URL, with one query; two for an earlier version of a document."""
    find = _FOLDERS.get(path.partition("/")[0])
    return find(path) if find else None


def file_of_document(document: ContentDocument) -> StoredFile:
    return StoredFile(document.file, document.filename, document, Part.DOCUMENT, document.sha256 or document.file_hash)


def file_of_version(version: DocumentVersion) -> StoredFile:
    return StoredFile(
        version.file, version.filename, version.document, Part.DOCUMENT, version.sha256, is_offered=version.is_public
    )


def _rendition(path: str) -> StoredFile | None:
    found: Any = ContentRendition.objects.select_related("image").filter(file=path).first()
    if found is None:
        return None
    filters = found.filter_spec.split("|")
    made_from = (found.image.file_hash, found.filter_spec, found.focal_point_key, found.width, found.height)
    etag = hashlib.sha256(repr(made_from).encode()).hexdigest()[:32]
    name = PurePosixPath(path).name
    if "original" in filters:
        return StoredFile(found.file, name, found.image, Part.ORIGINAL, etag, found.image.cleared_for_press)
    return StoredFile(found.file, name, found.image, Part.PICTURE, etag, is_small=True)


def _original(path: str) -> StoredFile | None:
    image: ContentImage | None = ContentImage.objects.filter(file=path).first()
    if image is None:
        return None
    return StoredFile(image.file, image.filename, image, Part.ORIGINAL, image.file_hash, image.cleared_for_press)


def _document(path: str) -> StoredFile | None:
    document: ContentDocument | None = ContentDocument.objects.filter(file=path).first()
    if document is not None:
        return file_of_document(document)
    version = DocumentVersion.objects.select_related("document").filter(file=path).first()
    return file_of_version(version) if version else None


# Keyed by the folder in which Wagtail stores each kind.
_FOLDERS: dict[str, Callable[[str], StoredFile | None]] = {
    "images": _rendition,
    "original_images": _original,
    "documents": _document,
}
