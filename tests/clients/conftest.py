"""Fixtures to test the clients against the real site over HTTP."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Value
from django.db.models.functions import Replace

from mena_content import Client, Retry
from publishing.models import PublishedDocument

from .javascript import COMPILER, Node, build
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


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Without the TypeScript compiler, leave its tests out, with a prominent warning; in CI they stay and fail."""
    if COMPILER.exists() or os.environ.get("CI"):
        return
    left_out = [item for item in items if item.get_closest_marker("typescript")]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if not COMPILER.exists() and not os.environ.get("CI"):
        terminalreporter.section("*** No TypeScript compiler: its tests did NOT run ***", sep="*")
        terminalreporter.line("Install node and npm (Debian: apt-get install npm), then: make typescript")
