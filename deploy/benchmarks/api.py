"""`make benchmark-api`: compare the API with Wagtail's own, and measure what the published documents cost editors.

Both APIs answer in one process, from one database with the same content, through the whole application. Each number is
the least of several rounds in which all requests take turns. The exit code is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--rounds", type=int, default=7, help="how many rounds (default: 7)")
    parser.add_argument("--repeats", type=int, default=25, help="how many requests of a kind a round (default: 25)")
    arguments = parser.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.benchmarks.settings"
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/database.sqlite3")
        met = run(arguments.rounds, arguments.repeats)
    sys.exit(0 if met else 1)


def run(rounds: int, repeats: int) -> bool:
    """Prepare the content, measure and print the results; return whether every target is met."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases

    _say("preparing the content (half a minute)")
    setup_databases(verbosity=0, interactive=False)
    from deploy.benchmarks.data import load_content

    load_content()
    print(f"\nDatabase: {connection.vendor}. CPU milliseconds of a request, least of {rounds} rounds of {repeats}.")
    met = measure_requests(rounds, repeats)
    return measure_publishing() and met


def measure_requests(rounds: int, repeats: int) -> bool:
    from deploy.benchmarks.requests import Request, ask, milliseconds, queries_of
    from deploy.benchmarks.stock_api import CARD_FIELDS, FIELDS_WITHOUT_LANGUAGES
    from news.models import NewsPage

    page = NewsPage.objects.get(slug="benchmark-0", locale__language_code="en")
    stock = "/stock/pages/?type=news.NewsPage&locale=en&limit=20"
    ours = "/api/v1/news?locale=en&limit=20"
    item = f"/api/v1/items/{page.translation_key}?locale=en"
    word = quote("benchmark")
    etags = {
        name: ask(Request(name, address, {})).headers["ETag"] for name, address in (("list", ours), ("item", item))
    }
    requests = [
        Request("v2 list", stock, {}),
        Request("v2 list, equal fields", f"{stock}&fields={','.join(CARD_FIELDS)}", {}),
        Request("v2 the same, one language", f"{stock}&fields={','.join(FIELDS_WITHOUT_LANGUAGES)}", {}),
        Request("v2 detail", f"/stock/pages/{page.pk}/?rich_text_format=html", {}),
        Request("v2 search", f"{stock}&search={word}", {}),
        Request("list", ours, {}),
        Request("detail", item, {}),
        Request("list, 304", ours, {"If-None-Match": etags["list"]}, 304),
        Request("detail, 304", item, {"If-None-Match": etags["item"]}, 304),
        Request("search", f"/api/v1/search?q={word}&type=news&locale=en&limit=20", {}),
    ]
    queries = {request.name: queries_of(request) for request in requests}
    spent = milliseconds(requests, rounds, repeats, _say)
    for name, value in spent.items():
        print(f"{name:26} {value:8.2f} ms {queries[name]:5} queries")
    wanted = [
        ("list", "v2 list", 10),
        ("list", "v2 list, equal fields", 25),
        ("detail", "v2 detail", 10),
        ("list, 304", "v2 list", 15),
        ("detail, 304", "v2 detail", 15),
    ]
    results = [_verdict(f"{one} against {other}", spent[other] / spent[one], least) for one, other, least in wanted]
    for one, other in (("list", "v2 the same, one language"), ("search", "v2 search")):
        print(f"       {one} against {other}: {spent[other] / spent[one]:.1f} times (no figure asked)")
    return all(results)


def _verdict(name: str, factor: float, least: float) -> bool:
    print(f"{'met   ' if factor >= least else 'MISSED'} {name}: {factor:.1f} times (at least {least})")
    return factor >= least


def measure_publishing() -> bool:
    from deploy.benchmarks.publishing import moving_seconds, publishing_seconds

    _say("publishing")
    with_them, without = publishing_seconds(15)
    more = (with_them - without) * 1000
    print(
        f"{'met   ' if more <= 50 else 'MISSED'} publishing a page of three languages: {with_them * 1000:.0f} ms, "
        f"without documents {without * 1000:.0f} ms; {more:.0f} ms more (at most 50)"
    )
    _say("moving 500 pages")
    moving = moving_seconds(3)
    print(f"{'met   ' if moving <= 2 else 'MISSED'} moving a section of 500 pages: {moving:.2f} s (at most 2)")
    return more <= 50 and moving <= 2


def _say(what: str) -> None:
    """Print progress to standard error, apart from the results."""
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
