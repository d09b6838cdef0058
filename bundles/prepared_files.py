"""The files of a bundle, each inspected once, in a process with resource limits, like files that editors upload."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import weakref
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError

from core.files.contents import look_into
from core.models import ContentDocument, ContentImage
from core.pictures.preparation import prepared_picture
from core.pictures.renditions import CARD
from core.pictures.worker import MOST_PIXELS

# One size in each format: a picture that cannot be encoded fails at any size, and a bundle contains hundreds of them.
_TRIED = tuple(f"{size}|format-{kind}" for size in CARD for kind in ("jpeg", "avif"))
_COMPLAINTS_OF_PICTURES = {
    "damaged": "is a damaged picture; save it again",
    "unknown": "is not a picture of a known kind; save it as JPEG or PNG",
    "pixels": f"has more than {MOST_PIXELS // 1_000_000} million pixels; make it smaller",
    "limits": "takes too long or too much memory to be made ready; save it again, smaller",
}
_COMPLAINTS_OF_DOCUMENTS = {
    "other": "is not a {extension} file inside; save it again",
    "damaged": "is damaged; save it again",
    "locked": "is locked with a password, so that readers cannot open it; save it without",
    "macros": "holds macros; save it without",
    "limits": "takes too long or too much memory to check; save it again, smaller",
}


@dataclass(frozen=True)
class _Picture:
    """A prepared picture. `stored` is the file with the content to be stored; `complaint` says why the picture is
    refused and is empty if it is not.
    """

    extension: str
    stored: Path
    complaint: str = ""


@dataclass(frozen=True)
class _Document:
    complaint: str
    pages: int | None


class PreparedFiles:
    """The inspected files of a bundle. Pictures are kept in a temporary folder, which is deleted with this object.

    A file whose content the library has already was inspected when it was taken in, and is not inspected again.
    """

    def __init__(self) -> None:
        self._pictures: dict[Path, _Picture] = {}
        self._documents: dict[Path, _Document] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="bundle-"))
        weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)

    def complaint_of_picture(self, path: Path) -> str:
        return self._picture(path).complaint

    def picture(self, path: Path) -> tuple[str, bytes]:
        """Return the extension and the content of a picture as it is to be stored."""
        picture = self._picture(path)
        return picture.extension, picture.stored.read_bytes()

    def complaint_of_document(self, path: Path) -> str:
        return self._document(path).complaint

    def pages(self, path: Path) -> int | None:
        """Return the number of pages of a PDF file, or None for other files."""
        return self._document(path).pages

    def _picture(self, path: Path) -> _Picture:
        if path not in self._pictures:
            stored, content = self._folder / str(len(self._pictures)), path.read_bytes()
            if ContentImage.objects.filter(file_hash=hash_of(content)).exists():
                self._pictures[path] = _Picture(path.suffix.lstrip("."), path)
                return self._pictures[path]
            try:
                extension, content = prepared_picture(content, _TRIED)
            except ValidationError as refused:
                self._pictures[path] = _Picture("", stored, _COMPLAINTS_OF_PICTURES[str(refused.code)])
            else:
                stored.write_bytes(content)
                self._pictures[path] = _Picture(extension, stored)
        return self._pictures[path]

    def _document(self, path: Path) -> _Document:
        if path not in self._documents:
            extension = path.suffix.lower()
            same = ContentDocument.objects.filter(file_hash=hash_of(path.read_bytes()), awaits_page_count=False)
            if known := next(
                (document for document in same if f".{document.file_extension.lower()}" == extension), None
            ):
                self._documents[path] = _Document("", known.pages)
                return self._documents[path]
            with path.open("rb") as file:
                found = look_into(file, extension.lstrip("."))
            complaint = _COMPLAINTS_OF_DOCUMENTS.get(found["problem"], "").format(extension=extension)
            self._documents[path] = _Document(complaint, found["pages"])
        return self._documents[path]


def hash_of(content: bytes) -> str:
    """Return the same hash as Wagtail's `file_hash`."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
