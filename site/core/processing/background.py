"""Registers of additional work for the worker: followers, which bring something up to date continuously, and chores,
which run at intervals. Apps register their own, because imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable

# Brings something up to date and returns how much there was to do. May raise anything: it is tried again later. Each
# runs in a thread of its own in the worker.
Follow = Callable[[], int]

followers: list[Follow] = []

# Each does part of its work and returns whether anything was left to do.
chores: list[Callable[[], object]] = []
