"""Which content a file of a bundle belongs to."""

from __future__ import annotations

from uuid import UUID, uuid5

# A content that does not state its `content_id` gets the UUID (version 5, RFC 9562) of its path in this namespace, so
# that the same bundle creates the same contents on every site.
BUNDLE_NAMESPACE = UUID("6f1d7c52-3a0e-4c1b-9a5e-2f6a6d0b7e11")


def content_id_of(kind: str, stem: str) -> UUID:
    """Return the content id of `kind`/`stem`, such as news/a-title."""
    return uuid5(BUNDLE_NAMESPACE, f"{kind}/{stem}")
