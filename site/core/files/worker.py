"""Check a document in a process of its own, within limits: `python -m core.files.worker pdf`, file on stdin.

The module imports pypdf and nothing of Django. On stdout it writes JSON: `problem`, one of PROBLEMS or empty, and
`pages` of a PDF file. A file proves its type by opening as what its name promises: judged by its first bytes, a DOCX is
a ZIP.
"""

from __future__ import annotations

import json
import sys
import zipfile
import zlib
from collections.abc import Set
from io import BytesIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from core.processing.limited_process import keep_limits

PROBLEMS = ("other", "damaged", "locked", "macros", "limits")
# The most bytes that a container may unpack to.
LARGEST_CONTENT = 500 * 1024 * 1024
# The part that identifies each kind of Office file.
_MAIN_PARTS = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
_OPEN_DOCUMENT = {
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "odt": b"application/vnd.oasis.opendocument.text",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Office stores a locked file in a stream of this name.
_LOCKED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ENCRYPTED_ENTRY = 0x1
# Bytes that text never begins with.
_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"MZ", b"\x7fELF", _OLE, b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MARKUP = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?xml")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
# What pypdf raises for a damaged file, including its own errors.
_DAMAGED = (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)


def problem_of(content: bytes, extension: str) -> tuple[str, int | None]:
    """Return why a document may not be published (one of PROBLEMS; empty for a good one), and its number of pages."""
    match extension:
        case "pdf":
            return _pdf(content)
        case "docx" | "xlsx" | "pptx" | "ods" | "odt" | "zip":
            return _container(content, extension), None
        case "rtf":
            return _rtf(content), None
        case "csv" | "txt":
            return _text(content), None
        case "json" | "geojson":
            return _text(content) or _json(content), None
    return "", None


def _pdf(content: bytes) -> tuple[str, int | None]:
    if b"%PDF-" not in content[:1024]:
        return "other", None
    try:
        reader = PdfReader(BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            return "locked", None
        pages = len(reader.pages)
    except _DAMAGED:
        return "damaged", None
    return ("", pages) if pages else ("damaged", None)


def _container(content: bytes, extension: str) -> str:
    if content.startswith(_OLE):
        return "locked" if _LOCKED_STREAM in content else "other"
    if not content.startswith(b"PK"):
        return "other"
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return _archive(archive, extension)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, zlib.error):
        return "damaged"


def _archive(archive: zipfile.ZipFile, extension: str) -> str:
    entries = {entry.filename: entry for entry in archive.infolist()}
    if sum(entry.file_size for entry in entries.values()) > LARGEST_CONTENT:
        return "limits"
    if any(entry.flag_bits & _ENCRYPTED_ENTRY for entry in entries.values()):
        return "locked"
    if archive.testzip():
        return "damaged"
    if extension in _MAIN_PARTS:
        return _office(archive, entries.keys(), _MAIN_PARTS[extension])
    return _open_document(archive, entries.keys(), _OPEN_DOCUMENT[extension]) if extension in _OPEN_DOCUMENT else ""


def _office(archive: zipfile.ZipFile, names: Set[str], main_part: str) -> str:
    if main_part not in names or "[Content_Types].xml" not in names:
        return "other"
    has_macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return "macros" if has_macros or b"macroEnabled" in archive.read("[Content_Types].xml") else ""


def _open_document(archive: zipfile.ZipFile, names: Set[str], media_type: bytes) -> str:
    if "mimetype" not in names or archive.read("mimetype").strip() != media_type:
        return "other"
    if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        return "locked"
    return "macros" if any(name.startswith(("Basic/", "Scripts/")) for name in names) else ""


def _rtf(content: bytes) -> str:
    if not content.startswith(b"{\\rtf"):
        return "other"
    return "" if content.rstrip(b"\0\r\n\t ").endswith(b"}") else "damaged"


def _text(content: bytes) -> str:
    beginning = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    is_other = content.startswith(_NO_TEXT) or beginning.startswith(_MARKUP)
    return "other" if is_other or (b"\0" in content and not content.startswith(_UTF_16)) else ""


def _json(content: bytes) -> str:
    try:
        json.loads(content)
    except (RecursionError, ValueError):
        return "damaged"
    return ""


def main() -> None:
    keep_limits()
    try:
        problem, pages = problem_of(sys.stdin.buffer.read(), sys.argv[1])
    except MemoryError:
        problem, pages = "limits", None
    sys.stdout.write(json.dumps({"problem": problem, "pages": pages}))


if __name__ == "__main__":
    main()
