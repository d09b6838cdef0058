"""Every accepted picture can be shown in every size, upright and in its colours; others are refused with a message."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from PIL import ExifTags, Image, ImageCms, ImageDraw
from pillow_heif import from_pillow

from bundles.files import FileLibrary, check_image
from bundles.prepared_files import PreparedFiles
from core.content_types.references import ImageReference
from core.models import ContentImage
from core.pictures import preparation
from core.pictures.renditions import ALL_RENDITIONS
from core.processing import limited_process
from tests.editing import Editing
from tests.factories import LANGUAGES

pytestmark = pytest.mark.django_db

# The left quarter is red, the rest is blue.
RED, BLUE = (200, 30, 30), (30, 30, 200)


def drawing(mode: str = "RGB", size: tuple[int, int] = (640, 480)) -> Image.Image:
    picture = Image.new("RGB", size, BLUE)
    ImageDraw.Draw(picture).rectangle((0, 0, size[0] // 4, size[1]), RED)
    return picture.convert(mode)


def encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def turned(kind: str) -> bytes:
    """Return a picture as a phone held upright writes it: when it is shown, the red quarter is at the top."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    return encoded(drawing(), kind, exif=exif.tobytes())


def heic() -> bytes:
    file = BytesIO()
    from_pillow(drawing()).save(file, quality=90)
    return file.getvalue()


def moving(kind: str) -> bytes:
    return encoded(drawing(), kind, save_all=True, append_images=[drawing().rotate(180)])


def with_cmyk_profile() -> bytes:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(drawing("CMYK"), "JPEG", icc_profile=profile)


ACCEPTED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "sixteen bits of grey": ("grey.png", lambda: encoded(Image.new("I;16", (640, 480), 30_000), "PNG")),
    "CMYK": ("print.jpg", lambda: encoded(drawing("CMYK"), "JPEG")),
    "CMYK with a profile that is not of CMYK": ("profile.jpg", with_cmyk_profile),
    "moving WebP": ("moving.webp", lambda: moving("WEBP")),
    "moving PNG": ("moving.png", lambda: moving("PNG")),
    "turned JPEG": ("turned.jpg", lambda: turned("JPEG")),
    "turned PNG": ("turned.png", lambda: turned("PNG")),
    "transparent": ("logo.png", lambda: encoded(Image.new("RGBA", (640, 480), (0, 0, 0, 0)), "PNG")),
    "palette": ("palette.png", lambda: encoded(drawing("P"), "PNG", transparency=0)),
    "one bit": ("fax.tif", lambda: encoded(drawing("1"), "TIFF")),
    "scan": ("scan.TIFF", lambda: encoded(drawing(), "TIFF", compression="tiff_lzw")),
    "HEIC": ("IMG_0001.HEIC", heic),
    "HEIC that is called JPEG": ("IMG_0002.jpg", heic),
    "very small": ("dot.png", lambda: encoded(drawing(size=(1, 1)), "PNG")),
}
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "too many pixels": (
        "wall.png",
        lambda: encoded(Image.new("1", (9000, 9000)), "PNG"),
        "This picture has more than %(millions)s million pixels. Make it smaller and choose it again.",
    ),
    "bomb": (
        "bomb.png",
        lambda: encoded(Image.new("1", (30_000, 30_000)), "PNG"),
        "This picture has more than %(millions)s million pixels. Make it smaller and choose it again.",
    ),
    "truncated": (
        "part.tif",
        lambda: encoded(drawing(), "TIFF")[:20_000],
        "This file is not whole: a part of the picture is missing or broken. Save it again, then choose it again.",
    ),
    "no picture": (
        "page.jpg",
        lambda: b"<!doctype html><p>Words</p>",
        "This file is not a picture of a kind that can be shown here. Save it as JPEG or PNG, then choose it again.",
    ),
    "GIF that is called PNG": (
        "moving.png",
        lambda: moving("GIF"),
        "This file is not a picture of a kind that can be shown here. Save it as JPEG or PNG, then choose it again.",
    ),
}


def upload(editing: Editing, name: str, content: bytes) -> Any:
    return editing.post(reverse("wagtailimages:add"), {"title": name, "file": SimpleUploadedFile(name, content)})


