"""Signals sent when published documents have been written."""

from __future__ import annotations

from django.dispatch import Signal

# Sent in the same transaction. `rows` are the PublishedDocument objects as now stored, including tombstones.
documents_written = Signal()

# Sent by commands that changed many documents, after the commit.
documents_loaded = Signal()
