"""The search page and the other models of search."""

from .embedded_index import EmbeddedEntry, EmbeddedWord
from .index_position import IndexPosition
from .search_count import SearchCount
from .search_page import SearchPage
from .vocabulary import PromotedResult, SynonymGroup, VocabularyVersion, vocabulary_changed

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
