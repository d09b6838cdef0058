"""Let one password at a time be hashed on this machine, so that those who sign in do not starve those who read.

In each process one more may wait for a moment; everybody else is told to come back, at once, so that threads stay free.
"""

from __future__ import annotations

import fcntl
import logging
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import IO

from django.conf import settings

logger = logging.getLogger(__name__)

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
        with _lock_of_the_machine() as file:
            if file:
                _wait_for(file.fileno())
            yield
    finally:
        _in_this_process.release()


def _lock_of_the_machine() -> AbstractContextManager[IO[str] | None]:
    """Return the open file to lock, or nothing where the disk takes none: staff must still be able to sign in."""
    try:
        return Path(settings.TURNSTILE_FILE).open("a", encoding="ascii")
    except OSError as error:
        logger.warning("Passwords are hashed without the lock of the machine: %s", error.strerror)
        return nullcontext()


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
