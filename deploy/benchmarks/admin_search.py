"""`python -m deploy.benchmarks.admin_search`: measure the page search of the admin with 30,000 pages.

DATABASE_URL and DATA_FOLDER may name a database and a folder that an earlier run has filled, which are reused. The exit
code is 1 if a search takes longer than half a second.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LONGEST = 0.5
# Words that many or few titles contain, in another form than that of the titles; several words; a prefix.
QUERIES = ("migrations", "المهاجرون", "enfant déplacé", "displaced families registering", "doc", "وثيقة", "quokka")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--pages", type=int, default=30_000, help="how many news, in three languages together")
    arguments = parser.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/database.sqlite3")
        os.environ.setdefault("DATA_FOLDER", folder)
        slowest = run(arguments.pages)
    sys.exit(0 if slowest <= LONGEST else 1)


def run(pages: int) -> float:
    """Prepare the content, measure and print the results; return the seconds of the slowest search."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from wagtail.models import Page

    from accounts.models import User

    prepare(pages)
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get_or_create(username="benchmark", is_superuser=True, is_active=True)[0])
    client.get("/admin/pages/search/")
    print(f"\nDatabase: {connection.vendor}. {Page.objects.count()} pages. Seconds of processor time (best of three).")
    seconds = [best_of_three(client, query) for query in QUERIES]
    return max(seconds)


def best_of_three(client: object, query: str) -> float:
    """Request the first page of results three times; print and return the seconds of the fastest request."""
    from deploy.benchmarks.large_changes import seconds

    taken = []
    for _ in range(3):
        taken.append(seconds(lambda: client.get("/admin/pages/search/", {"q": query})))  # type: ignore[attr-defined]
    print(f"{query:34}{min(taken):8.3f}s", flush=True)
    return min(taken)


def prepare(pages: int) -> None:
    """Load the starter and sample content and write the news, unless an earlier run has."""
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    from django.core.management import call_command
    from django.core.management.base import OutputWrapper

    from bundles.loader import load
    from bundles.reader import read_bundle
    from core.processing.progress import Progress
    from deploy.benchmarks.search_data import write_news
    from news.models import NewsPage

    if NewsPage.objects.count() < pages:
        for name in () if NewsPage.objects.exists() else ("starter", "sample"):
            load(read_bundle(ROOT / "home" / "content" / name))
        with Progress(OutputWrapper(sys.stderr), 1) as progress:
            write_news(pages, progress)
        call_command("update_index", verbosity=0)


if __name__ == "__main__":
    main()
