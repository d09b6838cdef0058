"""Convert the blocks of a body to Markdown: the reverse of `bundles.markdown_reader`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import yaml
from wagtail.admin.rich_text.converters.markdown_db import MarkdownConverter

from core.blocks.rich_text import RICH_TEXT_FEATURES
from core.content_types.references import DocumentReference, ImageReference, PageReference, Reference
from core.text.hidden_characters import without_hidden

from .scripts import scripts_of_html

# A function that returns the path of a stored id in the bundle, or None if it is not part of the bundle.
Locate = Callable[[Reference, int], str | None]

_CONVERTER = MarkdownConverter(RICH_TEXT_FEATURES)
_REFERENCE = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]\(wagtail://(page|document)\?id=(\d+)[^)]*\)")
# Text that looks like a character reference would be read back as one.
_CHARACTER_REFERENCE = re.compile(r"&(?=#?\w+;)")
# Signs that have a meaning in other kinds of Markdown and that bundles.unsupported refuses.
_SIGNS_OF_OTHERS = re.compile(r"(\\.)|[~^{]|=(?==)", re.DOTALL)
_FENCE_NAMES = {
    "key_figures": "key-figures", "quote": "quote", "table": "table", "notice": "notice", "embed": "embed",
    "call_to_action": "call-to-action", "related_pages": "related", "documents": "documents", "image": "image",
}  # fmt: skip


class _Dumper(yaml.SafeDumper):
    """Safe YAML without hidden characters, which a bundle must not contain."""


_Dumper.add_representer(str, lambda dumper, text: yaml.SafeDumper.represent_str(dumper, without_hidden(text)))


def dump_yaml(data: Any) -> str:
    """Return YAML as a person would write it: keys in their order, letters unescaped, lines not folded."""
    return str(yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000))


class MarkdownWriter:
    """Writes one body. `locate` returns the path of a page, picture or document in the bundle."""

    def __init__(self, locate: Locate) -> None:
        self.locate = locate

    def write(self, raw: list[dict[str, Any]]) -> str:
        """Return the Markdown for `raw`: raw StreamField data as returned by `bundles.stored_body.comparable`."""
        parts = [self._block(item["type"], item["value"]) for item in raw]
        return without_hidden("\n\n".join(part for part in parts if part)) + "\n"

    def _block(self, name: str, value: Any) -> str:
        if name == "rich_text":
            return self._rich_text(value)
        if name == "heading":
            return f"{'#' * int(value['level'])} {_escaped(value['text'])}"
        data = getattr(self, f"_{name}")(value) if hasattr(self, f"_{name}") else value
        fence = "`" * max(3, _longest_run(str(data)) + 1)
        return f"{fence}{_FENCE_NAMES[name]}\n{dump_yaml(_without_empty(data))}{fence}" if data else ""

    def _rich_text(self, html: str) -> str:
        markdown = _CHARACTER_REFERENCE.sub(r"\\&", _CONVERTER.from_database_format(html, resolved=False).strip("\n"))
        return _REFERENCE.sub(self._link, scripts_of_html(_without_signs_of_others(markdown)))

    def _link(self, match: re.Match[str]) -> str:
        """Return a link to a page or document, or only its text if the target is not in the bundle."""
        text, kind, number = match.groups()
        path = self.locate(PageReference("") if kind == "page" else DocumentReference(""), int(number))
        return f"[{text}]({path})" if path else text

    def _image(self, value: Any) -> Any:
        image = value["image"]
        path = self.locate(ImageReference(""), image["image"]) if image and image.get("image") else None
        if not path:
            return None
        return {
            "image": path,
            "alt": image["alt_text"],
            "decorative": image["decorative"],
            "caption": value["caption"],
        }

    def _notice(self, value: Any) -> Any:
        return {**value, "text": self._rich_text(value["text"])}

    def _table(self, value: Any) -> Any:
        rows = [[cell or "" for cell in row] for row in value.get("data", [])]
        has_header = value.get("table_header_choice") in ("row", "both")
        return {
            "caption": value.get("table_caption") or "",
            "header": rows[0] if has_header and rows else [],
            "first_column_is_header": value.get("table_header_choice") in ("column", "both"),
            "rows": rows[1:] if has_header else rows,
        }

    def _call_to_action(self, value: Any) -> Any:
        link = value.get("url") or (f"mailto:{value['email']}" if value.get("email") else "")
        link = link or (self.locate(PageReference(""), value["page"]) if value.get("page") else "")
        return {"text": value["text"], "label": value["label"], "link": link} if link else None

    def _related_pages(self, value: Any) -> Any:
        paths = [self.locate(PageReference(""), page) for page in value["pages"] if page]
        known = [path for path in paths if path]
        return {"title": value["title"], "pages": known} if known else None

    def _documents(self, value: Any) -> Any:
        files = [
            {"file": self.locate(DocumentReference(""), item["document"]), "title": item["title"]}
            for item in value["files"]
            if item.get("document")
        ]
        known = [item for item in files if item["file"]]
        return {"title": value["title"], "files": known} if known else None


def _escaped(text: str) -> str:
    """Return plain text escaped so that Markdown reads it back unchanged."""
    return _without_signs_of_others(re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", text))


def _without_signs_of_others(markdown: str) -> str:
    """Return Markdown with a backslash before each of those signs, unless there is one already."""
    return _SIGNS_OF_OTHERS.sub(lambda match: match[0] if match[1] else f"\\{match[0]}", markdown)


def _longest_run(text: str) -> int:
    """Return the length of the longest run of backticks."""
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def _without_empty(data: Any) -> Any:
    """Return a mapping without keys whose value is empty or false."""
    return (
        {key: value for key, value in data.items() if value not in ("", None, False, [])}
        if isinstance(data, dict)
        else data
    )
