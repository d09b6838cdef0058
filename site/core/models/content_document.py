import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from core.pdf import page_count


class ContentDocument(AbstractDocument):
    """A file to download. Its language is that of the text in it, not of the page that links to it."""

    language = models.CharField(
        _("language of the file"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty for a file without text, such as data."),
    )

    sha256 = models.CharField(_("SHA-256"), max_length=64, blank=True, db_default="", editable=False)

    # Of a PDF file.
    pages = models.PositiveIntegerField(_("pages"), null=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A file that is new or replaced gets its checksum, by which partners know an exact copy, and its count of
        pages, which tells readers how much it is.
        """
        if self.file and (not self.sha256 or not self.file._committed):
            with self.open_file() as file:
                self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
                file.seek(0)
                self.pages = page_count(file) if self.file_extension.lower() == "pdf" else None
                file.seek(0)
        super().save(*args, **kwargs)
