"""Search survives failures of Elasticsearch, tested on real servers.

Readers get their answer within a second, nothing that is published is lost, and search recovers by itself.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client, override_settings
from pytest_django import Settings

from news.models import NewsPage
from search.engines import circuit_breaker, readiness
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import indexer, indices
from search.engines.elasticsearch.client import WRITE_SECONDS, client
from search.engines.models import IndexPosition
from tests.slow_connection import SlowConnection

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]
URL = os.environ.get("ELASTICSEARCH_URL", "")
PAGE = "/en/search/"
TRIES = 4
# A reader waits at most a second, part of which is for the database and the page.
MOST_SECONDS_LOST = 0.8


@pytest.fixture(autouse=True)
def fresh_breaker() -> Iterator[None]:
    readiness._known.clear()
    yield
    readiness._known.clear()


@pytest.fixture
def indexed(settings: Settings) -> Iterator[None]:
    """Filled indices that only this test uses."""
    settings.ELASTICSEARCH_URL = URL
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:12]}"
    indexer.build()
    warm()
    yield
    settings.ELASTICSEARCH_URL = URL
    writer = client(WRITE_SECONDS)
    indices.remove(writer, indices.existing(writer))


def warm() -> None:
    """Search until Elasticsearch answers: the first searches of an index and a page are slow on a busy machine."""
    for _ in range(20):
        if not ask()["degraded"]:
            return
        readiness._known.clear()
        time.sleep(0.2)
    raise AssertionError("Elasticsearch never answers")


def ask(text: str = "migration") -> Any:
    """Return the API's answer as one dictionary: its metadata about the search, and the items."""
    answer = Client().get("/api/v1/search", {"q": text, "locale": "en"}).json()
    return {**answer["meta"], "items": answer["items"]}


def timed(question: Callable[[], Any]) -> tuple[Any, float]:
    started = time.monotonic()
    answer = question()
    return answer, time.monotonic() - started


def answers_from_the_database() -> bool:
    """Return whether the API and the page say that the database has answered.

    Fail unless they find results without losing too much time: the seconds beyond those of a search without
    Elasticsearch, in the best of a few tries, since other tests run on the machine.
    """
    with override_settings(ELASTICSEARCH_URL=""):
        usual = min(one_answer()[1] for _ in range(TRIES))
    tries = [one_answer() for _ in range(TRIES)]
    lost = min(seconds for _, seconds in tries) - usual
    assert lost < MOST_SECONDS_LOST, f"{lost:.2f} s lost"
    return all(degraded for degraded, _ in tries)


def one_answer() -> tuple[bool, float]:
    """Search in the API and on the page, as if no search had failed before.

    Return whether the database answered, and the seconds of the slower one.
    """
    readiness._known.clear()
    answer, seconds = timed(ask)
    readiness._known.clear()
    page, page_seconds = timed(lambda: Client().get(PAGE, {"q": "migration"}))
    assert page.status_code == 200
    assert answer["items"]
    assert page.context["view"].degraded is answer["degraded"]
    return bool(answer["degraded"]), max(seconds, page_seconds)


def rename(title: str) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    page.title = title
    page.save_revision().publish()


def forget_the_last_look() -> None:
    """Forget the last check of Elasticsearch, as if seconds had passed."""
    readiness.elasticsearch().ready.forget()


def rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """End the pause of the circuit breaker."""
    readiness.elasticsearch().breaker._half_open_at = 0.0
    forget_the_last_look()


def test_slow(indexed: None, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with SlowConnection(URL) as connection:
        settings.ELASTICSEARCH_URL = connection.url
        warm()
        connection.seconds = 3
        assert answers_from_the_database()
        while readiness.elasticsearch().breaker.failures < circuit_breaker.FAILURES:
            assert ask()["degraded"]
        _, seconds = timed(ask)
        assert seconds < connection.seconds, "the breaker is open: nobody waits for Elasticsearch any more"
        connection.seconds = 0
        assert ask()["degraded"], "it rests"
        rest(monkeypatch)
        assert not ask()["degraded"]
        assert readiness.elasticsearch().breaker.failures == 0


def test_the_breaker_lets_one_search_through_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    breaker = circuit_breaker.CircuitBreaker()
    for _ in range(circuit_breaker.FAILURES):
        assert breaker.allows()
        breaker.failed()
    assert not breaker.allows()
    breaker._half_open_at = 0.0
    assert [breaker.allows() for _ in range(3)] == [True, False, False]
    breaker.succeeded()
    assert all(breaker.allows() for _ in range(3))


def test_refused(indexed: None, settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    assert answers_from_the_database()
    with pytest.raises(EngineUnavailable):
        indexer.catch_up()


@pytest.mark.parametrize("block", ["index.blocks.read_only", "index.blocks.read_only_allow_delete"])
def test_read_only_and_out_of_disk(indexed: None, block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """At its flood stage Elasticsearch sets read_only_allow_delete itself."""
    names = [index.name for index in indices.existing(client(WRITE_SECONDS))]
    client(WRITE_SECONDS).indices.put_settings(index=names, settings={block: True})
    rename("Zyzzyva")
    with pytest.raises(EngineUnavailable):
        indexer.catch_up()
    monkeypatch.setattr(readiness, "_MOST_SECONDS_BEHIND", 0)
    forget_the_last_look()
    assert answers_from_the_database(), "Elasticsearch is behind"
    assert ask("zyzzyva")["items"]
    client(WRITE_SECONDS).indices.put_settings(index=names, settings={block: None})
    indexer.catch_up()
    forget_the_last_look()
    found = ask("zyzzyva")
    assert (found["degraded"], len(found["items"])) == (False, 1)


def test_mapping_missing(indexed: None) -> None:
    lost = indices.served(indices.existing(client(WRITE_SECONDS)))["en"]
    client(WRITE_SECONDS).indices.delete(index=lost.name)
    assert answers_from_the_database()
    client(WRITE_SECONDS).indices.create(index=lost.name, aliases={indices.read_alias("en"): {}})
    forget_the_last_look()
    assert answers_from_the_database(), "an index that somebody else made is none of ours"
    client(WRITE_SECONDS).indices.delete(index=lost.name)
    indexer.catch_up()
    forget_the_last_look()
    assert not ask()["degraded"]


def test_mapping_of_an_older_version(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as context:
        context.setattr(indices, "version", lambda language: "0" * 8)
        forget_the_last_look()
        assert answers_from_the_database()
        context.setattr(indexer, "_STARTED", indexer._STARTED + 10**6)
        indexer.catch_up()
        forget_the_last_look()
        assert not ask()["degraded"]


def test_half_indexed(indexed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer, "_AT_ONCE", 40)
    writer = client(WRITE_SECONDS)
    indices.remove(writer, indices.existing(writer))

    def interrupt(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        indexer.build(interrupt)
    assert answers_from_the_database()
    indexer.catch_up()
    forget_the_last_look()
    assert not ask()["degraded"]
    IndexPosition.objects.all().delete()
    forget_the_last_look()
    assert answers_from_the_database(), "nobody knows how far the index is"
