"""A damaged picture is refused with a message that says what to do, wherever an editor uploads it."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import ContentImage
from tests.editing import Editing
from tests.integration.test_picture_metadata import KINDS, photograph

pytestmark = pytest.mark.django_db


# The data that a phone appends to a picture (MPO) may be missing: the picture is still complete.
@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "MPO"])
def test_a_part_of_a_picture_is_refused_and_nothing_stored(editing: Editing, kind: str) -> None:
    content, before = photograph(kind), ContentImage.objects.count()
    for part in (content[: len(content) // 2], content[: len(content) * 9 // 10], content[:40], b"", b"no picture"):
        file = SimpleUploadedFile(f"part.{KINDS[kind]}", part)
        answer = editing.post(reverse("wagtailimages:add"), {"title": "Part", "file": file})
        assert answer.status_code == 200
        assert ContentImage.objects.count() == before
        file = SimpleUploadedFile(f"part.{KINDS[kind]}", part)
        answer = editing.post(reverse("wagtailimages:add_multiple"), {"title": "Part", "files[]": file})
        assert answer.json()["success"] is False
        assert ContentImage.objects.count() == before


@pytest.mark.parametrize(
    ("language", "words"), [("ar", "هذا الملف غير مكتمل"), ("en", "not whole"), ("fr", "incomplet")]
)
def test_the_refusal_is_in_the_editors_language(editing: Editing, language: str, words: str) -> None:
    editing.prefer(language)
    content = photograph("JPEG")
    file = SimpleUploadedFile("part.jpg", content[: len(content) * 9 // 10])
    answer = editing.post(reverse("wagtailimages:add"), {"title": "Part", "file": file})
    assert words in answer.content.decode()
