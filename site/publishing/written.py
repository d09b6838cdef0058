"""Sent when documents were written, in the same transaction."""

from __future__ import annotations

from django.dispatch import Signal

# `rows`: the PublishedDocument objects as they are stored now, tombstones among them.
documents_written = Signal()
