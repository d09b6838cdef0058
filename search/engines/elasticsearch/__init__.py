"""The search engine Elasticsearch: analysis, indices, queries."""
