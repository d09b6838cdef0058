"""The Elasticsearch engine: analysis, indices, queries."""
