from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class ContentImage(AbstractImage):
    """A picture. What it shows is said where it is used, in the language of the page; who made it is said here."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture, as it is printed below it. For example: IOM 2026 / Name."),
    )
    is_decorative = models.BooleanField(
        _("decorative"),
        default=False,
        help_text=_("Only decoration: the picture says nothing that a reader who cannot see it would miss."),
    )

    admin_form_fields = (*Image.admin_form_fields, "credit", "is_decorative")

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")


class ContentRendition(AbstractRendition):
    image = models.ForeignKey(
        ContentImage, verbose_name=_("image"), on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta(AbstractRendition.Meta):
        verbose_name = _("rendition")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition_of_image"
            )
        ]
