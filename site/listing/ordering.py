"""The order of a list and the cursor's position in it, correct under ties and when documents are added or removed."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OrderBy, Q, QuerySet

from publishing.models import PublishedDocument

Position = tuple[Any, ...]

# A list has at most one document of each content, so the content id breaks every tie.
_ORDERS: dict[str, tuple[str | OrderBy, ...]] = {
    "-published_at": (F("published_at").desc(nulls_last=True), "content_id"),
    "published_at": (F("published_at").asc(nulls_last=True), "content_id"),
    "-updated_at": ("-seq",),
    "title": ("title", "content_id"),
    # On pages of the site: among contents of the same day, the one whose page was created last comes first.
    "newest": (F("published_at").desc(nulls_last=True), F("page_number").desc(nulls_last=True)),
}


def ordered(rows: QuerySet[PublishedDocument], sort: str) -> QuerySet[PublishedDocument]:
    return rows.order_by(*_ORDERS[sort])


def position_of(row: Any, sort: str) -> Position:
    """Return the position of a document in the form that a cursor carries."""
    if sort == "-updated_at":
        return (row.seq,)
    if sort == "title":
        return (row.title, str(row.content_id))
    return (row.published_at.isoformat() if row.published_at else None, str(row.content_id))


def after(position: Position, sort: str) -> Q:
    """Return the condition for the documents after a position."""
    if sort == "-updated_at":
        return Q(seq__lt=position[0])
    value, content_id = position[0], UUID(position[1])
    if sort == "title":
        return Q(title__gt=value) | Q(title=value, content_id__gt=content_id)
    if value is None:
        return Q(published_at__isnull=True, content_id__gt=content_id)
    moment = datetime.fromisoformat(value)
    comparison = "lt" if sort.startswith("-") else "gt"
    return (
        Q(**{f"published_at__{comparison}": moment})
        | Q(published_at=moment, content_id__gt=content_id)
        | Q(published_at__isnull=True)
    )
