"""One client for a process, and whether it is worth asking."""

from __future__ import annotations

import os
import time
from functools import cache
from typing import Any

from elasticsearch import Elasticsearch

# How long nobody waits for an Elasticsearch that did not answer.
AWAY_SECONDS = 10.0
_SERVER_ERROR = 500
_TOO_MANY_REQUESTS = 429

_away_until: dict[str, float] = {}


class HashableOptions(dict[str, Any]):
    """The options of a client, equal and hashed by what they say."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(repr(sorted(self.items())))


@cache
def _client(options: HashableOptions, _process: int) -> Elasticsearch:
    """Of this process: a connection is not shared with a process that was forked from this one."""
    return Elasticsearch(**options)


def shared_client(**options: Any) -> Elasticsearch:
    """The client with these options: upstream makes a backend, and with it a client and its connections, for every
    search.
    """
    return _client(HashableOptions(options), os.getpid())


def is_away(address: str) -> bool:
    """Whether Elasticsearch at this address failed a moment ago."""
    return time.monotonic() < _away_until.get(address, 0.0)


def has_failed(address: str, status: int | None) -> None:
    """Let nobody wait for it for a while. `status`: of its answer, None where there was none; an answer that blames the
    question is no failure.
    """
    if status is None or status >= _SERVER_ERROR or status == _TOO_MANY_REQUESTS:
        _away_until[address] = time.monotonic() + AWAY_SECONDS
