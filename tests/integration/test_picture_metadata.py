"""No original in the library reveals where, when and with what it was taken, however it was added."""

from __future__ import annotations

import hashlib
import struct
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import ExifTags, Image, ImageChops, ImageCms, ImageOps, PngImagePlugin

from bundles.files import FileLibrary
from core.content_types.references import ImageReference
from core.models import ContentImage
from core.pictures.metadata import without_metadata
from press.releases.page import PressReleasePage
from press.releases.parts import ReleasePicture
from tests.editing import Editing
from tests.factories import make_page
from tests.integration.test_press_kit import kit_of

KINDS = {
    "JPEG": "jpg",
    "progressive": "jpg",
    "MPO": "jpg",
    "PNG": "png",
    "WEBP": "webp",
    "lossless": "webp",
    "AVIF": "avif",
}
CAMERA, PLACE = "Camera of Leila 4711", (33.0, 53.0, 19.12)
TELLING = (CAMERA.encode(), b"GPSLatitude", b"Shelter in Beirut", struct.pack("<II", 1912, 100))
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def drawing() -> Image.Image:
    """Return a picture with a marked corner that shows which way is up."""
    picture = Image.linear_gradient("L").resize((96, 64)).convert("RGB")
    picture.paste((0, 51, 160), (0, 0, 24, 16))
    return picture


def exif(orientation: int) -> Image.Exif:
    """Return Exif data as a phone writes it."""
    values = Image.Exif()
    values[ExifTags.Base.Orientation] = orientation
    values[ExifTags.Base.Make] = values[ExifTags.Base.Model] = CAMERA
    values[ExifTags.Base.DateTime] = "2026:11:24 09:00:00"
    values.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.MakerNote] = CAMERA.encode()
    gps = values.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", PLACE
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", PLACE
    return values


def photograph(kind: str, orientation: int = 1) -> bytes:
    """Return a picture file full of metadata."""
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>GPSLatitude {CAMERA}</x:xmpmeta>".encode()
    options: dict[str, Any] = {"exif": exif(orientation), "xmp": xmp, "icc_profile": PROFILE}
    if kind in ("JPEG", "progressive"):
        options |= {"comment": b"Shelter in Beirut", "progressive": kind == "progressive", "quality": 90}
    elif kind == "MPO":
        options |= {"save_all": True, "append_images": [drawing()], "exif": exif(orientation).tobytes()}
    elif kind == "PNG":
        text = PngImagePlugin.PngInfo()
        text.add_text("Comment", "Shelter in Beirut")
        text.add_itxt("XML:com.adobe.xmp", xmp.decode())
        options = {"exif": exif(orientation), "pnginfo": text, "icc_profile": PROFILE}
    elif kind == "lossless":
        options |= {"lossless": True}
    file = BytesIO()
    drawing().save(file, {"progressive": "JPEG", "lossless": "WEBP"}.get(kind, kind), **options)
    content = file.getvalue()
    if kind == "JPEG":
        caption = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x11Shelter in Beirut"
        segment = b"\xff\xed" + struct.pack(">H", len(caption) + 2) + caption
        preview = b"JFIF\0\1\2\0\0\1\0\1\6\1" + b"Shelter in Beirut!"
        segment += b"\xff\xe0" + struct.pack(">H", len(preview) + 2) + preview
        content = content[:2] + segment + content[2:] + b"after the end: " + CAMERA.encode()
    return content


