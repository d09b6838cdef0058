"""What is searched for, counted by day without anything of who searches."""

from __future__ import annotations

import atexit
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from threading import Lock

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from .models import SearchCount

# A text is shown in the report only where it was searched for this often: what one person typed stays unseen.
LEAST_SEARCHES = 3
KEPT_DAYS = 90
_LONGEST = 80
_MOST_WORDS = 10
# What may name a person: an e-mail address, or the digits of a telephone, passport or case number.
_PERSONAL = re.compile(r"@|(?:\d[\s./()-]*){6}")
# How long counts wait in the process that took them, how many different ones, and how many where the database is away.
_SECONDS = 30.0
_ENOUGH = 50
_MOST = 2000
# No search waits longer than this for counts to be written.
_PATIENCE_MILLISECONDS = 50

_UPSERT = """
    INSERT INTO search_searchcount (day, language, text, results, count) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (day, language, text)
    DO UPDATE SET count = search_searchcount.count + excluded.count, results = excluded.results
"""


@dataclass
class _Tally:
    results: int = 0
    count: int = 0


@dataclass
class _Waiting:
    """Counts that are not written yet, in the memory of this process."""

    tallies: dict[tuple[date, str, str], _Tally] = field(default_factory=dict)
    since: float = 0.0
    lock: Lock = field(default_factory=Lock)

    def add(self, text: str, language: str, results: int) -> bool:
        """Returns whether it is time to write."""
        with self.lock:
            if not self.tallies:
                self.since = time.monotonic()
            key = (timezone.localdate(), language, text)
            if key in self.tallies or len(self.tallies) < _MOST:
                tally = self.tallies.setdefault(key, _Tally())
                tally.results = results
                tally.count += 1
            return len(self.tallies) >= _ENOUGH or time.monotonic() - self.since > _SECONDS

    def take(self) -> dict[tuple[date, str, str], _Tally]:
        with self.lock:
            taken, self.tallies = self.tallies, {}
            return taken

    def put_back(self, taken: dict[tuple[date, str, str], _Tally]) -> None:
        with self.lock:
            self.since = time.monotonic()
            for key, tally in taken.items():
                newer = self.tallies.setdefault(key, _Tally(tally.results))
                newer.count += tally.count


_waiting = _Waiting()


def count_search(text: str, language: str, results: int) -> None:
    """Count one search, where its text says nothing of a person. Counts are written some at a time; a process that is
    killed loses those of its last seconds.
    """
    words = counted_text(text)
    if words and _waiting.add(words, language, results):
        write_counts()


def write_counts() -> None:
    """Write what this process has counted. Where that cannot be done at once, it is tried again later: a search never
    fails or waits for it.
    """
    taken = _waiting.take()
    if not taken:
        return
    # In one order, so that two processes never wait for each other.
    rows = [(*key, tally.results, tally.count) for key, tally in sorted(taken.items(), key=lambda item: item[0])]
    try:
        with _impatient_sqlite(), transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(f"SET LOCAL lock_timeout = {_PATIENCE_MILLISECONDS}")
            cursor.executemany(_UPSERT, rows)
    except DatabaseError:
        _waiting.put_back(taken)


atexit.register(write_counts)


def forget_waiting() -> None:
    """Forget what is not written yet."""
    _waiting.take()


@contextmanager
def _impatient_sqlite() -> Iterator[None]:
    """SQLite waits as long as its connection is told to, a transaction's beginning included."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {_PATIENCE_MILLISECONDS}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")


def counted_text(text: str) -> str:
    """The text as it is counted: small letters, one space between words; empty where it is not counted."""
    words = " ".join(text.casefold().split())
    if len(words) > _LONGEST or len(words.split()) > _MOST_WORDS or _PERSONAL.search(words):
        return ""
    return words


def purge_counts() -> int:
    """Forget the counts of days that are over long enough; returns how many."""
    old = SearchCount.objects.filter(day__lt=timezone.localdate() - timedelta(days=KEPT_DAYS))
    return old.delete()[0]
