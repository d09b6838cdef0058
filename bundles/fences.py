"""The fenced blocks of a body: their YAML is validated and becomes the value of a block.

A value contains references (core.content_types.references) in the places where the stored block has ids.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, StringConstraints

from core.blocks.table import table_value
from core.content_types.front_matter import FileOfBundle
from core.content_types.references import ImageReference, page_reference
from core.links.web_addresses import is_web_address

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Short = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=160)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=255)]
RichText = Callable[[str], str]


class _Fence(BaseModel):
    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)


class KeyFigure(_Fence):
    value: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    label: Short
    as_of: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=40)]
    source: Short


class KeyFigures(RootModel[Annotated[list[KeyFigure], Field(min_length=1, max_length=6)]]):
    def block_value(self, rich_text: RichText) -> Any:
        return [figure.model_dump() for figure in self.root]


class Quote(_Fence):
    text: Text
    attribution: Line = ""

    def block_value(self, rich_text: RichText) -> Any:
        return self.model_dump()


class Table(_Fence):
    caption: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)] = ""
    header: list[str] = []
    first_column_is_header: bool = False
    rows: Annotated[list[list[str]], Field(min_length=1)]

    def block_value(self, rich_text: RichText) -> Any:
        rows = [self.header, *self.rows] if self.header else self.rows
        return table_value(rows, bool(self.header), self.caption, self.first_column_is_header)


class Notice(_Fence):
    kind: Literal["info", "warning"] = "info"
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)] = ""
    text: Text

    def block_value(self, rich_text: RichText) -> Any:
        return {"kind": self.kind, "title": self.title, "text": rich_text(self.text)}


class CallToAction(_Fence):
    text: Line = ""
    label: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]
    link: Text

    def block_value(self, rich_text: RichText) -> Any:
        page = page_reference(self.link)
        email = self.link.removeprefix("mailto:") if self.link.startswith("mailto:") else ""
        if not page and not email and not is_web_address(self.link):
            raise ValueError("link: name a content (pages/contact.md), https://… or mailto:…")
        url = "" if page or email else self.link
        return {"text": self.text, "label": self.label, "page": page, "url": url, "email": email}


class Related(_Fence):
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)] = ""
    pages: Annotated[list[str], Field(min_length=1)]

    def block_value(self, rich_text: RichText) -> Any:
        references = [page_reference(path) for path in self.pages]
        wrong = [path for path, reference in zip(self.pages, references, strict=True) if not reference]
        if wrong:
            raise ValueError(f"pages: “{wrong[0]}” does not name a content; write news/title.md")
        return {"title": self.title, "pages": references}


class Documents(_Fence):
    title: Annotated[str, StringConstraints(strip_whitespace=True, max_length=160)] = ""
    files: Annotated[list[FileOfBundle], Field(min_length=1)]

    def block_value(self, rich_text: RichText) -> Any:
        files = [{"document": item.reference(), "title": item.title} for item in self.files]
        return {"title": self.title, "files": files}


class Embed(_Fence):
    url: Text
    title: Short
    description: Line = ""

    def block_value(self, rich_text: RichText) -> Any:
        if not self.url.startswith(("https://", "http://")):
            raise ValueError("url: write an address that starts with https://")
        return self.model_dump()


class Image(_Fence):
    image: Text
    alt: Line = ""
    decorative: bool = False
    caption: Line = ""

    def block_value(self, rich_text: RichText) -> Any:
        return image_value(self.image, self.alt, self.caption, self.decorative)


# Fence name -> (block name, model).
FENCES: dict[str, tuple[str, type[BaseModel]]] = {
    "key-figures": ("key_figures", KeyFigures),
    "quote": ("quote", Quote),
    "table": ("table", Table),
    "notice": ("notice", Notice),
    "call-to-action": ("call_to_action", CallToAction),
    "related": ("related_pages", Related),
    "documents": ("documents", Documents),
    "embed": ("embed", Embed),
    "image": ("image", Image),
}


def image_value(path: str, alt: str, caption: str, decorative: bool = False) -> dict[str, Any]:
    """Return the stored value of an image block. Raise ValueError without `alt`, unless `decorative`."""
    if not alt and not decorative:
        raise ValueError("say in `alt` what the picture shows, or write `decorative: true`")
    image = {"image": ImageReference(path), "decorative": decorative, "alt_text": alt}
    return {"image": image, "caption": caption}