def upright(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as picture:
        return ImageOps.exif_transpose(picture).convert("RGB")


def assert_tells_nothing(content: bytes) -> None:
    assert not [words for words in TELLING if words in content]
    with Image.open(BytesIO(content)) as picture:
        found = picture.getexif()
        assert found.keys() <= {ExifTags.Base.Orientation}
        assert not found.get_ifd(ExifTags.IFD.GPSInfo)
        assert not {"xmp", "comment", "photoshop", "Comment", "XML:com.adobe.xmp"} & picture.info.keys()
        assert getattr(picture, "n_frames", 1) == 1


@pytest.mark.parametrize("orientation", [1, 6, 8])
@pytest.mark.parametrize("kind", KINDS)
def test_metadata_goes_and_the_picture_stays_as_it_looks(kind: str, orientation: int) -> None:
    content = photograph(kind, orientation)
    assert any(words in content for words in TELLING), "the photograph tells something"
    cleaned = without_metadata(content)
    assert_tells_nothing(cleaned)
    before, after = upright(content), upright(cleaned)
    assert before.size == after.size == ((96, 64) if orientation == 1 else (64, 96))
    difference = max(high for _low, high in ImageChops.difference(before, after).getextrema())  # type: ignore[misc]
    assert difference <= (8 if kind == "AVIF" else 0)
    with Image.open(BytesIO(cleaned)) as picture:
        assert picture.info["icc_profile"] == PROFILE
    assert without_metadata(cleaned) == cleaned


def animated(kind: str) -> bytes:
    file = BytesIO()
    drawing().save(file, kind, save_all=True, append_images=[drawing().rotate(180)], duration=100)
    return file.getvalue()


def saved(kind: str, picture: Image.Image, **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        saved("JPEG", drawing()),
        saved("JPEG", drawing(), progressive=True, icc_profile=PROFILE),
        saved("JPEG", drawing().convert("CMYK")),
        saved("PNG", drawing().convert("P"), transparency=0),
        saved("WEBP", drawing()),
        saved("AVIF", drawing()),
        animated("PNG"),
        animated("WEBP"),
    ],
)
def test_a_picture_that_tells_nothing_stays_byte_for_byte(content: bytes) -> None:
    assert without_metadata(content) == content


@pytest.mark.parametrize("kind", ["JPEG", "progressive", "PNG", "WEBP"])
def test_a_picture_that_is_cut_off_tells_nothing_either(kind: str) -> None:
    content = photograph(kind, 6)
    for length in range(40, len(content), 97):
        try:
            cleaned = without_metadata(content[:length])
        except (OSError, SyntaxError):
            continue  # Pillow does not accept it as a picture
        assert not [words for words in TELLING if words in cleaned]


def stored(title: str) -> bytes:
    """Return the original of a picture; fail unless the library's hash and size of it are right."""
    image = ContentImage.objects.get(title=title)
    with image.open_file() as file:
        content: bytes = file.read()
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    assert (image.file_hash, image.file_size) == (digest, len(content))
    return content


@pytest.mark.django_db
def test_a_picture_uploaded_or_replaced_by_an_editor_tells_nothing(editing: Editing) -> None:
    file = SimpleUploadedFile("photograph.jpg", photograph("JPEG", 6), "image/jpeg")
    assert editing.post(reverse("wagtailimages:add"), {"title": "Photograph", "file": file}).status_code == 302
    assert_tells_nothing(stored("Photograph"))
    image = ContentImage.objects.get(title="Photograph")
    rendition = image.get_rendition("width-32")
    assert rendition.height > rendition.width, "it is shown upright"

    file = SimpleUploadedFile("other.png", photograph("PNG"), "image/png")
    address = reverse("wagtailimages:edit", args=[image.pk])
    assert editing.post(address, {"title": "Photograph", "file": file}).status_code == 302
    assert_tells_nothing(stored("Photograph"))
    with Image.open(BytesIO(stored("Photograph"))) as picture:
        assert picture.format == "PNG"


@pytest.mark.django_db
def test_a_picture_of_a_bundle_tells_nothing_and_is_known_again(tmp_path: Path) -> None:
    path = tmp_path / "from-a-telephone.jpg"
    path.write_bytes(photograph("MPO", 6))
    reference = ImageReference(path.name)
    first = FileLibrary().image(path, reference)
    assert_tells_nothing(stored("from-a-telephone"))
    assert FileLibrary().image(path, reference) == first


@pytest.mark.django_db
def test_no_picture_of_a_press_kit_tells_where_it_was_taken(client: Client, editing: Editing) -> None:
    file = SimpleUploadedFile("photograph.jpg", photograph("JPEG"), "image/jpeg")
    editing.post(
        reverse("wagtailimages:add"),
        {"title": "Photograph", "file": file, "credit": "IOM 2026 / Name", "cleared_for_press": "on"},
    )
    page = make_page(PressReleasePage, "en")
    page.pictures = [ReleasePicture(image=ContentImage.objects.get(title="Photograph"), alt="A", caption="B")]
    page.save_revision().publish()
    pictures = [content for name, content in kit_of(client, page)[1].items() if name.startswith("pictures/")]
    assert len(pictures) == 1
    assert_tells_nothing(pictures[0])
