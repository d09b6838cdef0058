"""A document is refused with a message unless it is what its name says, complete, unlocked and free of programs."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from openpyxl import Workbook
from pypdf import PdfWriter

from core.files.contents import MESSAGES
from core.files.worker import LARGEST_CONTENT, problem_of
from core.models import ContentDocument
from core.processing import limited_process
from tests.editing import Editing
from tests.factories import LANGUAGES, make_document

pytestmark = pytest.mark.django_db

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def pdf(pages: int = 3, password: str = "", owner: str = "") -> bytes:
    writer, file = PdfWriter(), BytesIO()
    for _number in range(pages):
        writer.add_blank_page(200, 200)
    if password or owner:
        writer.encrypt(password, owner or None, algorithm="AES-256")
    writer.write(file)
    return file.getvalue()


def packed(**entries: str | bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return file.getvalue()


def office(part: str, **more: str | bytes) -> bytes:
    return packed(**{"[Content_Types].xml": "<Types/>", part: "<x/>", **more})


def workbook() -> bytes:
    file = BytesIO()
    Workbook().save(file)
    return file.getvalue()


def spoilt() -> bytes:
    """Return an archive in which a letter was changed after packing."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", b"words " * 50)
    return file.getvalue().replace(b"words ", b"lords ", 1)


