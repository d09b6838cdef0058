"""The search page and the other models of search."""

from search.counting.models import SearchCount
from search.engines.embedded.models import EmbeddedEntry, EmbeddedWord
from search.engines.models import IndexPosition
from search.page import SearchPage
from search.vocabulary.models import PromotedResult, SynonymGroup, VocabularyVersion, vocabulary_changed

__all__ = [
    "EmbeddedEntry",
    "EmbeddedWord",
    "IndexPosition",
    "PromotedResult",
    "SearchCount",
    "SearchPage",
    "SynonymGroup",
    "VocabularyVersion",
    "vocabulary_changed",
]
