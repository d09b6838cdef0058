"""Collections that are not for everybody. What is in one is never linked to in public."""

from __future__ import annotations

from django.db.models import Q
from wagtail.models import Collection, CollectionViewRestriction

from core.request_memory import remembered


def private_collections() -> frozenset[int]:
    """The collections under a view restriction, and those below them. One query where there is none."""
    return remembered("private_collections", _private_collections)


def _private_collections() -> frozenset[int]:
    paths = list(CollectionViewRestriction.objects.values_list("collection__path", flat=True))
    if not paths:
        return frozenset()
    below = Q()
    for path in paths:
        below |= Q(path__startswith=path)
    return frozenset(Collection.objects.filter(below).values_list("pk", flat=True))