def odt(**more: str | bytes) -> bytes:
    return packed(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<x/>", **more})


GOOD: dict[str, Callable[[], bytes]] = {
    "a.pdf": pdf,
    "owner.pdf": lambda: pdf(owner="secret"),
    "leading.pdf": lambda: b"junk\n" + pdf(),
    "a.docx": lambda: office("word/document.xml"),
    "a.xlsx": workbook,
    "a.pptx": lambda: office("ppt/presentation.xml"),
    "a.odt": odt,
    "a.ods": lambda: packed(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}),
    "a.json": lambda: b'\xef\xbb\xbf{"a": [1]}',
    "a.geojson": lambda: b'{"type": "FeatureCollection", "features": []}',
    "a.zip": lambda: packed(**{"data.csv": "a,b\n"}),
    "a.rtf": lambda: b"{\\rtf1 words}\n",
    "a.csv": lambda: "أ,ب\n1,2\n".encode("cp1256"),
    "utf-16.csv": lambda: "a\tb\n".encode("utf-16"),
    "a.txt": lambda: b"2 < 3, words",
}
BAD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "page.pdf": ("other", lambda: b"<!doctype html><p>Words</p>"),
    "noise.pdf": ("other", lambda: bytes(range(1, 256)) * 80),
    "part.pdf": ("damaged", lambda: pdf()[:200]),
    "empty.pdf": ("damaged", lambda: pdf(pages=0)),
    "locked.pdf": ("locked", lambda: pdf(password="secret")),
    "drawing.docx": ("other", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
    "archive.docx": ("other", lambda: packed(**{"data.csv": "a"})),
    "sheet.docx": ("other", workbook),
    "old.docx": ("other", lambda: _OLE + b"\0" * 600),
    "locked.xlsx": ("locked", lambda: _OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")),
    "macros.docx": ("macros", lambda: office("word/document.xml", **{"word/vbaProject.bin": b"x"})),
    "macros.xlsx": ("macros", lambda: office("xl/workbook.xml", **{"xl/vbaProject.bin": b"x"})),
    "part.docx": ("damaged", lambda: office("word/document.xml")[:90]),
    "short.odt": ("damaged", lambda: b"PK\x03\x04"),
    "sheet.odt": ("other", workbook),
    "text.ods": ("other", odt),
    "page.json": ("other", lambda: b"<!doctype html><script>"),
    "part.json": ("damaged", lambda: b'{"a": [1'),
    "deep.geojson": ("damaged", lambda: b"[" * 100_000),
    "macros.odt": ("macros", lambda: odt(**{"Basic/Standard/Module1.xml": "<x/>"})),
    "locked.odt": ("locked", lambda: odt(**{"META-INF/manifest.xml": "<encryption-data/>"})),
    "program.zip": ("other", lambda: b"MZ\x90\x00" * 100),
    "spoilt.zip": ("damaged", spoilt),
    "words.rtf": ("other", lambda: b"words"),
    "part.rtf": ("damaged", lambda: b"{\\rtf1 words"),
    "report.csv": ("other", pdf),
    "page.txt": ("other", lambda: b"\xef\xbb\xbf <!DOCTYPE html><script>"),
    "noise.txt": ("other", lambda: b"a\0b"),
}


def upload(editing: Editing, name: str, content: bytes) -> Any:
    data = {"title": name, "file": SimpleUploadedFile(name, content), "collection": "1"}
    return editing.post(reverse("wagtaildocs:add"), data)


@pytest.mark.parametrize("name", GOOD)
def test_document_that_is_what_its_name_says_is_accepted(name: str) -> None:
    problem, pages = problem_of(GOOD[name](), name.rpartition(".")[2])
    assert (problem, pages) == ("", 3 if name.endswith("pdf") else None)


@pytest.mark.parametrize("name", BAD)
def test_other_documents_are_refused_for_what_they_are(name: str) -> None:
    problem, make = BAD[name]
    assert problem_of(make(), name.rpartition(".")[2]) == (problem, None)


def test_every_kind_that_is_allowed_is_looked_into() -> None:
    for extension in settings.WAGTAILDOCS_EXTENSIONS:
        assert problem_of(b"MZ\x90\x00", extension) == ("other", None), extension


@pytest.mark.parametrize("name", ["page.pdf", "part.pdf", "locked.pdf", "macros.docx"])
@pytest.mark.slow
def test_refusal_is_in_the_editors_language_and_nothing_is_stored(editing: Editing, name: str) -> None:
    problem, make = BAD[name]
    before = ContentDocument.objects.count()
    for language in LANGUAGES:
        editing.prefer(language)
        answer = upload(editing, name, make())
        with translation.override("en"):
            english = str(MESSAGES[problem])
        with translation.override(language):
            text = gettext(english)
        assert (text == english) == (language == "en"), "not translated"
        said = unescape(answer.content.decode())
        assert (text % {"extension": "PDF"} if "%" in text else text) in said
    many = {"title": name, "files[]": SimpleUploadedFile(name, make())}
    assert editing.post(reverse("wagtaildocs:add_multiple"), many).json()["success"] is False
    assert ContentDocument.objects.count() == before


def test_good_document_is_stored(editing: Editing) -> None:
    assert upload(editing, "report.pdf", pdf()).status_code == 302
    assert ContentDocument.objects.latest("pk").title == "report.pdf"


def test_empty_file_has_one_reason(editing: Editing) -> None:
    form = upload(editing, "empty.csv", b"").context["form"]
    assert form.errors == {"file": ["The submitted file is empty."]}


def test_file_that_replaces_another_is_looked_into_too(editing: Editing) -> None:
    document = make_document()
    address = reverse("wagtaildocs:edit", args=[document.pk])
    data = {"title": "T", "collection": "1", "file": SimpleUploadedFile("locked.pdf", pdf(password="secret"))}
    assert "file" in editing.post(address, data).context["form"].errors
    # A document whose file stays the same is not checked again.
    assert editing.post(address, {"title": "Another", "collection": "1"}).status_code == 302


@pytest.mark.slow
def test_container_that_unpacks_to_too_much_is_refused_unread() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("a", "w", force_zip64=True) as entry:
        for _number in range(LARGEST_CONTENT // 2**24 + 1):
            entry.write(bytes(2**24))
    assert problem_of(file.getvalue(), "zip") == ("limits", None)


def test_file_that_takes_too_long_is_refused(editing: Editing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limited_process, "LONGEST", 0.01)
    said = unescape(upload(editing, "report.pdf", pdf()).content.decode())
    assert str(MESSAGES["limits"]) in said


def test_document_larger_than_the_proxy_lets_through_is_refused_with_the_limit(editing: Editing) -> None:
    too_large = SimpleUploadedFile("large.txt", b"a" * (settings.WAGTAILDOCS_MAX_UPLOAD_SIZE + 1))
    answer = editing.client.post(reverse("wagtaildocs:add"), {"title": "Large", "file": too_large, "collection": 1})
    assert "24" in str(answer.context["form"].errors["file"])
    assert not ContentDocument.objects.filter(title="Large").exists()
