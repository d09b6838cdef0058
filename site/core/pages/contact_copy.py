"""How to reach the office, kept in a file: while the database is away, that is what a visitor needs most."""

from __future__ import annotations

import json
import logging
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Contact:
    name: str = ""
    contact_phone: str = ""
    contact_email: str = ""


def keep_contact() -> None:
    """Write down how to reach the office in each language, if it is not what is written there already."""
    names = tuple(asdict(Contact()))
    rows = apps.get_model("core.OfficeSettings").objects.order_by("pk").values("locale__language_code", *names)
    text = json.dumps({row.pop("locale__language_code"): row for row in rows}, ensure_ascii=False, indent=1)
    path = _path()
    try:
        if path.exists() and path.read_text(encoding="utf-8") == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
            file.write(text)
        os.replace(file.name, path)
    except OSError as error:
        logger.warning("How to reach the office cannot be kept in a file: %s", error.strerror)


def kept_contact(language: str) -> Contact:
    """Return how to reach the office in a language, else in the default language; empty if nothing is known."""
    try:
        known = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Contact()
    return Contact(**(known.get(language) or known.get(settings.LANGUAGE_CODE) or {}))


def _path() -> Path:
    return Path(settings.DATA_FOLDER) / "contact.json"
