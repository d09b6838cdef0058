"""Syntax of other kinds of Markdown that bundles do not support. It would be shown to readers as typed, so it is
refused, with advice on what to write instead. A backslash before a sign makes it an ordinary character.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

# Patterns in plain text -> what to do about them.
_SIGNS = (
    (re.compile(r"\[\^[^\]\s]+\]"), "footnotes are not understood here; write the source in the sentence, as a link"),
    (re.compile(r"~~"), "~ strikes nothing out here; write the words without it"),
    (re.compile(r"\^\^"), "^ raises one word without spaces, as in km^2^; write the words without it"),
    (re.compile(r"==\S"), "== marks nothing here; write **bold**"),
    (re.compile(r"\{\{|\{%|\{[:.#]"), "templates and attributes in braces are not understood here; delete them"),
    (re.compile(r"\[\["), "[[…]] is no link here; write [words](news/title.md)"),
    (re.compile(r"\][ ]?\[[^\[\]]*\]"), "write the address beside the words: [words](https://…)"),
    (re.compile(r"^\[[ xX]\](?=\s)"), "boxes to tick are not understood here; write a list without them"),
)
_ELEMENTS = {
    "html_block": "HTML is not understood here; write Markdown, or a fenced block such as ```embed",
    "code_block": "a line that begins with four spaces is code; delete the spaces",
    "hr": "a rule across the page is not understood here; write a heading",
}
_INLINE = {
    "html_inline": "HTML is not understood here; write Markdown, or \\< for the sign itself",
    "code_inline": "code is not understood here; write the words without backticks",
}
# Formatting that is refused where only plain text is shown.
_MORE_THAN_WORDS = {
    "strong_open": "bold",
    "em_open": "italics",
    "link_open": "a link",
    "image": "a picture",
    "sup_open": "raised text",
    "sub_open": "lowered text",
    "code_inline": "code",
    "html_inline": "HTML",
}
_BREAKS = ("softbreak", "hardbreak")


def element_problem(kind: str) -> str:
    """Return why an element of Markdown is refused, given the type of its token."""
    return _ELEMENTS.get(kind, f"this kind of Markdown ({kind}) is not understood here; write a paragraph or list")


def inline_problems(tokens: list[Token]) -> Iterator[tuple[int, str]]:
    """Yield the unsupported syntax in inline tokens: the line, counted from 0, and what to do."""
    line = 0
    for token in tokens:
        line += token.type in _BREAKS
        if token.type in _INLINE:
            yield line, _INLINE[token.type]
        elif token.type == "text":
            yield from ((line, message) for sign, message in _SIGNS if sign.search(token.content))
        elif token.type == "link_open" and token.attrs.get("title"):
            yield line, "the title of a link is not shown; write it into the words"


def plain_text(tokens: list[Token], where: str) -> tuple[str, list[tuple[int, str]]]:
    """Return the text of inline tokens, and the problems with anything else, since `where` shows only text."""
    text, problems, line = "", [], 0
    for token in tokens:
        line += token.type in _BREAKS
        text += "\n" if token.type in _BREAKS else token.content if token.type in ("text", "text_special") else ""
        if token.type in _MORE_THAN_WORDS:
            what = _MORE_THAN_WORDS[token.type]
            problems.append((line, f"{what} cannot stand in {where}; write words only"))
    return text, problems


def reference_problems(environment: Any) -> Iterator[tuple[int, str]]:
    """Yield reference definitions, [1]: https://…: the line, counted from 0, and what to do."""
    found = [*environment.get("references", {}).items()]
    found += [(each["label"], each) for each in environment.get("duplicate_refs", [])]
    for label, reference in found:
        yield reference["map"][0], f"[{label.lower()}]: … is not understood here; write [words](https://…) in the text"
