"""If a disk is full or read-only, the editor gets a message, nothing is half stored, and readers still see pages."""

from __future__ import annotations

import errno
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as site_settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation
from lxml import html
from PIL import Image

from core.middleware import NO_ROOM
from core.models import ContentDocument, ContentImage
from tests.editing import Editing
from tests.factories import LANGUAGES

pytestmark = pytest.mark.django_db


def stored_files() -> set[Path]:
    return {path for path in Path(site_settings.MEDIA_ROOT).rglob("*") if path.is_file()}


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk as on Linux: a file can be created, but nothing can be written to it."""

    def save(storage: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", save)


def picture() -> SimpleUploadedFile:
    file = BytesIO()
    Image.new("RGB", (64, 36), "teal").save(file, "PNG")
    return SimpleUploadedFile("picture.png", file.getvalue(), "image/png")


def document() -> SimpleUploadedFile:
    return SimpleUploadedFile("data.csv", b"a,b\n1,2\n", "text/csv")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "make"), [("wagtailimages:add", picture), ("wagtaildocs:add", document)])
def test_an_editor_is_told_that_there_is_no_room(
    editing: Editing, full_disk: None, language: str, name: str, make: Any
) -> None:
    before = stored_files(), ContentImage.objects.count(), ContentDocument.objects.count()
    editing.prefer(language)
    with translation.override(language):
        sentence = str(NO_ROOM)
    assert (sentence == str(NO_ROOM)) == (language == "en"), "not translated"
    address = reverse(name)
    data = {"title": "A file", "file": make(), "collection": "1"}
    answer = editing.post(address, data, headers={"Referer": f"http://testserver{address}"}, follow=True)
    assert answer.status_code == 200
    assert sentence in html.fromstring(answer.content).text_content()
    assert (stored_files(), ContentImage.objects.count(), ContentDocument.objects.count()) == before


def test_who_uploads_many_is_told_beside_the_file(editing: Editing, full_disk: None) -> None:
    data = {"title": "A file", "files[]": document()}
    headers = {"Accept": "application/json", "X-Requested-With": "XMLHttpRequest"}
    answer = editing.post(reverse("wagtaildocs:add_multiple"), data, headers=headers)
    assert (answer.status_code, answer.json()["success"]) == (200, False)
    assert answer.json()["error_message"] == str(NO_ROOM)


def test_a_picture_for_social_networks_is_drawn_where_it_cannot_be_kept(client: Client, full_disk: None) -> None:
    page = html.fromstring(client.get("/en/").content)
    [address] = page.xpath("//meta[@property='og:image']/@content")
    answer = client.get(address.removeprefix(site_settings.BASE_URL).removeprefix("http://testserver"))
    assert answer.status_code == 200
    with Image.open(BytesIO(b"".join(answer) if answer.streaming else answer.content)) as drawn:
        assert drawn.format == "JPEG"


def test_other_errors_of_files_stay_errors(editing: Editing, monkeypatch: pytest.MonkeyPatch) -> None:
    def save(*_: object) -> str:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr(FileSystemStorage, "_save", save)
    with pytest.raises(OSError, match="Bad file descriptor"):
        editing.post(reverse("wagtaildocs:add"), {"title": "A file", "file": document(), "collection": "1"})
