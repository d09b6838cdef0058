"""Convert what stands inside a line of Markdown: emphasis, links, raised and lowered characters."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from html import escape

from markdown_it.token import Token

from core.content_types.references import BUNDLE_SCHEME, file_path, page_reference
from core.links.web_addresses import is_web_address
from core.text.hidden_characters import hidden_characters

from .unsupported import inline_problems, plain_text

_SPACES = re.compile(r"[ \t]+")
_INLINE_TAGS = {
    "strong_open": "<b>", "strong_close": "</b>", "em_open": "<i>", "em_close": "</i>", "link_close": "</a>",
    "softbreak": " ", "hardbreak": "<br/>", "sup_open": "<sup>", "sup_close": "</sup>", "sub_open": "<sub>",
    "sub_close": "</sub>",
}  # fmt: skip


class InlineReader:
    """Reads the inline tokens of one body, which begins on `first_line` of its file; `report` gets what is wrong."""

    def __init__(self, first_line: int, report: Callable[[int, str], None]) -> None:
        self.first_line = first_line
        self._report = report

    def html(self, inline: Token, line: int) -> str:
        """Return the text of an inline token as rich text."""
        html = ""
        self._check_inline(inline, line)
        for token in inline.children or []:
            if token.type in ("text", "text_special"):
                html += escape(_SPACES.sub(" ", token.content), quote=False)
            elif token.type == "link_open":
                html += f'<a href="{escape(self._link(str(token.attrs["href"]), line))}">'
            elif token.type in _INLINE_TAGS:
                html += _INLINE_TAGS[token.type]
            elif token.type == "image":
                self._report(line, "a picture stands in a paragraph of its own")
        return html

    def plain_text(self, inline: Token, line: int, where: str) -> str:
        """Return the text of an inline token in a place that shows only plain text."""
        text, problems = plain_text(inline.children or [], where)
        first_line = self._check_inline(inline, line)
        self._report_all(problems, first_line)
        return text

    def _check_inline(self, inline: Token, line: int) -> int:
        """Report unsupported syntax in an inline token; return the line on which it begins."""
        first_line = self.first_line + inline.map[0] if inline.map else line
        self._report_all(inline_problems(inline.children or []), first_line)
        words = "".join("\n" if child.type.endswith("break") else child.content for child in inline.children or [])
        self._report_all(hidden_characters(words), first_line)
        return first_line

    def _link(self, address: str, line: int) -> str:
        page = page_reference(address)
        if page:
            return f"{BUNDLE_SCHEME}{page.path}"
        if file_path(address).startswith("files/"):
            return f"{BUNDLE_SCHEME}{file_path(address)}"
        if not is_web_address(address):
            self._report(
                line,
                f"“{address}” is not a link: write news/title.md, files/…, https://…, mailto:… or tel:…",
            )
        return address

    def _report_all(self, problems: Iterable[tuple[int, str]], first_line: int) -> None:
        for line, message in problems:
            self._report(first_line + line, message)
