"""Requests and responses: middleware, compression, and what one request remembers."""
