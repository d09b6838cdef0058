from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models
from django.utils.translation import gettext_lazy as _
from PIL import Image as Picture
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image

from core.pictures.decoding import DecodedPicture
from core.pictures.metadata import without_metadata
from core.text.word_forms import FoundByWordForms


def average_colour(file: Any) -> str:
    """Return the average colour of a picture, as CSS writes it: #rrggbb."""
    with Picture.open(file) as picture:
        red, green, blue = picture.convert("RGB").resize((1, 1), Picture.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


class ContentImage(FoundByWordForms, AbstractImage):
    """A picture. Its alternative text belongs to the page that uses it, in that page's language; its credit is stored
    here.
    """

    file: Any  # Wagtail's field
    _decoded: DecodedPicture | None = None
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

    average_colour = models.CharField(
        _("average colour"), max_length=7, blank=True, default="", db_default="", editable=False
    )
    copyright_notice = models.CharField(
        _("copyright notice"),
        max_length=255,
        blank=True,
        default="",
        db_default="",
        help_text=_("Whose the picture is. For example: © IOM 2026."),
    )
    cleared_for_press = models.BooleanField(
        _("cleared for press use"),
        default=False,
        db_default=False,
        help_text=_(
            "Tick only where everybody who can be recognized has agreed that the press may print the picture. "
            "Journalists can then download the original from the press releases that show it."
        ),
    )

    admin_form_fields = (
        *Image.admin_form_fields,
        "credit",
        "copyright_notice",
        "cleared_for_press",
        "is_decorative",
    )

    search_fields = [*AbstractImage.search_fields, *FoundByWordForms.word_form_fields]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        indexes = [models.Index(fields=["file"], name="image_of_file")]

    @property
    def content_type(self) -> str:
        """The media type of the original."""
        kind = self.file_extension
        return f"image/{'jpeg' if kind == 'jpg' else kind}"

    @property
    def file_extension(self) -> str:
        return Path(self.file.name).suffix.lower().lstrip(".")

    def clean(self) -> None:
        super().clean()
        if self.cleared_for_press and not self.credit:
            raise ValidationError({"credit": _("Say who made the picture: the press prints the credit with it.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Remove the metadata of a new or replaced file, however it was uploaded, and store its average colour, which
        is shown until the picture has loaded.
        """
        is_new = self.file and not self.file._committed
        if is_new:
            self._remove_metadata()
        if self.file and (not self.average_colour or is_new):
            with self.open_file() as file:
                self.average_colour = average_colour(file)
                file.seek(0)
        super().save(*args, **kwargs)

    def create_renditions(self, *filters: Filter) -> dict[Filter, AbstractRendition]:
        """Make several renditions of a picture that is decoded once."""
        if len(filters) > 1:
            with self.open_file() as file:
                self._decoded = DecodedPicture(file)
        try:
            made: dict[Filter, AbstractRendition] = super().create_renditions(*filters)
            return made
        finally:
            self._decoded = None

    def generate_rendition_file(self, filter: Filter, *, source: Any = None) -> Any:
        return super().generate_rendition_file(filter, source=None if self._decoded else source)

    @contextmanager
    def get_willow_image(self) -> Iterator[Any]:
        if self._decoded:
            yield self._decoded
            return
        with super().get_willow_image() as picture:
            yield picture

    def _remove_metadata(self) -> None:
        with self.open_file() as file:
            content = file.read()
            file.seek(0)
        cleaned = without_metadata(content)
        if cleaned != content:
            self.file = ContentFile(cleaned, self.file.name)
        self._set_image_file_metadata()


class ContentRendition(AbstractRendition):
    image = models.ForeignKey(
        ContentImage, verbose_name=_("image"), on_delete=models.CASCADE, related_name="renditions"
    )

    class Meta(AbstractRendition.Meta):
        verbose_name = _("rendition")
        indexes = [models.Index(fields=["file"], name="rendition_of_file")]
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition_of_image"
            )
        ]
