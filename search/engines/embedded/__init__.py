"""The search engine inside the database: SQLite's FTS5 or PostgreSQL's full text search, fed with text analysed by
`search.analysis`.
"""
