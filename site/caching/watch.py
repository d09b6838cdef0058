"""Know the generation without asking the database for every page.

A thread asks while pages are being read, about three times a second, one row by its primary key. Whoever wants a page
waits for it only when it has not answered for a while: after a pause, or because the database does not answer.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections.abc import Callable
from typing import NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError, connections

from core.web.database_away import is_away

from . import writes
from .models import Generation

logger = logging.getLogger(__name__)

# In seconds: how often to ask, for how long an answer is good, how long a reader waits for one, how long to go on
# without readers, and for how long to believe that the database is away without having asked again.
_EVERY = 0.3
_GOOD_FOR = 0.7
_PATIENCE = 1.5
_IDLE_AFTER = 10.0
_AWAY_FOR = 3.0
# What the thread's own connection to PostgreSQL waits for.
_OPTIONS = {"connect_timeout": 2, "options": "-c statement_timeout=1500"}


class Known(NamedTuple):
    """What is known of the generation: `number` and `token`, or neither where there is none to know; or that the
    database is away.
    """

    number: int = -1
    token: UUID | None = None
    is_away: bool = False

    @property
    def label(self) -> str:
        """Return the generation as text; empty if none is known."""
        return f"{self.number}-{self.token}" if self.token else ""


class Watch:
    """`moved` is called in the thread before a new generation is made known."""

    def __init__(self, moved: Callable[[], object]) -> None:
        self._moved = moved
        self._answers = threading.Condition()
        self._known = Known()
        # When the question was asked that was answered last, when this process last moved the generation itself, and
        # when somebody last wanted to know.
        self._asked_at = self._written_at = self._wanted_at = float("-inf")
        self._process = 0
        # The generation that the thread has told of.
        self._told = ""

    def look(self) -> Known:
        """Return what is known, from a question that is at most `_GOOD_FOR` seconds old."""
        now = time.monotonic()
        with self._answers:
            idle = now - self._wanted_at > _IDLE_AFTER
            self._wanted_at = now
            self._start()
            age = now - self._asked_at
            if age <= _GOOD_FOR or (self._known.is_away and age <= _AWAY_FOR and not idle):
                return self._known
            self._answers.notify_all()
            if not self._answers.wait_for(lambda: self._asked_at >= now, _PATIENCE):
                self._known, self._asked_at = Known(is_away=True), now
            return self._known

    def written(self, moved: writes.Moved) -> None:
        """Learn of a generation that this process has committed."""
        with self._answers:
            if moved.number > self._known.number and not self._known.is_away:
                self._known = Known(*moved)
            self._written_at = time.monotonic()

    def lost(self) -> None:
        """Learn that a request did not reach the database: ask before the next page is sent."""
        with self._answers:
            self._asked_at = float("-inf")

    def _start(self) -> None:
        """Start the thread in this process. A process that was forked has none of its parent's threads."""
        if self._process != os.getpid():
            self._process = os.getpid()
            writes.listeners[:] = [self.written]
            threading.Thread(target=self._ask_again_and_again, name="generation", daemon=True).start()

    def _ask_again_and_again(self) -> None:
        while True:
            began = time.monotonic()
            known = self._ask()
            with self._answers:
                overtaken = self._written_at >= began and known.number < self._known.number
                if not overtaken:
                    self._known = known
                self._asked_at = began
                self._answers.notify_all()
                idle = time.monotonic() - self._wanted_at > _IDLE_AFTER
                self._answers.wait(None if idle else _EVERY)

    def _ask(self) -> Known:
        try:
            known = _stored()
            if known.label != self._told:
                self._moved()
                self._told = known.label
        except (DatabaseError, InterfaceError) as error:
            connections[DEFAULT_DB_ALIAS].close()
            if not self._known.is_away:
                logger.warning("The generation of the pages cannot be read: %s", type(error).__name__)
            return Known(is_away=is_away(error))
        except Exception:
            logger.exception("The generation of the pages cannot be read")
            return Known()
        return known


def _stored() -> Known:
    connection = connections[DEFAULT_DB_ALIAS]
    if connection.connection is None and connection.vendor == "postgresql":
        options = {**connection.settings_dict.get("OPTIONS", {}), **_OPTIONS}
        connection.settings_dict = {**connection.settings_dict, "OPTIONS": options, "CONN_MAX_AGE": None}
    row = Generation.objects.filter(pk=1).values_list("number", "token").first()
    if row is None:
        writes.public_change()
        row = Generation.objects.values_list("number", "token").get(pk=1)
    return Known(*row)
