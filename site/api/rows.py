"""The rows that responses are built from."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID


class Document(Protocol):
    """A published document, or the part of it that a query reads."""

    content_id: UUID
    locale: str
    seq: int
    updated_at: datetime
    published_at: datetime | None
    title: str
    digest: str
    # Compact JSON objects.
    card: str
    full: str
