from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from core.languages.field import LanguageField
from core.languages.restrictions import private_collections
from core.text.word_forms import FoundByWordForms


def stored_path(document: ContentDocument, filename: str) -> str:
    """Return the path for a new file: in a folder of its own, so that it keeps its name whatever other files exist."""
    return f"documents/{secrets.token_hex(4)}/{filename}"


class ContentDocument(FoundByWordForms, AbstractDocument):
    """A file to download. Its language is that of the text in it, not of the page that links to it."""

    file: Any = models.FileField(_("file"), upload_to=stored_path)
    language = LanguageField(
        _("language of the file"),
        blank=True,
        help_text=_("Leave empty for a file without text, such as data."),
    )

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, default="", db_default="", editable=False)

    # Only for a PDF file, once the worker has counted them (core.files.page_counts).
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)
    awaits_page_count = models.BooleanField(default=False, db_default=False, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language")

    search_fields = [*AbstractDocument.search_fields, *FoundByWordForms.word_form_fields]

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index(fields=["file"], name="document_of_file"),
            models.Index(fields=["id"], name="document_awaits_count", condition=models.Q(awaits_page_count=True)),
        ]

    @property
    def languages_of_title(self) -> Iterable[str]:
        return (self.language,) if self.language else super().languages_of_title

    def clean(self) -> None:
        """Run Wagtail's check only with a file: it reads the extension even of one that is missing or was refused."""
        if self.file:
            super().clean()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Record the size of a new file and its checksum, by which partners recognise an exact copy. Its pages are
        counted later. The file that it replaces is kept as an earlier version.
        """
        fields = kwargs.get("update_fields")
        if fields is not None and "file" not in fields:
            super().save(*args, **kwargs)
            return
        if self.file and (not self.sha256 or not self.file._committed):
            self._describe_file()
        with transaction.atomic():
            before = self._file_before() if self.pk else None
            super().save(*args, **kwargs)
            if before and before.file.name != self.file.name:
                before._keep_as_version()

    @property
    def is_private(self) -> bool:
        """Whether the document is in a private collection."""
        return self.collection_id in private_collections()

    def _describe_file(self) -> None:
        with self.open_file() as file:
            self.file_size = self.file.size
            self._set_file_hash()
            file.seek(0)
            self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
            file.seek(0)
        self.pages, self.awaits_page_count = None, self.file_extension.lower() == "pdf"

    def _file_before(self) -> ContentDocument | None:
        """Return the stored document, locked so that of two editors who replace its file each finds the other's. A file
        with the same name and content is not a new one: the stored file is kept.
        """
        stored: ContentDocument | None = ContentDocument.objects.select_for_update().filter(pk=self.pk).first()
        if stored is None or not stored.file:
            return None
        if not stored.sha256:
            stored._describe_file()
        name = self.file.storage.get_valid_name(Path(self.file.name).name)
        if not self.file._committed and (name, self.sha256) == (stored.filename, stored.sha256):
            self.file = stored.file.name
            self.pages, self.awaits_page_count = stored.pages, stored.awaits_page_count
        return stored

    def _keep_as_version(self) -> None:
        newest = self.versions.aggregate(newest=models.Max("number"))["newest"] or 0
        self.versions.create(
            number=newest + 1,
            file=self.file.name,
            filename=self.filename,
            file_size=self.file_size,
            sha256=self.sha256,
        )
