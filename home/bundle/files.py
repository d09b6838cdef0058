"""Pictures and documents of a bundle: what is refused, and how they come into the library."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from wagtail.models import Collection as WagtailCollection

from core.bundles.references import DocumentReference, ImageReference
from core.models import ContentDocument, ContentImage
from core.page_counts import note_pages
from core.picture_worker import stored_name
from core.restrictions import private_collections

from .prepared_files import PreparedFiles

LARGEST_FILE = 20 * 1024 * 1024


def check_image(path: Path, prepared: PreparedFiles) -> str:
    """Why a picture is refused; empty where it is not."""
    return _refused_unread(path, "picture", settings.WAGTAILIMAGES_EXTENSIONS) or prepared.complaint_of_picture(path)


def check_document(path: Path, prepared: PreparedFiles) -> str:
    """Why a document is refused; empty where it is not."""
    return _refused_unread(path, "document", settings.WAGTAILDOCS_EXTENSIONS) or prepared.complaint_of_document(path)


def _refused_unread(path: Path, what: str, extensions: list[str]) -> str:
    if path.stat().st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 1024**2} MiB; make it smaller"
    if path.suffix.lower().lstrip(".") not in extensions:
        return f"is no {what} of a known kind ({', '.join(extensions)})"
    return ""


class FileLibrary:
    """Brings files into the image and document library, each once: a file is known by its content (SHA-1), a picture by
    that as it is stored, a document by its name or its page too, since it may be replaced for others.
    """

    def __init__(self, prepared: PreparedFiles | None = None) -> None:
        self.prepared = prepared or PreparedFiles()
        self.written: list[tuple[object, str]] = []
        self.added = 0
        self.replaced = 0

    def image(self, path: Path, reference: ImageReference) -> ContentImage:
        extension, content = self.prepared.picture(path)
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
        same_content = _public_documents().filter(file_hash=_sha1(path.read_bytes())).order_by("pk")
        found = same_content.filter(pk__in=shown).first() or next(_called(path.name, same_content), None)
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
        note_pages(document, self.prepared.pages(path))
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
    found = list(_called(name, _public_documents().filter(pk__in=numbers)))
    return found[0] if len(found) == 1 else None


def _called(name: str, documents: QuerySet[ContentDocument]) -> Iterator[ContentDocument]:
    stored_name = default_storage.get_valid_name(name)
    return (document for document in documents if document.filename == stored_name)


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