def assert_refused(editing: Editing, name: str, content: bytes, message: str) -> None:
    before = ContentImage.objects.count()
    for language in LANGUAGES:
        editing.prefer(language)
        said = unescape(upload(editing, name, content).content.decode())
        with translation.override(language):
            text = gettext(message)
        assert (text == message) == (language == "en"), "not translated"
        assert text % {"millions": 50} in said if "%" in text else text in said
    assert ContentImage.objects.count() == before


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_is_accepted_is_shown_in_every_size(editing: Editing, case: str) -> None:
    name, make = ACCEPTED[case]
    answer = upload(editing, name, make())
    assert answer.status_code == 302, answer.context["form"].errors
    image = ContentImage.objects.latest("pk")
    assert image.file_extension in ("jpg", "png", "webp")
    with Image.open(image.file.path) as stored:
        assert stored.mode in ("1", "L", "LA", "P", "RGB", "RGBA")
        assert stored.size == (image.width, image.height)
        assert not dict(stored.getexif())
    renditions = image.get_renditions(*ALL_RENDITIONS)
    assert len(renditions) == len(ALL_RENDITIONS)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_picture_is_turned_once_so_that_the_focal_point_is_where_it_was_set(editing: Editing, kind: str) -> None:
    upload(editing, f"turned.{'jpg' if kind == 'JPEG' else kind.lower()}", turned(kind))
    image = ContentImage.objects.latest("pk")
    assert (image.width, image.height) == (480, 640)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 240, 20, 40, 40
    image.save()
    [rendition] = image.get_renditions("fill-100x50-c100|format-png").values()
    with Image.open(rendition.file.path) as shown:
        red, _green, blue = shown.convert("RGB").getpixel((50, 5))  # type: ignore[misc]
    assert red > blue, "the red quarter is at the top"


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_shown_is_refused_in_the_editors_language(editing: Editing, case: str) -> None:
    name, make, message = REFUSED[case]
    assert_refused(editing, name, make(), message)


@pytest.mark.parametrize(
    ("limit", "value", "make"),
    [
        # The least that Linux counts is a second.
        ("SECONDS", 0, lambda: encoded(Image.effect_noise((2500, 2500), 90), "PNG")),
        ("MEMORY", 180 * 1024 * 1024, lambda: encoded(drawing(size=(7000, 6000)), "PNG")),
        ("LONGEST", 0.01, lambda: encoded(drawing(), "PNG")),
    ],
)
def test_what_needs_more_than_the_limits_is_refused(
    editing: Editing,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    limit: str,
    value: float,
    make: Callable[[], bytes],
) -> None:
    source = Path(limited_process.__file__).parents[1]
    for name in ("__init__", "pictures/__init__", "pictures/worker", "pictures/metadata", "processing/__init__"):
        copied = tmp_path / "core" / f"{name}.py"
        copied.parent.mkdir(parents=True, exist_ok=True)
        copied.write_text((source / f"{name}.py").read_text())
    lines = (source / "processing/limited_process.py").read_text().split("\n")
    changed = [f"{limit} = {value}" if line.startswith(f"{limit} = ") else line for line in lines]
    (tmp_path / "core/processing/limited_process.py").write_text("\n".join(changed))
    monkeypatch.setattr(limited_process, "_SOURCE_ROOT", tmp_path)
    monkeypatch.setattr(limited_process, limit, value)
    message = "This picture takes too long or too much memory to be made ready for the site. Save it again, smaller, then choose it again."  # noqa: E501
    assert_refused(editing, "large.png", make(), message)


def test_the_worker_imports_nothing_of_django() -> None:
    program = "import sys, core.pictures.worker; sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    subprocess.run([sys.executable, "-c", program], cwd=limited_process._SOURCE_ROOT, check=True)


def test_limits_are_those_of_the_worker_alone() -> None:
    assert resource.getrlimit(resource.RLIMIT_AS)[0] != limited_process.MEMORY


def test_picture_of_a_bundle_is_made_ready_too_and_found_again(tmp_path: Path) -> None:
    for name, content in {"grey.png": ACCEPTED["sixteen bits of grey"][1](), "turned.jpg": turned("JPEG")}.items():
        (tmp_path / name).write_bytes(content)
        library = FileLibrary()
        image = library.image(tmp_path / name, ImageReference(name))
        assert image.get_renditions(*ALL_RENDITIONS)
        assert library.image(tmp_path / name, ImageReference(name)) == image
        assert library.added == 1


def test_pictures_of_a_bundle_are_made_ready_within_limits_and_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The load reuses the results of the check."""
    path = tmp_path / "a.png"
    path.write_bytes(encoded(drawing(), "PNG"))
    asked: list[str] = []
    ask = limited_process.ask

    def count(module: str, *arguments: str, content: bytes) -> bytes:
        asked.append(module)
        return ask(module, *arguments, content=content)

    monkeypatch.setattr(preparation, "ask", count)
    prepared = PreparedFiles()
    assert check_image(path, prepared) == ""
    image = FileLibrary(prepared).image(path, ImageReference(path.name))
    assert check_image(path, PreparedFiles()) == ""
    assert asked == ["core.pictures.worker"], "what the library has is not inspected again"
    image.delete()
    monkeypatch.setattr(limited_process, "LONGEST", 0.01)
    assert check_image(path, PreparedFiles()).startswith("takes too long")
