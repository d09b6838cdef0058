"""What the worker does beside its own work: who brings something up to date without end, and chores at intervals. They
register themselves here, since imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable

# Brings something up to date; returns how much there was to do. May raise anything: it is tried again later. Each has a
# thread of its own in the worker.
Follow = Callable[[], int]

followers: list[Follow] = []

# Each does a part of something and returns whether anything was left to do.
chores: list[Callable[[], object]] = []
