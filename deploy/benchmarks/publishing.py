"""Measures what the published documents add to the time that an editor waits."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

from wagtail.models import Page

from core.processing.unit_of_work import unit_of_work
from deploy.benchmarks.data import subtree
from home.models import HomePage, SectionPage
from news.models import NewsPage


@contextmanager
def without_documents() -> Iterator[None]:
    """Run the site as if it had no published documents."""
    with patch("publishing.signals.at_end"):
        yield


def publish_one(number: int) -> None:
    """Publish an edit of a page that has a picture, topics, countries and two translations."""
    page = NewsPage.objects.get(slug=f"benchmark-{number}", locale__language_code="en")
    page.title = f"{page.title} again"
    with unit_of_work():
        page.save_revision().publish()


def move_subtree() -> None:
    """Move a section of 500 pages below another page, or back."""
    page = subtree()
    home = HomePage.objects.get(locale__language_code="en")
    section = SectionPage.objects.filter(locale__language_code="en").order_by("path")[0]
    target: Page = section if page.get_parent().pk == home.pk else home
    with unit_of_work():
        page.move(target, pos="last-child")


def seconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def publishing_seconds(times: int) -> tuple[float, float]:
    """Return the seconds to publish a page with documents and without: the least of several tries, in turns."""
    with_them, without = [], []
    for number in range(times):
        with_them.append(seconds(lambda: publish_one(number)))  # noqa: B023  called at once
        with without_documents():
            without.append(seconds(lambda: publish_one(number)))  # noqa: B023  called at once
    return min(with_them), min(without)


def moving_seconds(times: int) -> float:
    """Return the seconds to move a section of 500 pages and rebuild all their documents: the least of several tries."""
    return min(seconds(move_subtree) for _ in range(times))
