"""The press kit of a release in one language: its text, its pictures and their terms of use, in one file."""

from __future__ import annotations

import hashlib
import re
import zipfile
from dataclasses import dataclass
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from django.template.loader import render_to_string
from django.utils import translation

from core.content_types.builder import absolute_url, body_html, day
from core.languages.declared import direction
from core.models import OfficeSettings
from core.text.plain_text import plain_text

from .page import PressReleasePage
from .parts import ReleasePicture

# The timestamp of every file in a kit, so that the same content always makes the same kit, byte for byte.
_TIMELESS = (1980, 1, 1, 0, 0, 0)
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
# How much of a kit is held in memory before it goes to a file.
_IN_MEMORY = 4 * 1024 * 1024


@dataclass(frozen=True)
class PressKit:
    """The contents of a kit. `texts`: the texts by file name. `pictures`: by file name, those whose originals are
    included.
    """

    name: str
    texts: dict[str, str]
    pictures: dict[str, ReleasePicture]

    @property
    def digest(self) -> str:
        """SHA-256 of what the kit consists of, without reading the pictures."""
        parts = [self.name]
        parts += [part for item in self.texts.items() for part in item]
        for name, picture in self.pictures.items():
            parts += [name, picture.image.file_hash or picture.image.file.name]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def write(self) -> IO[bytes]:
        """Return the kit as an open ZIP file, at its beginning."""
        target = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 -- the response closes it
        with zipfile.ZipFile(target, "w") as archive:
            for name, text in self.texts.items():
                archive.writestr(_entry(f"{self.name}/{name}", zipfile.ZIP_DEFLATED), text.encode())
            for name, picture in self.pictures.items():
                with (
                    picture.image.file.storage.open(picture.image.file.name) as source,
                    archive.open(_entry(f"{self.name}/{name}", zipfile.ZIP_STORED), "w") as entry,
                ):
                    copyfileobj(source, entry)
        target.seek(0)
        return target


def press_kit(release: PressReleasePage) -> PressKit:
    """Return the kit of a release in its language. A picture whose file is lost is left out."""
    language = release.locale.language_code
    pictures = {
        f"pictures/{number:02d}-{_UNSAFE.sub('-', picture.image.filename)}": picture
        for number, picture in enumerate(release.press_pictures(), start=1)
        if picture.image.file.storage.exists(picture.image.file.name)
    }
    body = body_html(release)
    context: dict[str, Any] = {
        "page": release,
        "language": language,
        "direction": direction(language),
        "address": absolute_url(release.url),
        "office": OfficeSettings.in_language(language),
        "pictures": pictures,
        "body_html": body,
        "body_text": plain_text(body),
    }
    with translation.override(language):
        texts: dict[str, str] = {
            "release.txt": render_to_string("press_kit/release.txt", context),
            "release.html": render_to_string("press_kit/release.html", context),
            "RIGHTS.txt": render_to_string("press_kit/RIGHTS.txt", context),
        }
    # A byte order mark tells an editor of plain text that Arabic and French are not in an old code page.
    texts = {name: f"\ufeff{text}" if name.endswith(".txt") else text for name, text in texts.items()}
    return PressKit(f"press-kit-{day(release.date)}-{_ascii_slug(release)}-{language}", texts, pictures)


def _ascii_slug(release: PressReleasePage) -> str:
    """Return the end of the page's address if any computer can use it in a file name, otherwise the beginning of the
    content's id.
    """
    slug = str(release.slug)
    return slug[:60].strip("-_") if slug.isascii() else str(release.translation_key)[:8]


def _entry(name: str, compression: int) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _TIMELESS)
    entry.compress_type = compression
    entry.create_system = 3  # Unix, wherever the site runs
    entry.external_attr = 0o644 << 16
    return entry
