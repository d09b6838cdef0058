"""The search page, and what search keeps in the database."""

from .admin_index import ChangedObject, IndexingTurn
from .embedded_index import EmbeddedEntry, EmbeddedWord
from .index_position import IndexPosition
from .search_count import SearchCount
from .search_page import SearchPage
from .vocabulary import PromotedResult, SynonymGroup, VocabularyVersion, vocabulary_changed

__all__ = [
    "ChangedObject",
    "EmbeddedEntry",
    "EmbeddedWord",
    "IndexPosition",
    "IndexingTurn",
    "PromotedResult",
    "SearchCount",
    "SearchPage",
    "SynonymGroup",
    "VocabularyVersion",
    "vocabulary_changed",
]
