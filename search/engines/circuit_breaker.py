"""A circuit breaker: an engine that fails is left alone for a while."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from threading import Lock

# How many failures in a row open the breaker, and how long it stays open before one search is let through.
FAILURES = 3
REST_SECONDS = 10.0


@dataclass
class CircuitBreaker:
    """Stops using an engine that fails, and tests with one search at a time whether it works again. Shared by the
    threads of a process.
    """

    failures: int = 0
    _half_open_at: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def allows(self) -> bool:
        with self._lock:
            if self.failures < FAILURES:
                return True
            if time.monotonic() < self._half_open_at:
                return False
            # Half open: this search is the probe; the others wait until it has succeeded or another rest is over.
            self._half_open_at = time.monotonic() + REST_SECONDS
            return True

    def failed(self) -> None:
        with self._lock:
            self.failures += 1
            self._half_open_at = time.monotonic() + REST_SECONDS

    def succeeded(self) -> None:
        with self._lock:
            self.failures = 0
