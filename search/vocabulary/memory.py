"""The editors' vocabulary, remembered in every process and effective at the next search."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from core.languages.declared import LANGUAGE_CODES
from core.models import Topic
from core.places.countries import countries, names_in_search
from core.web.request_memory import remembered
from search.analysis import fold, stems, tokens
from search.synonyms import Glossary

from .models import PromotedResult, SynonymGroup, VocabularyVersion

# Countries whose names are everyday Arabic words: "financial" (Mali), "sons" (Benin).
_AMBIGUOUS = frozenset({"MLI", "BEN"})


@dataclass(frozen=True)
class Vocabulary:
    """The compiled vocabulary. `topics`: names by language and slug. `promoted`: content ids by language and words
    (`words_of`).
    """

    token: str = ""
    topics: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    glossary: Glossary = field(default_factory=Glossary)
    promoted: Mapping[tuple[str, str], list[UUID]] = field(default_factory=dict)

    def promoted_for(self, text: str, language: str) -> list[UUID]:
        return self.promoted.get((language, words_of(text, language)), [])


_remembered = Vocabulary()


def vocabulary() -> Vocabulary:
    """Return the current vocabulary, with one query if it has not changed."""
    return remembered("vocabulary", _current)


def _current() -> Vocabulary:
    global _remembered  # noqa: PLW0603 -- one value for the process, replaced as a whole
    token = VocabularyVersion.objects.filter(pk=1).values_list("token", flat=True).first() or "none"
    if token != _remembered.token:
        _remembered = _compile(token)
    return _remembered


def words_of(text: str, language: str) -> str:
    """Return what searches that should lead to the same page have in common: the stems of their words."""
    found = stems(text, language)
    return " ".join(found or [fold(text[token.start : token.end], language) for token in tokens(text, language)])


def _compile(token: str) -> Vocabulary:
    glossary = Glossary()
    for group in sorted(SynonymGroup.objects.all(), key=str):
        glossary.add(group.expressions())
    all_topics = list(Topic.objects.all())
    topics = {language: {topic.slug: topic.name(language) for topic in all_topics} for language in LANGUAGE_CODES}
    for topic in all_topics:
        glossary.add({language: [name] for language, name in topic.names.items()})
    for code in countries():
        if code not in _AMBIGUOUS:
            glossary.add({language: names_in_search(code, language) for language in LANGUAGE_CODES}, of_names=True)
    promoted: dict[tuple[str, str], list[UUID]] = {}
    for result in PromotedResult.objects.select_related("page"):
        for language, texts in result.expressions().items():
            for words in {words_of(text, language) for text in texts}:
                promoted.setdefault((language, words), []).append(result.page.translation_key)
    return Vocabulary(token, topics, glossary, promoted)
