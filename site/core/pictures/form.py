"""The form with which editors upload pictures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.pictures.preparation import MESSAGES, prepared_upload


class PreparedImageField(WagtailImageField):
    """Accepts a picture only if every rendition that the site shows can be made: Wagtail's own field reads only the
    beginning of the file, and the rest fails when the picture is stored or shown.
    """

    def to_python(self, data: Any) -> Any:
        has_known_name = data and Path(data.name).suffix.lower().lstrip(".") in self.allowed_image_extensions
        if has_known_name and data.size and data.size <= (self.max_upload_size or data.size):
            data = prepared_upload(data)
        try:
            return super().to_python(data)
        except ValidationError:
            raise
        except Exception as error:  # any error of a decoder
            raise ValidationError(MESSAGES["damaged"], code="damaged") from error


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = PreparedImageField(label=field.label, required=field.required, widget=field.widget)
