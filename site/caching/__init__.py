"""Whole pages, kept as they were sent until something that the public may see changes
(docs/decisions/0035-whole-pages-are-kept.md).
"""
