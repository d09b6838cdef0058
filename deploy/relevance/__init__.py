"""Measures the relevance of search results with judged queries, compared with Wagtail's own search."""
