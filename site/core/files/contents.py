"""Ask core.files.worker whether a document is what its name says, complete, unlocked and free of macros."""

from __future__ import annotations

import json
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.processing.limited_process import LimitsExceeded, ask

MESSAGES = {
    "other": _(
        "This file does not contain what a %(extension)s file does. Save it again in the program that it comes from, "
        "then choose it again."
    ),
    "damaged": _("This file is damaged: a part of it is missing or broken. Save it again, then choose it again."),
    "locked": _(
        "This file is locked with a password, so that readers cannot open it. Save it without and choose it again."
    ),
    "macros": _(
        "This file holds macros, programs that run when it is opened. Save it without macros and choose it again."
    ),
    "limits": _("This file takes too long or too much memory to check. Save it again, smaller, then choose it again."),
}


def check_document(file: Any) -> None:
    """Raise ValidationError, with one of MESSAGES, if an uploaded document may not be published."""
    extension = PurePath(file.name).suffix.lower().lstrip(".")
    problem = look_into(file, extension)["problem"]
    if problem:
        raise ValidationError(MESSAGES[problem], code=problem, params={"extension": extension.upper()})


def look_into(file: Any, extension: str) -> dict[str, Any]:
    """Ask the worker about an open file: {"problem": one of MESSAGES or empty, "pages": of a PDF file}."""
    file.seek(0)
    try:
        found: dict[str, Any] = json.loads(ask("core.files.worker", extension, content=file.read()))
    except LimitsExceeded:
        found = {"problem": "limits", "pages": None}
    file.seek(0)
    return found
