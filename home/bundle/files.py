"""Pictures and documents of a bundle: what is refused, and how they come into the library."""

from __future__ import annotations

import hashlib
import warnings
from collections.abc import Collection
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from PIL import Image, UnidentifiedImageError
from wagtail.models import Collection as WagtailCollection

from core.models import ContentDocument, ContentImage
from core.picture_worker import MOST_PIXELS, prepare, stored_name
from core.restrictions import private_collections

from .references import DocumentReference, ImageReference

LARGEST_FILE = 20 * 1024 * 1024
# How files of these kinds begin.
_SIGNATURES = {
    ".pdf": b"%PDF-",
    ".zip": b"PK",
    ".docx": b"PK",
    ".xlsx": b"PK",
    ".pptx": b"PK",
    ".odt": b"PK",
    ".rtf": b"{\\rtf",
}


def check_image(path: Path) -> str:
    """Why a picture is refused; empty where it is not."""
    if path.stat().st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 1024**2} MiB; make it smaller"
    if path.suffix.lower().lstrip(".") not in settings.WAGTAILIMAGES_EXTENSIONS:
        return f"is no picture of a known kind ({', '.join(settings.WAGTAILIMAGES_EXTENSIONS)})"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as image:
                if image.width * image.height > MOST_PIXELS:
                    return "has more than 50 million pixels; make it smaller"
                image.verify()
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ):
        return "is not a picture, or a damaged one; save it again"
    return ""


def check_document(path: Path) -> str:
    """Why a document is refused; empty where it is not."""
    if path.stat().st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 1024**2} MiB; make it smaller"
    extension = path.suffix.lower()
    if extension.lstrip(".") not in settings.WAGTAILDOCS_EXTENSIONS:
        return f"is no document of a known kind ({', '.join(settings.WAGTAILDOCS_EXTENSIONS)})"
    with path.open("rb") as file:
        if not file.read(16).startswith(_SIGNATURES.get(extension, b"")):
            return f"is not a {extension} file inside; save it again"
    return ""


class FileLibrary:
    """Brings files into the image and document library, each once: a file is known by its content (SHA-1), a picture by
    that as it is stored (core.picture_worker.prepare).
    """

    def __init__(self) -> None:
        self.written: list[tuple[object, str]] = []
        self.added = 0
        self.replaced = 0

    def image(self, path: Path, reference: ImageReference) -> ContentImage:
        extension, content = prepare(path.read_bytes())
        found: ContentImage | None = ContentImage.objects.filter(file_hash=_sha1(content)).first()
        image = found or self._new_image(path.stem, ContentFile(content, stored_name(path.name, extension)))
        if reference.cleared_for_press:
            _clear_for_press(image, reference)
        return image

    def _new_image(self, title: str, file: ContentFile) -> ContentImage:
        image = ContentImage(title=title, file=file, collection=WagtailCollection.get_first_root_node())
        image.save()
        self._remember(image.file)
        return image

    def document(self, path: Path, reference: DocumentReference, shown: Collection[int]) -> ContentDocument:
        """The document of a file. `shown`: the documents of the page that refers to it; one of the same name, whose
        content is another, gets the file as its new version and keeps its address.
        """
        found = _public_documents().filter(file_hash=_sha1(path.read_bytes())).first()
        if found:
            return found
        document = _only_one_called(path.name, shown)
        if document is None:
            document = ContentDocument(title=reference.title or path.stem, language=reference.language)
        else:
            self.replaced += 1
        with path.open("rb") as file:
            document.file = File(file, name=path.name)
            document.save()
        self._remember(document.file)
        return document

    def forget(self) -> None:
        """Remove the files written for rows that were rolled back."""
        for storage, name in self.written:
            storage.delete(name)  # type: ignore[attr-defined]

    def _remember(self, file: object) -> None:
        self.added += 1
        self.written.append((file.storage, file.name))  # type: ignore[attr-defined]


def _public_documents() -> QuerySet[ContentDocument]:
    """A page of everybody's links to no document of a private collection."""
    public: QuerySet[ContentDocument] = ContentDocument.objects.exclude(collection__in=private_collections())
    return public


def _only_one_called(name: str, numbers: Collection[int]) -> ContentDocument | None:
    """The document of these that has this file name; None where several have it: it is not known which is meant."""
    stored_name = default_storage.get_valid_name(name)
    documents = _public_documents().filter(pk__in=numbers)
    found = [document for document in documents if document.filename == stored_name]
    return found[0] if len(found) == 1 else None


def _clear_for_press(image: ContentImage, reference: ImageReference) -> None:
    """Say of a picture what its reference says, where that is not known yet."""
    values = {"credit": reference.credit, "copyright_notice": reference.copyright_notice, "cleared_for_press": True}
    if any(getattr(image, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(image, name, value)
        image.save()


def _sha1(content: bytes) -> str:
    """As Wagtail's `file_hash`."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()
