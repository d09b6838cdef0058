"""Let one password at a time be hashed on this machine, so that those who sign in do not starve those who read.

In each process one more may wait for a moment; everybody else is told to come back, at once, so that threads stay free.
"""

from __future__ import annotations

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

RETRY_SECONDS = 3
_LONGEST_WAIT = 2.0
_PAUSE = 0.02
_in_this_process = threading.BoundedSemaphore(1)


class Crowded(Exception):
    """Too many are signing in at this moment."""


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Hold the machine's only place for hashing. Raise Crowded if it does not become free."""
    if not _in_this_process.acquire(blocking=False):
        raise Crowded
    try:
        with Path(settings.TURNSTILE_FILE).open("a", encoding="ascii") as file:
            _wait_for(file.fileno())
            yield
    finally:
        _in_this_process.release()


def _wait_for(descriptor: int) -> None:
    deadline = time.monotonic() + _LONGEST_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise Crowded from None
            time.sleep(_PAUSE)
        else:
            return
