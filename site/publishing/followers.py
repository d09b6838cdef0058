"""What runs beside the worker's own work: who follows the change log, and chores. They register themselves here, since
imports go one way.
"""

from __future__ import annotations

from collections.abc import Callable

from django.dispatch import Signal

# Brings something up to date with the change log; returns how many changes that took. May raise anything: it is tried
# again later.
Follow = Callable[[], int]

followers: list[Follow] = []

# Each does a part of something and returns whether anything was left to do.
chores: list[Callable[[], object]] = []

# Sent by commands that changed many documents, after the commit.
documents_loaded = Signal()
