from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document


class ContentDocument(AbstractDocument):
    """A file to download. Its language is that of the text in it, not of the page that links to it."""

    language = models.CharField(
        _("language of the file"),
        max_length=2,
        blank=True,
        choices=settings.LANGUAGES,
        help_text=_("Leave empty for a file without text, such as data."),
    )

    admin_form_fields = (*Document.admin_form_fields, "language")

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
