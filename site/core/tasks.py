"""Wagtail's work on its indexes (admin search, references): once for an object, at the end of a unit of work, in order.

Wagtail enqueues it at every save, and the backend that does it at once swallows errors, after which PostgreSQL refuses
whatever the transaction still asks for. In one order, since two transactions that update the same rows in different
orders wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from core.unit_of_work import at_end

# The path of the task, what it is called with.
Call = tuple[str, tuple[Any, ...], tuple[tuple[str, Any], ...]]


class UnitOfWorkBackend(ImmediateBackend):
    """As the immediate one, with errors that are raised."""

    def _execute_task(self, task_result: TaskResult) -> None:
        object.__setattr__(task_result, "status", TaskResultStatus.SUCCESSFUL)
        call = (task_result.task.module_path, tuple(task_result.args), tuple(sorted(task_result.kwargs.items())))
        at_end(_do, [call])


def _do(calls: Iterable[Call]) -> None:
    for path, arguments, keywords in sorted(calls, key=repr):
        try:
            import_string(path).call(*arguments, **dict(keywords))
        except ObjectDoesNotExist:
            # Deleted in the same unit of work.
            continue
