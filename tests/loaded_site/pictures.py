"""Makes AVIF encoding as fast as possible: the tests do not depend on small files."""

from __future__ import annotations

from typing import IO

from PIL import AvifImagePlugin, Image


def draw_quickly() -> None:
    """Encode AVIF quickly from now on in this process."""
    Image.preinit()
    Image.register_save("AVIF", _save_quickly)


def _save_quickly(image: Image.Image, file: IO[bytes], name: str | bytes) -> None:
    image.encoderinfo.setdefault("speed", 10)
    AvifImagePlugin._save(image, file, name)
