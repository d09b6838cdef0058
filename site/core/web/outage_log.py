"""One line a minute in the log for what the site cannot answer at the moment, however many ask."""

from __future__ import annotations

import logging
import threading
import time
from http import HTTPStatus

_EVERY = 60.0


class OneOfMany(logging.Filter):
    """A filter that passes one record of an answer 503 a minute, and says how many it kept back."""

    def __init__(self) -> None:
        super().__init__()
        self._guard = threading.Lock()
        self._passed_at = float("-inf")
        self._kept_back = 0

    def filter(self, record: logging.LogRecord) -> bool:
        if getattr(record, "status_code", 0) != HTTPStatus.SERVICE_UNAVAILABLE:
            return True
        with self._guard:
            now = time.monotonic()
            if now - self._passed_at < _EVERY:
                self._kept_back += 1
                return False
            kept_back, self._kept_back, self._passed_at = self._kept_back, 0, now
        if kept_back:
            record.msg = f"{record.getMessage()} (and {kept_back} more like it before)"
            record.args = ()
        return True
