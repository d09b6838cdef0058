"""The worker keeps search up to date with what is published: it creates the indices, is fast, and never blocks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from news.models import NewsPage
from publishing.models import WebhookSubscription
from publishing.worker import Worker
from search import verification
from search.engines import readiness
from search.engines.elasticsearch import indices
from search.engines.elasticsearch.client import WRITE_SECONDS, client
from tests.own_database import own_database
from tests.processes import environment_of_tests
from tests.webhook_receiver import Receiver, wait_until

pytestmark = pytest.mark.elasticsearch
ROOT = Path(__file__).resolve().parents[2]
URL = os.environ.get("ELASTICSEARCH_URL", "")
# Measured from the commit, in the best of a few tries, since other tests run on the machine.
PUBLISHED_SECONDS = 2.0
REMOVED_SECONDS = 1.0
TRIES = 5
StartWorker = Callable[[str], None]


@pytest.fixture
def start_worker(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path
) -> Iterator[StartWorker]:
    """A function that starts a worker with the Elasticsearch at an address, on the test's own database."""
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:12]}"
    readiness._known.clear()
    started: list[subprocess.Popen[str]] = []
    with django_db_blocker.unblock(), own_database(tmp_path) as address:

        def start(url: str) -> None:
            settings.ELASTICSEARCH_URL = url
            variables = environment_of_tests() | {
                "DATABASE_URL": address,
                "ELASTICSEARCH_URL": url,
                "SEARCH_INDEX_PREFIX": settings.SEARCH_INDEX_PREFIX,
                "WEBHOOK_ALLOW_LOOPBACK": "true",
            }
            command = [sys.executable, "manage.py", "run_worker"]
            started.append(subprocess.Popen(command, cwd=ROOT, env=os.environ | variables, text=True))

        yield start
        for process in started:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0
        settings.ELASTICSEARCH_URL = URL
        writer = client(WRITE_SECONDS)
        indices.remove(writer, indices.existing(writer))
    readiness._known.clear()


def page() -> NewsPage:
    found: NewsPage = NewsPage.objects.get(slug="sample-documents-to-carry", locale__language_code="en")
    return found


def in_elasticsearch(text: str) -> int | None:
    """Return the number of results in Elasticsearch; None while the database answers."""
    meta = Client().get("/api/v1/search", {"q": text, "locale": "en"}).json()["meta"]
    return None if meta["degraded"] else int(meta["total"])


def seconds_until(total: int, text: str) -> float:
    started = time.monotonic()
    wait_until(lambda: in_elasticsearch(text) == total, 30)
    return time.monotonic() - started


def test_the_worker_makes_the_indices_and_follows_at_once(start_worker: StartWorker) -> None:
    start_worker(URL)
    wait_until(lambda: (in_elasticsearch("migration") or 0) > 0, 60)
    published, removed = [], []
    for number in range(TRIES):
        news = page()
        news.title = f"Zyzzyva{number}"
        news.save_revision().publish()
        published.append(seconds_until(1, f"zyzzyva{number}"))
        page().unpublish()
        removed.append(seconds_until(0, f"zyzzyva{number}"))
    assert min(published) <= PUBLISHED_SECONDS, published
    assert min(removed) <= REMOVED_SECONDS, removed


def test_webhooks_do_not_wait_for_elasticsearch(start_worker: StartWorker) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, Receiver() as receiver:
        WebhookSubscription.objects.create(name="A partner", url=receiver.url)
        start_worker(f"http://127.0.0.1:{silent.getsockname()[1]}")
        news = page()
        news.title = "Zyzzyva"
        news.save_revision().publish()
        wait_until(lambda: bool(receiver.received), 30)


@pytest.mark.django_db
def test_a_worker_that_does_what_is_due_once_catches_up(settings: Settings) -> None:
    settings.ELASTICSEARCH_URL = URL
    settings.SEARCH_INDEX_PREFIX = f"test-{uuid4().hex[:12]}"
    Worker().run_once()
    writer = client(WRITE_SECONDS)
    try:
        assert not verification.difference(verification.held_by_elasticsearch())
    finally:
        indices.remove(writer, indices.existing(writer))
