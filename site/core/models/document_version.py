from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .content_document import ContentDocument


class DocumentVersion(models.Model):
    """A file that a document had before it was replaced. It is deleted with the document, not before."""

    document = models.ForeignKey(
        ContentDocument, verbose_name=_("document"), on_delete=models.CASCADE, related_name="versions"
    )
    # Counted from 1 within each document.
    number = models.PositiveIntegerField(_("version"))
    file: Any = models.FileField(_("file"), max_length=100, db_index=True)
    # The last part of the document's address at that time; it leads to the current file.
    filename = models.CharField(_("file name"), max_length=100)
    file_size = models.PositiveBigIntegerField(_("size"), null=True)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    replaced_at = models.DateTimeField(_("replaced on"), auto_now_add=True)
    is_public = models.BooleanField(_("public"), default=False)

    # An earlier version does not count as a use of its document.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("earlier version of a document")
        verbose_name_plural = _("earlier versions of documents")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_number_for_version")]

    def __str__(self) -> str:
        return f"{self.filename} ({self.number})"

    @property
    def file_extension(self) -> str:
        return PurePosixPath(self.filename).suffix[1:]

    @property
    def url(self) -> str:
        return reverse("document_version", args=[self.document_id, self.number, self.filename])


def public_versions(prefix: str = "") -> models.Prefetch:
    """Return a prefetch of the versions that readers may have, as `public_versions` of each document at `prefix`."""
    public = DocumentVersion.objects.filter(is_public=True)
    return models.Prefetch(f"{prefix}versions", queryset=public, to_attr="public_versions")
