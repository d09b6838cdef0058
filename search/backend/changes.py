"""What changed is written down in the transaction that changes it, and indexed by the worker (`following`).

So no editor waits for Elasticsearch, nothing is lost while it is away, and what was rolled back is not indexed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, Model
from django.db.models.signals import post_delete, post_save
from django.utils import timezone
from modelsearch.backends.base import get_model_root
from modelsearch.index import get_indexed_models
from wagtail.models import Page
from wagtail.signals import page_unpublished, post_page_move

from core.unit_of_work import at_end
from search.models import ChangedObject, IndexingTurn

from .index import AtomicRebuilder, index_rebuilt

BACKEND = "search.backend"
# (model, number, whether all pages below it changed too)
Change = tuple[str, str, bool]
# How long a change may wait to be indexed.
_MAY_BE_BEHIND = timedelta(seconds=30)
# The clocks of two machines differ by less.
_CLOCKS_DIFFER = timedelta(minutes=1)


def is_followed() -> bool:
    """Whether the admin searches in Elasticsearch."""
    return bool(settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"] == BACKEND)


def is_up_to_date() -> bool:
    """Whether a worker keeps the indices up to date: searches go to the database where none does."""
    waited = ChangedObject.objects.filter(indexed_at=None, changed_at__lt=timezone.now() - _MAY_BE_BEHIND)
    return IndexingTurn.objects.filter(~Exists(waited), make_anew=False).exists()


def connect() -> None:
    for model in get_indexed_models():
        for signal in (post_save, post_delete):
            signal.connect(_object_changed, sender=model, dispatch_uid="search.backend.object_changed")
    # A section is unpublished without a save of each page.
    page_unpublished.connect(_object_changed, dispatch_uid="search.backend.page_unpublished")
    post_page_move.connect(_page_moved, dispatch_uid="search.backend.page_moved")
    index_rebuilt.connect(_forget_what_was_indexed, sender=AtomicRebuilder, dispatch_uid="search.backend.rebuilt")


def write_down(changes: Iterable[Change]) -> None:
    ChangedObject.objects.bulk_create(
        [
            ChangedObject(model=model, object_id=number, with_descendants=with_descendants)
            for model, number, with_descendants in sorted(changes)
        ],
        batch_size=1000,
    )


def _object_changed(instance: Model, raw: bool = False, **_: Any) -> None:
    if is_followed() and not raw:
        at_end(write_down, [(get_model_root(type(instance))._meta.label_lower, str(instance.pk), False)])


def _page_moved(parent_page_before: Page, parent_page_after: Page, **_: Any) -> None:
    """The paths of all that is below either parent may be others, and the search filters by them."""
    if is_followed():
        parents = (parent_page_before, parent_page_after)
        at_end(write_down, [(Page._meta.label_lower, str(parent.pk), True) for parent in parents])


def _forget_what_was_indexed(since: datetime, **_: Any) -> None:
    """What was indexed while an index was made anew went to the old one, maybe to it alone."""
    ChangedObject.objects.filter(indexed_at__gte=since - _CLOCKS_DIFFER).update(indexed_at=None)
