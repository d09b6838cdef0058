"""Find and remove invisible characters that change what is read, searched for or shown: none of them is content.

Left-to-right, right-to-left and Arabic letter marks, joiners and non-joiners stay: people write them, and Arabic
letters and emoji need them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_CONTROLS = "\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
_ZERO_WIDTH = "\u200b\u2060-\u2064\ufeff"
# Embeddings, overrides and isolates (UAX 9): the site itself isolates text of the other direction.
_DIRECTIONAL = "\u202a-\u202e\u2066-\u2069"
_HIDDEN = re.compile(f"[{_CONTROLS}{_ZERO_WIDTH}{_DIRECTIONAL}\u00ad]")


def without_hidden(text: str) -> str:
    return _HIDDEN.sub("", text)


def hidden_characters(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number (from 0) of each line with hidden characters, and a sentence that names them and the remedy."""
    for number, line in enumerate(text.split("\n")):
        found = dict.fromkeys(_HIDDEN.findall(line))
        if found:
            names = ", ".join(f"U+{ord(each):04X} {unicodedata.name(each, 'CONTROL').lower()}" for each in found)
            yield number, f"it holds characters that nobody sees ({names}); delete them"
