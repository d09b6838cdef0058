"""Prepare uploaded pictures in a process with limits of time and memory (core.pictures.worker)."""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.translation import gettext_lazy as _

from core.pictures.renditions import ALL_RENDITIONS
from core.pictures.worker import MOST_PIXELS, stored_name
from core.processing.limited_process import LimitsExceeded, ask

_MILLION = 1_000_000

MESSAGES = {
    "damaged": _(
        "This file is not whole: a part of the picture is missing or broken. Save it again, then choose it again."
    ),
    "unknown": _(
        "This file is not a picture of a kind that can be shown here. Save it as JPEG or PNG, then choose it again."
    ),
    "pixels": _("This picture has more than %(millions)s million pixels. Make it smaller and choose it again."),
    "limits": _(
        "This picture takes too long or too much memory to be made ready for the site. "
        "Save it again, smaller, then choose it again."
    ),
}


def prepared_upload(file: UploadedFile) -> UploadedFile:
    """Return an uploaded picture as it is to be stored: upright, without metadata, in a format from which every
    rendition has been made once. Raise ValidationError, with one of MESSAGES, if the picture cannot be used or exceeds
    the limits.
    """
    file.seek(0)
    extension, content = prepared_picture(file.read(), ALL_RENDITIONS)
    return SimpleUploadedFile(stored_name(file.name or "", extension), content)


def prepared_picture(content: bytes, specifications: Iterable[str]) -> tuple[str, bytes]:
    """Return the extension and the content of a picture as it is to be stored, once these renditions of it have been
    made. Raise ValidationError, with one of MESSAGES.
    """
    try:
        said = ask("core.pictures.worker", *specifications, content=content)
    except LimitsExceeded as error:
        raise _refusal("limits") from error
    head, _separator, prepared = said.partition(b"\n")
    answer = json.loads(head)
    if "problem" in answer:
        raise _refusal(answer["problem"])
    return answer["extension"], prepared


def _refusal(problem: str) -> ValidationError:
    return ValidationError(MESSAGES[problem], code=problem, params={"millions": MOST_PIXELS // _MILLION})
