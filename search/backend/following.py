"""The worker brings the admin's search up to date with what was written down, and makes its indices where they are
missing or of an older release. Several workers take turns.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from modelsearch.backends import get_search_backend
from modelsearch.index import get_indexed_models
from modelsearch.management.commands.rebuild_modelsearch_index import group_models_by_index
from wagtail.models import Page

from search.models import ChangedObject, IndexingTurn

from .changes import is_followed, write_down
from .index import NoIndex

logger = logging.getLogger(__name__)

_AT_ONCE = 200
# Longer than indexing that many may take.
TURN = timedelta(minutes=2)
# How often the indices themselves are looked at.
_LOOK_SECONDS = 60.0
# How long what was indexed is remembered: longer than making an index anew takes.
_REMEMBERED = timedelta(days=1)
# Indices that were made after this process began are another release's: they are left to it.
_STARTED = time.time()


class AdminFollower:
    """Asks the database often, Elasticsearch where something changed and now and then."""

    def __init__(self) -> None:
        self._owner = uuid4().hex
        self._next_look = 0.0

    def __str__(self) -> str:
        return "Indexing for the admin's search"

    def __call__(self) -> int:
        """Returns how many changes were indexed. Raises what Elasticsearch's client raises, and NotIndexed."""
        is_due = time.monotonic() >= self._next_look
        if not is_followed():
            if is_due:
                self._next_look = time.monotonic() + _LOOK_SECONDS
                IndexingTurn.objects.filter(make_anew=False).update(make_anew=True)
            return 0
        if not (is_due or pending().exists()) or not self._take_turn():
            return 0
        try:
            if is_due:
                self._look()
                self._next_look = time.monotonic() + _LOOK_SECONDS
            return sum(self._portions())
        except NoIndex:
            self._next_look = 0.0
            raise
        finally:
            self._turn().update(until=timezone.now())

    def _portions(self) -> Iterator[int]:
        """Index all that waits; how many changes each time."""
        while changes := index_changes():
            yield changes
            self._keep_turn()

    def _take_turn(self) -> bool:
        """Whether nobody else is at it."""
        now = timezone.now()
        if not IndexingTurn.objects.exists():
            IndexingTurn.objects.get_or_create(pk=1, defaults={"until": now})
        free = IndexingTurn.objects.filter(Q(until__lte=now) | Q(owner=self._owner))
        return bool(free.update(owner=self._owner, until=now + TURN))

    def _keep_turn(self) -> None:
        self._turn().update(until=timezone.now() + TURN)

    def _turn(self) -> QuerySet[IndexingTurn]:
        return IndexingTurn.objects.filter(owner=self._owner)

    def _look(self) -> None:
        ChangedObject.objects.filter(indexed_at__lt=timezone.now() - _REMEMBERED).delete()
        backend = get_search_backend()
        make_anew = self._turn().filter(make_anew=True).exists()
        for index, models in group_models_by_index(backend, get_indexed_models()).items():
            if make_anew or not index.is_current(_STARTED):
                self._make_anew(backend, index, models)
        self._turn().update(make_anew=False)

    def _make_anew(self, backend: Any, index: Any, models: Iterable[Any]) -> None:
        rebuilder = backend.rebuilder_class(index)
        new = rebuilder.start()
        for model in models:
            for items in _in_portions(model):
                _report(new.update(items, through_alias=False))
                self._keep_turn()
        rebuilder.finish()


def pending() -> QuerySet[ChangedObject]:
    """What is not indexed yet, oldest first."""
    return ChangedObject.objects.filter(indexed_at=None).order_by("pk")


def index_changes() -> int:
    """Index some of what changed; returns how many changes that were."""
    changes = list(pending()[:_AT_ONCE])
    numbers: dict[str, set[str]] = defaultdict(set)
    for change in changes:
        numbers[change.model].add(change.object_id)
        if change.with_descendants:
            _write_down_descendants(change)
    backend = get_search_backend()
    for label, changed in numbers.items():
        model = apps.get_model(label)
        items = _to_index(model, changed)
        removed = changed - {str(item.pk) for item in items}
        _report(backend.get_index_for_model(model).update(items, removed))
    ChangedObject.objects.filter(pk__in=[change.pk for change in changes]).update(indexed_at=timezone.now())
    return len(changes)


def _write_down_descendants(change: ChangedObject) -> None:
    top = Page.objects.filter(pk=change.object_id).first()
    below = top.get_descendants().values_list("pk", flat=True) if top else ()
    with transaction.atomic():
        write_down((change.model, str(number), False) for number in below)
        ChangedObject.objects.filter(pk=change.pk).update(with_descendants=False)


def _to_index(model: type[Model], numbers: Iterable[str]) -> list[Any]:
    """The objects with these numbers that are to be found, as what they are: a news page, not a page."""
    objects: Any = model._default_manager.filter(pk__in=numbers)
    if issubclass(model, Page):
        objects = objects.specific()
    by_type: dict[Any, dict[Any, Any]] = defaultdict(dict)
    for instance in filter(None, (item.get_indexed_instance() for item in objects)):
        by_type[type(instance)][instance.pk] = instance
    return [
        instances[number]
        for kind, instances in by_type.items()
        for number in kind.get_indexed_objects().filter(pk__in=instances).values_list("pk", flat=True)
    ]


def _in_portions(model: Any) -> Iterator[list[Any]]:
    objects = model.get_indexed_objects().order_by("pk")
    portion = list(objects[:_AT_ONCE])
    while portion:
        yield portion
        portion = list(objects.filter(pk__gt=portion[-1].pk)[:_AT_ONCE])


def _report(refused: Iterable[str]) -> None:
    for reason in refused:
        logger.error("Elasticsearch does not take what the admin's search should find: %s", reason)
