"""The parts of a press release, next to its text, of which there may be several."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from core.models import ContentImage, Correction

_RELEASE = "press.PressReleasePage"


class ReleaseContact(Orderable):
    """A person whom journalists may contact about a release."""

    release = ParentalKey(_RELEASE, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(_("name"), max_length=160)
    role = models.CharField(_("role"), max_length=160, blank=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)

    panels = [FieldPanel("name"), FieldPanel("role"), FieldPanel("email"), FieldPanel("phone")]

    def __str__(self) -> str:
        return self.name


class ReleaseCorrection(Correction):
    """A correction of a release, which also appears in its press kit."""

    release = ParentalKey(_RELEASE, on_delete=models.CASCADE, related_name="corrections")
    text = models.TextField(
        _("correction"),
        help_text=_("What was wrong and what is right. It stands above the text, in the feeds and in the press kit."),
    )


class ReleasePicture(Orderable):
    """A picture that journalists may download with a release."""

    release = ParentalKey(_RELEASE, on_delete=models.CASCADE, related_name="pictures")
    image: Any = models.ForeignKey(
        ContentImage,
        verbose_name=_("picture"),
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Only a picture that is cleared for press use; the mark is in the picture's own form."),
    )
    alt = models.CharField(
        _("what the picture shows"),
        max_length=255,
        help_text=_("For readers who cannot see it, in the language of this page."),
    )
    caption = models.CharField(_("caption"), max_length=255, blank=True)

    panels = [FieldPanel("image"), FieldPanel("alt"), FieldPanel("caption")]

    class Meta(Orderable.Meta):
        verbose_name = _("press picture")
        verbose_name_plural = _("press pictures")

    def __str__(self) -> str:
        return self.alt

    def clean(self) -> None:
        super().clean()
        if self.image_id and not self.image.cleared_for_press:
            text = _("This picture is not cleared for press use. Clear it in its own form, or choose another.")
            raise ValidationError({"image": text})


def values_of(row: Any, *names: str) -> dict[str, Any]:
    """Return these fields of a row, with None for empty ones."""
    return {name: getattr(row, name) or None for name in names}
