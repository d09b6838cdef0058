"""AVIF as quickly as the encoder can: how small it gets is no matter of the tests."""

from __future__ import annotations

from typing import IO

from PIL import AvifImagePlugin, Image


def draw_quickly() -> None:
    """Hold for this process."""
    Image.preinit()
    Image.register_save("AVIF", _save_quickly)


def _save_quickly(image: Image.Image, file: IO[bytes], name: str | bytes) -> None:
    image.encoderinfo.setdefault("speed", 10)
    AvifImagePlugin._save(image, file, name)
