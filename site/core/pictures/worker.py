"""Prepare a picture for the site in a process of its own, within limits: `python -m core.pictures.worker`.

The module imports Pillow and nothing of Django. On stdin it reads the file; on stdout it writes a line of JSON, either
{"extension": …} followed by the file to be stored, or {"problem": …}, one of PROBLEMS.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import PurePath
from typing import Any

from PIL import ExifTags, Image, ImageCms, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.pictures.metadata import without_metadata
from core.processing.limited_process import keep_limits

MOST_PIXELS = 50_000_000
PROBLEMS = ("damaged", "unknown", "pixels", "limits")
# Extensions of files that are stored as JPEG or PNG.
CONVERTED_EXTENSIONS = ("heic", "heif", "tif", "tiff")
# Pillow formats that are stored unchanged -> their extension. Others are read and stored as JPEG or PNG.
_STORED = {"JPEG": "jpg", "MPO": "jpg", "PNG": "png", "WEBP": "webp", "AVIF": "avif"}
_READ = ("JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF")
# Modes that every encoder can write.
_ORDINARY_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")
_TRANSPARENT_MODES = ("LA", "PA", "RGBA")
# The loss is not visible.
_OPTIONS: dict[str, dict[str, Any]] = {
    "jpg": {"format": "JPEG", "quality": 95, "subsampling": "4:4:4"},
    "png": {"format": "PNG"},
    "webp": {"format": "WEBP", "quality": 95},
    "avif": {"format": "AVIF", "quality": 95, "subsampling": "4:4:4"},
}
# How small a rendition gets does not matter when testing whether it can be made.
_TRIED_WITH: dict[str, dict[str, Any]] = {"avif": {"speed": 10}}

register_heif_opener()


class TooManyPixels(Exception):
    """More than MOST_PIXELS, all frames together."""


def prepare(content: bytes) -> tuple[str, bytes]:
    """Return the extension and the content of a picture as it is to be stored: upright, without metadata, in colours
    and a format that every rendition can be made from. An ordinary picture only loses its metadata. Raise
    TooManyPixels, or any error of a decoder.
    """
    with Image.open(BytesIO(content), formats=_READ) as picture:
        kind = _STORED.get(picture.format or "", "")
        frames = 1 if picture.format == "MPO" else getattr(picture, "n_frames", 1)
        if picture.width * picture.height * frames > MOST_PIXELS:
            raise TooManyPixels
        picture.load()  # before `without_metadata` closes a truncated file
        is_upright = picture.getexif().get(ExifTags.Base.Orientation, 1) == 1
        moves = getattr(picture, "is_animated", False)
        is_ordinary = kind == "webp" if moves else is_upright and picture.mode in _ORDINARY_MODES
        return (kind, without_metadata(content)) if kind and is_ordinary else _drawn_anew(picture, kind)


def stored_name(name: str, extension: str) -> str:
    """Return the name of a file whose content `prepare` returned with this extension."""
    path = PurePath(name)
    is_converted = path.suffix.lower().lstrip(".") in CONVERTED_EXTENSIONS
    return path.with_suffix(f".{extension}").name if is_converted else path.name


def _drawn_anew(picture: Image.Image, kind: str) -> tuple[str, bytes]:
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if upright.mode not in _ORDINARY_MODES:
        upright, profile = _in_ordinary_colours(upright, profile)
    if not kind:
        transparent = upright.mode in _TRANSPARENT_MODES or "transparency" in upright.info
        kind = "png" if transparent else "jpg"
    if kind == "jpg" and upright.mode not in ("L", "RGB"):
        upright = upright.convert("RGB")
    target = BytesIO()
    upright.save(target, icc_profile=profile, exif=b"", **_OPTIONS[kind])
    return kind, without_metadata(target.getvalue())


def _in_ordinary_colours(picture: Image.Image, profile: bytes | None) -> tuple[Image.Image, bytes | None]:
    """Return a picture in grey or RGB of eight bits, with the colour profile that it then has."""
    if picture.mode.startswith("I"):  # sixteen-bit grey, as scanners and statistics programs write
        return picture.convert("I").point(lambda value: value / 256).convert("L"), None
    if picture.mode == "CMYK" and profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except ImageCms.PyCMSError:
            converted = None
        if converted:
            return converted, None
    return picture.convert("L" if picture.mode == "F" else "RGB"), None


def try_renditions(content: bytes, specifications: list[str]) -> None:
    """Make every rendition once, as Wagtail will. `specifications`: Wagtail's, such as fill-480x270|format-avif."""
    with Image.open(BytesIO(content)) as picture:
        whole = picture.convert("RGBA" if "transparency" in picture.info or "A" in picture.mode else "RGB")
    resized: dict[str, Image.Image] = {}
    for specification in specifications:
        size, _, kind = specification.partition("|format-")
        if size not in resized:
            resized[size] = _resized(whole, size)
        made = resized[size].convert("RGB") if kind == "jpeg" else resized[size]
        made.save(BytesIO(), kind.upper(), **_TRIED_WITH.get(kind, {}))


def _resized(picture: Image.Image, size: str) -> Image.Image:
    operation, _, numbers = size.partition("-")
    wanted = [int(number) for number in numbers.split("x")]
    if picture.width <= wanted[0]:
        return picture
    if operation == "fill":
        return ImageOps.fit(picture, (wanted[0], wanted[1]))
    return picture.resize((wanted[0], max(1, round(picture.height * wanted[0] / picture.width))))


def main() -> None:
    Image.MAX_IMAGE_PIXELS = None  # `prepare` counts them
    keep_limits()
    extension, content = "", b""
    try:
        extension, content = prepare(sys.stdin.buffer.read())
        try_renditions(content, sys.argv[1:])
        answer = {"extension": extension}
    except TooManyPixels:
        answer, content = {"problem": "pixels"}, b""
    except UnidentifiedImageError:
        answer, content = {"problem": "unknown"}, b""
    except MemoryError:
        answer, content = {"problem": "limits"}, b""
    except Exception:  # noqa: BLE001 -- any error of a decoder
        answer, content = {"problem": "damaged"}, b""
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + content)


if __name__ == "__main__":
    main()
