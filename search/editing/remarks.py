"""How search interprets an editor's synonyms, and which of them have no effect."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext

from search.synonyms import Glossary, expression
from search.vocabulary.models import SynonymGroup


@dataclass(frozen=True)
class Remark:
    """A remark on one expression. `becomes`: the stems by which it is recognised, empty if it is void. `problem`: the
    message for the editor.
    """

    language: str
    text: str
    becomes: str
    problem: str

    @property
    def is_void(self) -> bool:
        return not self.becomes


def remarks(expressions: Mapping[str, list[str]], others: Glossary) -> Iterator[Remark]:
    """Yield a remark on each expression of a group; `others`: the other groups."""
    for language, texts in expressions.items():
        known: dict[tuple[str, ...], str] = {}
        for text in texts:
            stems = expression(text, language).stems
            yield Remark(language, text, " + ".join(stems), _problem(text, language, stems, known, others))
            known.setdefault(stems, text)


def _problem(
    text: str, language: str, stems: tuple[str, ...], known: Mapping[tuple[str, ...], str], others: Glossary
) -> str:
    if not stems:
        return gettext("“%(text)s” has only words that search leaves out, so it does nothing.") % {"text": text}
    if stems in known:
        same = {"text": text, "other": known[stems]}
        return gettext("“%(text)s” is the same to search as “%(other)s”; one of them is enough.") % same
    if others.groups_with(stems, language):
        return gettext("“%(text)s” stands among other synonyms too, and then means both.") % {"text": text}
    return ""


def other_groups(group: SynonymGroup) -> Glossary:
    glossary = Glossary()
    for other in SynonymGroup.objects.exclude(pk=group.pk):
        glossary.add(other.expressions())
    return glossary
