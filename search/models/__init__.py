"""The search page and the other models of search."""

from search.counting.models import SearchCount
from search.engines.embedded.models import EmbeddedEntry, EmbeddedWord
from search.engines.models import IndexPosition
from search.page import SearchPage
from search.vocabulary.models import (
    PromotedResult,
    PromotedText,
    SynonymGroup,
    SynonymText,
    VocabularyVersion,
    vocabulary_changed,
)

__all__ = [
    "EmbeddedEntry",
    "EmbeddedWord",
    "IndexPosition",
    "PromotedResult",
    "PromotedText",
    "SearchCount",
    "SearchPage",
    "SynonymGroup",
    "SynonymText",
    "VocabularyVersion",
    "vocabulary_changed",
]
