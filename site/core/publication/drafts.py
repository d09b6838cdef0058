"""What a page stores about its drafts."""

from __future__ import annotations

# Fields that only editors see; saving a draft of a live page changes no others.
FIELDS_OF_DRAFTS = frozenset(
    {"latest_revision", "latest_revision_created_at", "draft_title", "has_unpublished_changes", "locked", "locked_at",
     "locked_by", "owner"}
)  # fmt: skip
