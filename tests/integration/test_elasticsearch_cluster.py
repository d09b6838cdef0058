"""Any node of a cluster of three may be killed without the loss of a document or a query."""

from __future__ import annotations

import time
from collections.abc import Iterator
from threading import Timer
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from news.models import NewsPage
from search import verification
from search.engines import readiness
from search.engines.base import EngineUnavailable
from search.engines.elasticsearch import indexer
from tests.elasticsearch_nodes import Node, started_nodes

pytestmark = [pytest.mark.cluster, pytest.mark.elasticsearch, pytest.mark.django_db]
# Least number of seconds of publishing and searching around the death of a node.
SECONDS = 6.0


@pytest.fixture(scope="module")
def nodes() -> Iterator[list[Node]]:
    with started_nodes(3) as nodes:
        yield nodes


@pytest.fixture
def indexed(nodes: list[Node], settings: Settings) -> Iterator[None]:
    readiness._known.clear()
    settings.ELASTICSEARCH_URL = ",".join(node.url for node in nodes)
    settings.SEARCH_INDEX_PREFIX = "cluster"
    indexer.build(anew=True)
    for node in nodes:
        node.wait(3, ["green"])
    yield
    readiness._known.clear()


def publish(number: int) -> None:
    page = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    page.title = f"Zyzzyva{number}"
    page.save_revision().publish()


def ask(text: str) -> Any:
    answer = Client().get("/api/v1/search", {"q": text, "locale": "en"})
    assert answer.status_code == 200
    return answer.json()


def follow() -> bool:
    """Update the index as the worker does; return False if the engine is unavailable, so that the caller can retry."""
    try:
        indexer.catch_up()
    except EngineUnavailable:
        return False
    return True


def answers_again() -> None:
    """Wait until Elasticsearch answers searches again, not the database."""
    deadline = time.monotonic() + 60
    while ask("migration")["meta"]["degraded"]:
        assert time.monotonic() < deadline
        readiness._known.clear()
        time.sleep(0.5)


def test_any_node_may_be_killed(nodes: list[Node], indexed: None) -> None:
    number = 0
    for node in nodes:
        answers_again()
        killing = Timer(SECONDS / 3, node.kill)
        killing.start()
        end = time.monotonic() + SECONDS
        caught_up = False
        while time.monotonic() < end or not caught_up:
            number += 1
            publish(number)
            caught_up = follow()
            assert ask("migration")["items"], "no query is lost"
            assert time.monotonic() < end + 60
        killing.join()
        assert not verification.difference(verification.held_by_elasticsearch()), "no document is lost"
        answers_again()
        assert [item["title"] for item in ask(f"zyzzyva{number}")["items"]] == [f"Zyzzyva{number}"]
        node.start()
        node.wait(3, ["green"])


def test_all_nodes_killed_and_started_again(nodes: list[Node], indexed: None) -> None:
    answers_again()
    for node in nodes:
        node.kill()
    assert ask("migration")["meta"]["degraded"]
    publish(1)
    assert not follow()
    assert ask("zyzzyva1")["items"], "what is published meanwhile is found in the database"
    for node in nodes:
        node.start()
    for node in nodes:
        node.wait(3)
    assert follow()
    assert not verification.difference(verification.held_by_elasticsearch()), "nothing is lost"
    answers_again()
    assert ask("zyzzyva1")["items"]
