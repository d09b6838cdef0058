"""The search engine Elasticsearch: analysis, indices, queries."""

from .engine import ElasticsearchEngine

__all__ = ["ElasticsearchEngine"]
