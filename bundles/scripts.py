"""Superscript and subscript in Markdown: km^2^ and H~2~O, as in Pandoc. Neither may contain a space."""

from __future__ import annotations

import re
from collections.abc import Callable

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

_SIGNS = {"^": "sup", "~": "sub"}
_HTML = re.compile(r"(?<!\\)<(sup|sub)>(.*?)(?<!\\)</\1>")
# Wagtail's writer ends bold before a superscript or subscript and starts it again.
_BOLD_TWICE = re.compile(r"\*{4}(?=<su[pb]>)|(?<=</su[pb]>)\*{4}")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def add_scripts(parser: MarkdownIt) -> MarkdownIt:
    """Add the two signs to a parser. Their tokens are sup_open, sup_close, sub_open and sub_close."""
    for sign, tag in _SIGNS.items():
        parser.inline.ruler.after("emphasis", tag, _rule(sign, tag))
    return parser


def scripts_of_html(markdown: str) -> str:
    """Return Markdown with the signs in place of the HTML tags that Wagtail writes. Each word gets its own signs."""
    return _HTML.sub(_with_signs, _BOLD_TWICE.sub("", markdown))


def _rule(sign: str, tag: str) -> Callable[[StateInline, bool], bool]:
    escaped = re.escape(sign)
    form = re.compile(rf"(?<!{escaped}){escaped}((?:\\.|[^\s\\{escaped}])+){escaped}(?!{escaped})")

    def read(state: StateInline, silent: bool) -> bool:
        found = form.match(state.src, state.pos) if state.src[state.pos] == sign else None
        if not found or found.end() > state.posMax:
            return False
        if not silent:
            state.push(f"{tag}_open", tag, 1)
            state.push("text", "", 0).content = _ESCAPED.sub(r"\1", found[1])
            state.push(f"{tag}_close", tag, -1)
        state.pos = found.end()
        return True

    return read


def _with_signs(match: re.Match[str]) -> str:
    sign = "^" if match[1] == "sup" else "~"
    words = match[2].replace("**", "").split()
    return " ".join(f"{sign}{word}{sign}" for word in words)
