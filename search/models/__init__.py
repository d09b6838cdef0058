"""The search page, and what search keeps in the database."""

from .index_position import IndexPosition
from .search_page import SearchPage

__all__ = ["IndexPosition", "SearchPage"]
