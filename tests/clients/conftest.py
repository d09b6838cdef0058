"""Fixtures to test the clients against the real site over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Value
from django.db.models.functions import Replace

from mena_content import Client, Retry
from publishing.models import PublishedDocument

from .javascript import Node, build
from .live import LiveSite


@pytest.fixture
def live_site(db: None) -> Iterator[LiveSite]:
    yield from LiveSite().serve()


@pytest.fixture
def real_addresses(live_site: LiveSite, settings: Any) -> None:
    """Make the documents refer to files and pages at the address of the live site."""
    earlier, settings.BASE_URL = settings.BASE_URL, live_site.address
    for name in ("card", "full"):
        named = Replace(name, Value(earlier), Value(live_site.address))
        PublishedDocument.objects.update(**{name: named})


@pytest.fixture
def waits() -> list[float]:
    """The seconds that the client would have waited."""
    return []


@pytest.fixture
def client(live_site: LiveSite, waits: list[float]) -> Client:
    return Client(live_site.address, retry=Retry(sleep=waits.append))


@pytest.fixture(scope="session")
def javascript_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("javascript"))


@pytest.fixture
def node(live_site: LiveSite, javascript_package: Path, tmp_path: Path) -> Node:
    return Node(javascript_package, live_site.address, tmp_path)
