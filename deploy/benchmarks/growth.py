"""`make benchmark-growth`: measure the cost of every kind of public address with 1,000 and 10,000 contents a language.

Runs on the engine of DATABASE_URL (on PostgreSQL in a separate database), in one process, through the whole
application. Each address is requested in a first round that warms all caches, then in turns with all others; the figure
is the least of all rounds. Processor time is that of the application alone; wall-clock time includes PostgreSQL's. The
exit code is 1 if an address costs more than allowed.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALLOWED = 1.25
# The index. A file of it costs what its addresses cost, up to 5,000 of them.
SITEMAP = {"sitemap": ("/sitemap.xml", 200)}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=5, help="how many rounds (default: 5)")
    parser.add_argument("--repeats", type=int, default=8, help="how many requests of an address a round (default: 8)")
    parser.add_argument("--sizes", type=int, nargs=2, default=[1000, 10000], help="contents a language (1000 10000)")
    arguments = parser.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.benchmarks.settings"
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/database.sqlite3")
        sys.exit(0 if run(arguments.sizes, arguments.rounds, arguments.repeats) else 1)


def run(sizes: list[int], rounds: int, repeats: int) -> bool:
    """Prepare the content, measure at both sizes and print the results; return whether no cost exceeds the limit."""
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test.utils import setup_databases

    settings.API_REQUESTS_PER_MINUTE = {"anonymous": 10**9, "key": 10**9}
    _say("preparing the content")
    setup_databases(verbosity=0, interactive=False)
    from bundles.loader import load
    from bundles.reader import read_bundle
    from deploy.benchmarks.data import CONTENT
    from deploy.benchmarks.growth_data import write_contents

    for folder in ("starter", "sample"):
        load(read_bundle(CONTENT / folder))
    costs, written = [], 0
    for size in sizes:
        _say(f"writing {size} contents a language")
        write_contents(written, size)
        written = size
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        costs.append(measured(rounds, repeats))
    return report(connection.vendor, sizes, costs)


def addresses(page: int = 40) -> dict[str, tuple[str, int]]:
    """Return every kind of public address with the status of its answer, by name; `page` is a later page of news."""
    from home.models import ProgrammePage, SectionPage
    from news.models import NewsIndexPage, NewsPage
    from press.releases.page import PressReleasePage
    from press.room.page import PressRoomPage
    from research.models import PublicationPage, ResearchIndexPage

    def first(model: type) -> str:
        return str(model.objects.filter(locale__language_code="en").order_by("pk")[0].url)  # type: ignore[attr-defined]

    news, research, press = first(NewsIndexPage), first(ResearchIndexPage), first(PressRoomPage)
    pages = {
        "home": "/en/", "home, Arabic": "/ar/", "news": news, "news, later page": f"{news}?page={page}",
        "news on a topic in a country": f"{news}?topic=migration-health&country=EGY",
        "news of a year, also in French": f"{news}?year=2025&language=fr", "publications": research,
        "press room": press, "areas": first(SectionPage), "area": first(ProgrammePage), "news item": first(NewsPage),
        "publication": first(PublicationPage), "press release": first(PressReleasePage),
        "search, nothing found": "/en/search/?q=xyzzyx", "news feed (Atom)": "/api/v1/feeds/news.atom?locale=en",
        "API: items": "/api/v1/items?locale=en", "API: news": "/api/v1/news?locale=en",
        "API: news by title": "/api/v1/news?locale=en&sort=title",
        "API: publications on a topic": "/api/v1/publications?locale=en&topic=migration-health",
        "API: items, fallback": "/api/v1/items?locale=ar&fallback=en",
        "API: facets": "/api/v1/items?locale=en&limit=0&facets=type,country,topic,year",
        "API: feed": "/api/v1/feeds/news.json?locale=en",
        "API: feed of a topic": "/api/v1/feeds/press-releases.atom?locale=ar&topic=migration-health",
        "API: changes": "/api/v1/changes?limit=100", "API: topics": "/api/v1/vocabularies/topics",
        "API: countries": "/api/v1/vocabularies/countries",
    }  # fmt: skip
    missing = {"nowhere": "/en/nowhere/", "nowhere among news": f"{news}nowhere/"}
    return {name: (path, 200) for name, path in pages.items()} | {name: (path, 404) for name, path in missing.items()}


def measured(rounds: int, repeats: int) -> dict[str, tuple[float, float]]:
    """Return the least milliseconds of a request by address name: of processor time and of wall-clock time."""
    from deploy.benchmarks.requests import Request, ask

    requests = [Request(name, path, {}, status) for name, (path, status) in (addresses() | SITEMAP).items()]
    least: dict[str, tuple[float, float]] = {}
    for number in range(rounds + 1):
        _say(f"round {number} of {rounds}")
        for request in requests:
            gc.collect()
            for _ in range(repeats if number else 2):
                begun = time.process_time(), time.perf_counter()
                ask(request)
                spent = (time.process_time() - begun[0]) * 1000, (time.perf_counter() - begun[1]) * 1000
                known = least.get(request.name, spent) if number else spent
                least[request.name] = min(known[0], spent[0]), min(known[1], spent[1])
    return least


def report(vendor: str, sizes: list[int], costs: list[dict[str, tuple[float, float]]]) -> bool:
    few, many = costs
    print(f"\nDatabase: {vendor}. Least milliseconds of a request, with {sizes[0]} and {sizes[1]} contents a language:")
    print(f"{'':34}{'processor':>20}{'ratio':>8}{'time':>20}{'ratio':>8}")
    met = True
    for name in few:
        (cpu, wall), (cpu_many, wall_many) = few[name], many[name]
        met = met and cpu_many / cpu <= ALLOWED
        print(
            f"{name:34}{cpu:10.2f}{cpu_many:10.2f}{cpu_many / cpu:8.2f}{wall:10.2f}{wall_many:10.2f}"
            f"{wall_many / wall:8.2f}",
            flush=True,
        )
    print(f"{'met   ' if met else 'MISSED'} at most {ALLOWED} times the processor time")
    return met


def _say(what: str) -> None:
    """Print progress to standard error, apart from the results."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
