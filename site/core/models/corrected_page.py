"""Pages that list what has been corrected in them since they were published."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel

from core.content_types.builder import DocumentBuilder, Json, day

from .base_page import ClassifiedPage


class Correction(models.Model):
    """What was wrong in a published page, and the date of the correction.

    Each page type has its own model, which adds a ParentalKey whose related name is `corrections`.
    """

    date = models.DateField(_("date"), default=timezone.localdate, null=True)
    text = models.TextField(
        _("correction"), help_text=_("What was wrong and what is right. It stands above the text and in the feeds.")
    )

    panels = [FieldPanel("date"), FieldPanel("text")]

    class Meta:
        abstract = True
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return self.text[:80]


class CorrectedPage(ClassifiedPage):
    """A page with dated corrections, shown above its text. Each language has its own."""

    correction_panels = [InlinePanel("corrections", heading=_("Corrections"), label=_("correction"))]

    class Meta:
        abstract = True

    def document_detail(self, builder: DocumentBuilder) -> Json:
        corrections = [correction for correction in self.corrections.all() if correction.date]
        return {
            **super().document_detail(builder),
            "corrections": [{"date": day(correction.date), "text": correction.text} for correction in corrections],
        }
