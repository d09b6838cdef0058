"""The form by which editors upload pictures."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from core.picture_metadata import without_metadata


class WholeImageField(WagtailImageField):
    """Refuses a file of which a part is missing or broken: Wagtail's own looks at its beginning only, and the rest
    fails where the picture is stored or shown.
    """

    default_error_messages = {
        "damaged": _(
            "This file is not whole: a part of the picture is missing or broken. Save it anew and choose it again."
        )
    }

    def to_python(self, data: Any) -> Any:
        try:
            file = super().to_python(data)
            if file is not None:
                _read_all(file)
        except ValidationError:
            raise
        except Exception as error:  # whatever a decoder stumbles over
            raise ValidationError(self.error_messages["damaged"], code="damaged") from error
        return file


def _read_all(file: Any) -> None:
    file.seek(0)
    content = without_metadata(file.read())
    file.seek(0)
    with Image.open(BytesIO(content)) as picture:
        picture.load()


class ImageForm(BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            self.fields["file"] = WholeImageField(label=field.label, required=field.required, widget=field.widget)
