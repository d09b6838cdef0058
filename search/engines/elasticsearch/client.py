"""The connection to Elasticsearch, and the meaning of its failures."""

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
    """Return this process's client: a connection is not shared with forked processes."""
    return _client(settings.ELASTICSEARCH_URL, os.getpid()).options(request_timeout=seconds)


@cache
def _client(urls: str, _process: int) -> Elasticsearch:
    """Return a client for these nodes. A node that refuses a connection is skipped for a while and the next one is
    tried; a slow node is not waited for twice.
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
    """Convert the client's exceptions to EngineUnavailable."""
    from elastic_transport import TransportError
    from elasticsearch import ApiError

    try:
        yield
    except ApiError as error:
        raise failure(error.status_code, error) from error
    except TransportError as error:
        raise EngineUnavailable(f"{type(error).__name__}: {error}"[:_LONGEST_MESSAGE]) from error


def failure(status: int, error: object) -> EngineUnavailable:
    """Return the exception for an answer with this status."""
    kind = RequestRefused if status == _BAD_REQUEST else EngineUnavailable
    return kind(f"{status}: {error}"[:_LONGEST_MESSAGE])
