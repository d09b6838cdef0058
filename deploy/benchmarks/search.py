"""`make benchmark-search`: measure search in many documents on one Elasticsearch node, compared with Wagtail's search.

Needs ELASTICSEARCH_URL (`make elasticsearch` prints it). Both search pages find the same pages and answer in one
process, through the whole application, from one database and one node. The exit code is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from search.engines.base import Engine

ROOT = Path(__file__).resolve().parents[2]
SEARCHES = 300
PREFIX = "benchmark"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--documents", type=int, default=100_000, help="how many documents (default: 100,000)")
    arguments = parser.parse_args()
    if not os.environ.get("ELASTICSEARCH_URL"):
        parser.error("set ELASTICSEARCH_URL; `make elasticsearch` starts a node and prints it")
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.benchmarks.settings"
    os.environ["SEARCH_INDEX_PREFIX"] = PREFIX
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{folder}/database.sqlite3"
        met = run(arguments.documents)
    sys.exit(0 if met else 1)


def run(documents: int) -> bool:
    """Prepare the content, measure and print the results, remove the indices; return whether every target is met."""
    import django

    django.setup()
    from bundles.loader import load
    from bundles.reader import read_bundle
    from deploy.benchmarks.search_data import write_news

    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    for name in ("starter", "sample"):
        load(read_bundle(ROOT / "home" / "content" / name))
    write_news(documents, _progress("writing documents"))
    try:
        return _measure(documents)
    finally:
        _remove_indices()


def _measure(documents: int) -> bool:
    from search.engines.elasticsearch.engine import ElasticsearchEngine
    from search.plan import plan_of
    from search.query import SearchQuery, Window
    from search.vocabulary.memory import vocabulary

    engine = ElasticsearchEngine()
    seconds = _indexing_seconds()
    results = [_verdict("documents indexed a second", documents / seconds, 1000, at_least=True)]
    queries = _queries()
    plans = [plan_of(SearchQuery(*query), vocabulary().glossary) for query in queries]
    search = _milliseconds([partial(engine.search, plan, Window(10)) for plan in plans])
    suggest = _milliseconds([partial(engine.suggest, text[:4], language, 8) for text, language in queries])
    results += [
        _verdict("search with facets and fragments, p95, ms", _p95(search), 60),
        _verdict("suggestions, p95, ms", _p95(suggest), 20),
        _verdict("published until found, s", _publishing_seconds(engine), 2),
        *_beside_stock(queries),
    ]
    return all(results)


def _indexing_seconds() -> float:
    started = time.monotonic()
    subprocess.run(
        [sys.executable, "manage.py", "search_index", "rebuild", "--elasticsearch-only"], cwd=ROOT, check=True
    )
    return time.monotonic() - started


def _queries() -> list[tuple[str, str]]:
    """Return pairs of text and language: one to three consecutive words of the content, the same in every run."""
    from core.languages.declared import LANGUAGE_CODES
    from deploy.benchmarks.search_data import run_of, vocabulary

    chance = random.Random(7)  # noqa: S311 (not a secret)
    words = vocabulary()
    return [
        (run_of(words[language], chance.randint(1, 3), chance), language)
        for _ in range(SEARCHES // len(LANGUAGE_CODES))
        for language in LANGUAGE_CODES
    ]


def _milliseconds(calls: list[Callable[[], object]]) -> list[float]:
    """Return the milliseconds of each call, after a first round that warms caches."""
    for call in calls[:30]:
        call()
    spent = []
    for call in calls:
        started = time.perf_counter()
        call()
        spent.append((time.perf_counter() - started) * 1000)
    return spent


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _publishing_seconds(engine: Engine) -> float:
    """Return the longest of ten waits, in seconds, from a commit until a running worker has made the page findable."""
    from news.models import NewsPage
    from search.plan import plan_of
    from search.query import SearchQuery, Window
    from search.vocabulary.memory import vocabulary

    worker = subprocess.Popen([sys.executable, "manage.py", "run_worker"], cwd=ROOT)
    try:
        time.sleep(5)
        longest = 0.0
        page = NewsPage.objects.filter(locale__language_code="en").order_by("pk")[0]
        for number in range(10):
            page.title = f"Zyzzyva{number} is a word of the benchmark"
            page.save_revision().publish()
            plan = plan_of(SearchQuery(f"zyzzyva{number}", "en"), vocabulary().glossary)
            started = time.monotonic()
            while not engine.search(plan, Window(1)).hits and time.monotonic() < started + 30:
                time.sleep(0.05)
            longest = max(longest, time.monotonic() - started)
    finally:
        worker.terminate()
        worker.wait(30)
    return longest


def _beside_stock(queries: list[tuple[str, str]]) -> list[bool]:
    from django.core.management import call_command

    from deploy.benchmarks.requests import Request, ask, queries_of
    from search.page import SearchPage

    _say("indexing the same pages with stock Wagtail's search")
    started = time.monotonic()
    call_command("update_index", backend_name="stock", verbosity=0)
    print(f"       stock Wagtail indexed the pages in {time.monotonic() - started:.0f} s")
    paths = {
        page.locale.language_code: quote(page.url, safe="/%") for page in SearchPage.objects.select_related("locale")
    }
    ours = [Request("ours", f"{paths[language]}?q={quote(text)}", {}) for text, language in queries]
    stock = [Request("stock", f"/{language}/stock-search/?q={quote(text)}", {}) for text, language in queries]
    spent = {
        name: statistics.fmean(_milliseconds([partial(ask, request) for request in requests]))
        for name, requests in (("ours", ours), ("stock", stock))
    }
    database = {
        name: round(statistics.median(queries_of(request) for request in requests[:9]))
        for name, requests in (("ours", ours), ("stock", stock))
    }
    for name, value in spent.items():
        print(f"       search page, {name}: {value:.1f} ms, {1000 / value:.0f} a second, {database[name]} queries")
    return [
        _verdict("throughput of the page, times stock's", spent["stock"] / spent["ours"], 5, at_least=True),
        _verdict("queries of the page, beside stock's", database["ours"], database["stock"] - 1),
    ]


def _remove_indices() -> None:
    from django.conf import settings
    from elasticsearch import Elasticsearch

    client = Elasticsearch(settings.ELASTICSEARCH_URL, request_timeout=60)
    for name in client.indices.get(index=f"{PREFIX}*"):
        client.indices.delete(index=name)


def _verdict(name: str, value: float, bound: float, *, at_least: bool = False) -> bool:
    met = value >= bound if at_least else value <= bound
    limit = f"at {'least' if at_least else 'most'} {bound:,}"
    print(f"{'met   ' if met else 'MISSED'} {name}: {value:,.1f} ({limit})", flush=True)
    return met


def _progress(what: str) -> Callable[[int, int], None]:
    def show(done: int, total: int) -> None:
        if done % 10_000 < 500 or done == total:
            _say(f"{what}: {done:,} of {total:,}")

    return show


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
