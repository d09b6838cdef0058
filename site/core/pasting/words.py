"""Runs of text: the text of one paragraph, as rich text or as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import groupby

from core.text.hidden_characters import without_hidden
from core.text.superscripts import lowered, raised

from .styles import Look

BREAK = "\n"
_SPACES = re.compile(r"[ \t\n\r\f\v]+")
# No-break spaces stay (French puts them before punctuation), except those used for indentation.
_MANY_SPACES = re.compile(r"[ \xa0]{2,}")
_AROUND_BREAKS = re.compile("[ \xa0]?\n[ \xa0]?")
_ENDS = " \xa0\n"
# Characters of symbol fonts: no font of a reader has them.
_PRIVATE = re.compile("[\ue000-\uf8ff]")


@dataclass(frozen=True)
class Run:
    """Text with one look, or BREAK, the end of a line."""

    text: str
    look: Look


def run_of(text: str, look: Look) -> tuple[Run, bool]:
    """Return text of the clipboard as a run, and whether a character was lost that no reader's font has."""
    words = _SPACES.sub(" ", without_hidden(text.replace("\0", "")))
    shown = _PRIVATE.sub("", words)
    return Run(shown, look), shown != words


def tidied(runs: Iterable[Run]) -> list[Run]:
    """Join neighbours of the same look into one run; drop spaces at an end, at a break or next to another space."""
    tidy: list[Run] = []
    for look, group in groupby((run for run in runs if run.text), key=lambda run: run.look):
        text = "".join(run.text for run in group)
        before = tidy[-1].text[-1] if tidy else BREAK
        text = _AROUND_BREAKS.sub(BREAK, _MANY_SPACES.sub(" ", text))
        text = text.lstrip(_ENDS if not tidy else " \xa0") if before in _ENDS else text
        if text:
            tidy.append(Run(text, look))
    while tidy and not tidy[-1].text.rstrip(_ENDS):
        tidy.pop()
    if tidy:
        tidy[-1] = Run(tidy[-1].text.rstrip(_ENDS), tidy[-1].look)
    return tidy


def rich_html(runs: Iterable[Run]) -> str:
    """Return the runs as rich text stores them."""
    html = ""
    for link, group in groupby(runs, key=lambda run: run.look.link):
        inside = "".join(map(_run_html, group))
        html += f'<a href="{escape(link)}">{inside}</a>' if link else inside
    return html


def plain_words(runs: Iterable[Run]) -> str:
    """Return the text alone, with superscript and subscript figures as Unicode characters."""
    scripts = {"sup": raised, "sub": lowered}
    return "".join(scripts.get(run.look.script, str)(run.text) for run in runs)


def all_bold(runs: Iterable[Run]) -> bool:
    return all(run.look.bold for run in runs if run.text.strip(_ENDS))


def _run_html(run: Run) -> str:
    html = escape(run.text, quote=False).replace(BREAK, "<br/>")
    tags = [run.look.script, "i" if run.look.italic else "", "b" if run.look.bold else ""]
    for tag in filter(None, tags):
        html = f"<{tag}>{html}</{tag}>"
    return html
