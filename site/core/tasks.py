"""Wagtail's work on its indexes (admin search, references): once for an object, at the end of a unit of work, in order.

Wagtail enqueues it at every save, and the backend that does it at once swallows errors, after which PostgreSQL refuses
whatever the transaction still asks for. In one order, since two transactions that update the same rows in different
orders wait for each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from core.unit_of_work import at_end

# The path of the task, and what it is called with: arguments and keywords as JSON, of which every task's are made.
Call = tuple[str, str]


class UnitOfWorkBackend(ImmediateBackend):
    """As the immediate one, with errors that are raised."""

    def _execute_task(self, task_result: TaskResult) -> None:
        object.__setattr__(task_result, "status", TaskResultStatus.SUCCESSFUL)
        call = (task_result.task.module_path, json.dumps([task_result.args, task_result.kwargs], sort_keys=True))
        at_end(_do, [call])


def _do(calls: Iterable[Call]) -> None:
    for path, called_with in sorted(calls):
        arguments, keywords = json.loads(called_with)
        try:
            import_string(path).call(*arguments, **keywords)
        except ObjectDoesNotExist:
            # Deleted in the same unit of work.
            continue
