"""Remove from a picture what cameras and programs store with it: where and when it was taken, with which device and by
whom, previews of what was cropped. A picture from a shelter must not lead anyone there.

JPEG, PNG and WebP lose it without being re-encoded, so that not a pixel changes. Only the orientation of the picture
and its colour profile are kept.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image

_ORIENTATION = ExifTags.Base.Orientation
_EXIF_HEADER = b"Exif\0\0"
# Where a JPEG marker begins in compressed data (ITU-T T.81, B.1.1.2: neither a stuffed byte nor a restart).
_MARKER = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
_END_OF_IMAGE, _START_OF_SCAN = 0xD9, 0xDA
# Application segments and comments.
_TELLING_SEGMENTS = frozenset((*range(0xE0, 0xF0), 0xFE))
# Those of them that are needed to show the colours: JFIF without a preview, the ICC profile, Adobe's colour transform.
_KEPT_SEGMENTS = re.compile(rb"\xe0JFIF\0.{7}\0\0|\xe2ICC_PROFILE\0.*|\xeeAdobe.*", re.DOTALL)
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Kept in addition to the critical chunks: colours, density and frames (PNG, third edition, 11.3).
_KEPT_CHUNKS = frozenset(b"tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD pHYs acTL fcTL fdAT".split())
_WEBP_PICTURE = frozenset((b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"))
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04
# The loss is not visible.
_AVIF_OPTIONS: dict[str, Any] = {"quality": 95, "subsampling": "4:4:4"}


def without_metadata(content: bytes) -> bytes:
    """Return a picture file (JPEG, PNG, WebP or AVIF) without metadata. A file that has none is returned byte for byte;
    an AVIF that has some is re-encoded. Raise what Pillow raises for a file that is not a picture.
    """
    with Image.open(BytesIO(content)) as picture:
        turned = _exif_of(picture.getexif().get(_ORIENTATION, 1))
        match picture.format:
            case "JPEG" | "MPO":
                return b"".join(_jpeg(content, turned))
            case "PNG":
                return b"".join(_png(content, turned.removeprefix(_EXIF_HEADER)))
            case "WEBP":
                return _webp(content, turned.removeprefix(_EXIF_HEADER))
            case _:
                return _avif(content, picture, turned)


def _exif_of(orientation: int) -> bytes:
    """Return EXIF data with only the orientation of a picture; empty for one that is upright."""
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return exif.tobytes() if orientation in range(2, 9) else b""


def _jpeg(content: bytes, exif: bytes) -> Iterator[bytes]:
    """Yield the segments that are kept; further pictures after the first are left out."""
    yield b"\xff\xd8"
    if exif:
        yield b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    at = 2
    while (found := _MARKER.search(content, at)) and content[found.end() - 1] != _END_OF_IMAGE:
        begin, marker = found.end(), content[found.end() - 1]
        at = begin + int.from_bytes(content[begin : begin + 2], "big")
        kind = bytes((marker,))
        if marker not in _TELLING_SEGMENTS or _KEPT_SEGMENTS.fullmatch(kind + content[begin + 2 : at]):
            yield b"\xff" + kind + content[begin:at]
        if marker == _START_OF_SCAN:
            following = _MARKER.search(content, at)
            end = following.start() if following else len(content)
            yield content[at:end]
            at = end
    yield b"\xff\xd9"


def _png(content: bytes, exif: bytes) -> Iterator[bytes]:
    yield _PNG_SIGNATURE
    at, kind = len(_PNG_SIGNATURE), b""
    while at + 8 <= len(content) and kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + length + 12
        if kind[:1].isupper() or kind in _KEPT_CHUNKS:
            yield content[at:end]
        if kind == b"IHDR" and exif:
            body = b"eXIf" + exif
            yield struct.pack(">I", len(exif)) + body + struct.pack(">I", zlib.crc32(body))
        at = end


def _webp(content: bytes, exif: bytes) -> bytes:
    kept = []
    for kind, data in _riff_chunks(content):
        if kind == b"VP8X":
            flags = data[0] & ~(_WEBP_EXIF | _WEBP_XMP) | (_WEBP_EXIF if exif else 0)
            kept.append((kind, bytes((flags,)) + data[1:]))
        elif kind in _WEBP_PICTURE:
            kept.append((kind, data))
    kept += [(b"EXIF", exif)] if exif else []
    body = b"".join(kind + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for kind, data in kept)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body


def _riff_chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, end = 12, 8 + int.from_bytes(content[4:8], "little")
    while at + 8 <= min(end, len(content)):
        (length,) = struct.unpack_from("<I", content, at + 4)
        yield content[at : at + 4], content[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def _avif(content: bytes, picture: Image.Image, exif: bytes) -> bytes:
    if picture.getexif().keys() <= {_ORIENTATION} and "xmp" not in picture.info:
        return content
    target = BytesIO()
    profile = picture.info.get("icc_profile", b"")
    picture.save(target, "AVIF", save_all=True, exif=exif, icc_profile=profile, xmp=b"", **_AVIF_OPTIONS)
    return target.getvalue()
