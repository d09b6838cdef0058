"""The search engine inside the database: SQLite's FTS5, PostgreSQL's full text search, fed with text that
`search.analysis` has analysed.
"""

from .engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
