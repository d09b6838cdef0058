"""Signals that published documents were written."""

from __future__ import annotations

from django.dispatch import Signal

# Sent in the same transaction. `rows`: the PublishedDocument objects as they are stored now, tombstones among them.
documents_written = Signal()

# Sent by commands that changed many documents, after the commit.
documents_loaded = Signal()
