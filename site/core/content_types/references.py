"""References in the files of a bundle, before they are resolved to rows of the database."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import unquote

from core.languages.declared import LANGUAGE_CODES


@dataclass(frozen=True)
class PageReference:
    """Another content of the bundle, such as programmes/research."""

    path: str


@dataclass(frozen=True)
class ImageReference:
    """A picture, by its path in the bundle, with its credit and rights if the press may use it."""

    path: str
    credit: str = ""
    copyright_notice: str = ""
    cleared_for_press: bool = False


@dataclass(frozen=True)
class DocumentReference:
    """A file, by its path in the bundle, with its title and language."""

    path: str
    title: str = ""
    language: str = ""


Reference = PageReference | ImageReference | DocumentReference
# In rich text, the address of a link to a content or a file of the bundle that is not resolved yet.
BUNDLE_SCHEME = "bundle:"
_BUNDLE_LINK = re.compile(rf'<a href="{BUNDLE_SCHEME}([^"]+)">')
# A path to a content: an optional way up, a kind, a stem, an optional language.
_CONTENT_PATH = re.compile(rf"(?:\.{{1,2}}/)*([a-z]+/[a-z0-9-]+)(?:\.(?:{'|'.join(LANGUAGE_CODES)}))?\.md")


def page_reference(address: str) -> PageReference | None:
    """Return the content that `address` names (programmes/research.md, ../programmes/research.en.md), if any."""
    match = _CONTENT_PATH.fullmatch(address)
    return PageReference(match[1]) if match else None


def file_path(address: str) -> str:
    """Return a path in the bundle without the leading `../` that a file in a sub-folder writes."""
    path = posixpath.normpath(address)
    while path.startswith("../"):
        path = path[3:]
    return path


def _linked(address: str) -> Reference:
    path = unquote(unescape(address))
    return DocumentReference(path) if path.startswith("files/") else PageReference(path)


def references_in(value: Any) -> Iterator[Reference]:
    """Yield the references in a block's value, at any depth."""
    if isinstance(value, Reference):
        yield value
    elif isinstance(value, str):
        yield from (_linked(match[1]) for match in _BUNDLE_LINK.finditer(value))
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from references_in(item)


def resolved(value: Any, resolve: Callable[[Reference], int | None]) -> Any:
    """Return the value with ids in place of references; links become links to pages and documents."""
    if isinstance(value, Reference):
        return resolve(value)
    if isinstance(value, dict):
        return {key: resolved(item, resolve) for key, item in value.items()}
    if isinstance(value, list):
        return [resolved(item, resolve) for item in value]
    if not isinstance(value, str):
        return value

    def link(match: re.Match[str]) -> str:
        reference = _linked(match[1])
        kind = "document" if isinstance(reference, DocumentReference) else "page"
        return f'<a linktype="{kind}" id="{resolve(reference)}">'

    return _BUNDLE_LINK.sub(link, value)
