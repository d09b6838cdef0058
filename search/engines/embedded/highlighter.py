"""Show what was found: titles and fragments as HTML, with the matched words in <mark>."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.analysis import Token, tokens

from .terms import Wording

FRAGMENT_LENGTH = 200
# Only this much of a text is read for a fragment.
_LONGEST_TEXT = 40_000
_ELLIPSIS = "…"


class Marks:
    """Marks the words of the wordings in one language."""

    def __init__(self, wordings: Iterable[Wording], language: str) -> None:
        self._language = language
        self._found: dict[str, set[str]] = {"stems": set(), "words": set()}
        for wording in wordings:
            for word in wording.words:
                for term, _ in word.readings:
                    if term.language == language:
                        self._found[term.place].update(term.words)
        self._most = len(self._found["stems"] | self._found["words"])

    def title(self, text: str) -> SafeString:
        return _html(text, 0, len(text), self._tokens(text))

    def fragment(self, *texts: str) -> SafeString:
        """Return the part with the most matched words, from the first text with as many as any; empty if there are
        none.
        """
        best: tuple[int, SafeString] = (0, mark_safe(""))
        for text in texts:
            found = self._tokens(text[:_LONGEST_TEXT])
            start, end, different = self._densest(text, found)
            if different > best[0]:
                start, end = _at_words(text, start, end)
                best = (different, _html(text, start, end, found, cut=True))
            if best[0] == self._most:
                break
        return best[1]

    def _tokens(self, text: str) -> list[Token]:
        return [token for token in tokens(text, self._language) if self._name(token)]

    def _name(self, token: Token) -> str:
        """Return the term of the wordings that the word matches, or an empty string."""
        stem = next((stem for stem in token.stems if stem in self._found["stems"]), "")
        return stem or (token.word if token.word in self._found["words"] else "")

    def _densest(self, text: str, found: Sequence[Token]) -> tuple[int, int, int]:
        """Return where the part with the most different words begins and ends, and how many there are."""
        best = (0, 0, 0)
        most = (0, 0)
        for number, first in enumerate(found):
            within = [token for token in found[number : number + 20] if token.end - first.start <= FRAGMENT_LENGTH]
            different = len({self._name(token) for token in within})
            if (different, len(within)) > most and within:
                most = (different, len(within))
                best = (first.start, within[-1].end, different)
        return best


def _at_words(text: str, start: int, end: int) -> tuple[int, int]:
    """Widen a part to about FRAGMENT_LENGTH, from the beginning of its sentence if that is near."""
    spare = max(FRAGMENT_LENGTH - (end - start), 0)
    earliest = max(start - spare // 2, 0)
    sentence = max(text.rfind(stop, max(earliest - 40, 0), start) for stop in (". ", "؟ ", "? ", "! ", "؛ ", "; "))
    if sentence >= 0:
        start = sentence + 2
    elif earliest > 0:
        start = text.find(" ", earliest, start) + 1 or start
    else:
        start = 0
    wanted = max(end, min(start + FRAGMENT_LENGTH, len(text)))
    if wanted < len(text):
        space = text.rfind(" ", end, wanted + 1)
        wanted = space if space >= 0 else text.find(" ", wanted)
    return start, wanted if wanted >= 0 else len(text)


def _html(text: str, start: int, end: int, found: Iterable[Token], *, cut: bool = False) -> SafeString:
    parts = [_ELLIPSIS] if cut and start > 0 else []
    position = start
    for token in found:
        if token.start >= position and token.end <= end:
            parts += [escape(text[position : token.start]), "<mark>", escape(text[token.start : token.end]), "</mark>"]
            position = token.end
    parts.append(escape(text[position:end]))
    if cut and end < len(text):
        parts.append(_ELLIPSIS)
    return mark_safe("".join(parts))  # noqa: S308 -- escaped above
