"""Run Wagtail's index updates (admin search, references) once per object, at the end of a unit of work, in order.

Wagtail enqueues them at every save, and the backend that runs them at once swallows errors, after which PostgreSQL
refuses every further query of the transaction. They run in one order because two transactions that update the same rows
in different orders deadlock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import TaskResult

from core.processing.unit_of_work import at_end

# The path of the task, and its arguments and keywords as JSON, which those of every task are made of.
Call = tuple[str, str]


class UnitOfWorkBackend(ImmediateBackend):
    """The immediate backend, but with errors raised, and tasks run at the end of the unit of work."""

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
