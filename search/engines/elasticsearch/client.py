"""The connection to Elasticsearch, and what its failures mean."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings

from search.engines.base import EngineUnavailable, RequestRefused

if TYPE_CHECKING:
    from elasticsearch import Elasticsearch

# How long a reader's search waits for an answer, and how long indexing waits.
SEARCH_SECONDS = 0.5
WRITE_SECONDS = 30.0
_BAD_REQUEST = 400
_LONGEST_MESSAGE = 300


def client(seconds: float = SEARCH_SECONDS) -> Elasticsearch:
    """Of this process: a connection is not shared with a process that was forked from this one."""
    return _client(settings.ELASTICSEARCH_URL, os.getpid()).options(request_timeout=seconds)


@cache
def _client(urls: str, _process: int) -> Elasticsearch:
    """A node that refuses a connection is left alone for a while and the next one asked; a slow one is not waited for
    twice.
    """
    from elasticsearch import Elasticsearch  # 20 MB that only sites with Elasticsearch need

    nodes = [url.strip() for url in urls.split(",")]
    return Elasticsearch(
        nodes,
        max_retries=len(nodes) - 1,
        retry_on_timeout=False,
        retry_on_status=(502, 503, 504) if len(nodes) > 1 else (),
        dead_node_backoff_factor=0.5,
        max_dead_node_backoff=5,
        http_compress=False,
    )


@contextmanager
def failures() -> Iterator[None]:
    """Turns what the client raises into EngineUnavailable."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    try:
        yield
    except ApiError as error:
        raise failure(error.status_code, error) from error
    except TransportError as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:_LONGEST_MESSAGE]) from error


def failure(status: int, error: object) -> EngineUnavailable:
    """What an answer with this status means."""
    kind = RequestRefused if status == _BAD_REQUEST else EngineUnavailable
    return kind(f"{status}: {error}"[:_LONGEST_MESSAGE])
