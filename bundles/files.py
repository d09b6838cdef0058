"""Pictures and documents of a bundle: which ones are refused, and how they are added to the library."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from wagtail.models import Collection as WagtailCollection

from core.content_types.references import DocumentReference, ImageReference
from core.files.page_counts import note_pages
from core.languages.restrictions import private_collections
from core.models import ContentDocument, ContentImage
from core.pictures.worker import stored_name

from .prepared_files import PreparedFiles, hash_of

LARGEST_FILE = 20 * 1024 * 1024


def check_image(path: Path, prepared: PreparedFiles) -> str:
    """Return why a picture is refused, or an empty string if it is accepted."""
    return _refused_unread(path, "picture", settings.WAGTAILIMAGES_EXTENSIONS) or prepared.complaint_of_picture(path)


def check_document(path: Path, prepared: PreparedFiles) -> str:
    """Return why a document is refused, or an empty string if it is accepted."""
    return _refused_unread(path, "document", settings.WAGTAILDOCS_EXTENSIONS) or prepared.complaint_of_document(path)


def _refused_unread(path: Path, what: str, extensions: list[str]) -> str:
    if path.stat().st_size > LARGEST_FILE:
        return f"is larger than {LARGEST_FILE // 1024**2} MiB; make it smaller"
    if path.suffix.lower().lstrip(".") not in extensions:
        return f"is no {what} of a known kind ({', '.join(extensions)})"
    return ""


class FileLibrary:
    """Adds files to the image and document library, each only once. A picture is recognised by the SHA-1 of its stored
    content; a document by its SHA-1 together with its page or its name, since a document may be replaced by a new
    version.
    """

    def __init__(self, prepared: PreparedFiles | None = None) -> None:
        self.prepared = prepared or PreparedFiles()
        self.written: list[tuple[object, str]] = []
        self.added = 0
        self.replaced = 0

    def image(self, path: Path, reference: ImageReference) -> ContentImage:
        extension, content = self.prepared.picture(path)
        found: ContentImage | None = ContentImage.objects.filter(file_hash=hash_of(content)).first()
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
        """Return the document for a file, adding it if needed. `shown` has the documents of the page that refers to
        it; if one of them has the same name but different content, the file becomes its new version and it keeps its
        address.
        """
        same_content = _public_documents().filter(file_hash=hash_of(path.read_bytes())).order_by("pk")
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
        """Delete the files written for rows that were rolled back."""
        for storage, name in self.written:
            storage.delete(name)  # type: ignore[attr-defined]

    def _remember(self, file: object) -> None:
        self.added += 1
        self.written.append((file.storage, file.name))  # type: ignore[attr-defined]


def _public_documents() -> QuerySet[ContentDocument]:
    """Return the documents outside private collections, since a public page must not link to a private document."""
    public: QuerySet[ContentDocument] = ContentDocument.objects.exclude(collection__in=private_collections())
    return public


def _only_one_called(name: str, numbers: Collection[int]) -> ContentDocument | None:
    """Return the document with this file name among these, or None if it is ambiguous or missing."""
    found = list(_called(name, _public_documents().filter(pk__in=numbers)))
    return found[0] if len(found) == 1 else None


def _called(name: str, documents: QuerySet[ContentDocument]) -> Iterator[ContentDocument]:
    stored_name = default_storage.get_valid_name(name)
    return (document for document in documents if document.filename == stored_name)


def _clear_for_press(image: ContentImage, reference: ImageReference) -> None:
    """Set the press clearance that a reference states on the picture, unless it is already set."""
    values = {"credit": reference.credit, "copyright_notice": reference.copyright_notice, "cleared_for_press": True}
    if any(getattr(image, name) != value for name, value in values.items()):
        for name, value in values.items():
            setattr(image, name, value)
        image.save()
