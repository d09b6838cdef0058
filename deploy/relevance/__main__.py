"""`make relevance`: measure how well each available engine answers the judged queries, compared with Wagtail's search.

All search the same contents: on SQLite or on the PostgreSQL of DATABASE_URL (in a separate database), and on
Elasticsearch if ELASTICSEARCH_URL is set or the project's own node runs. To pass arguments:
make relevance RELEVANCE="--worst 10".
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
CONTENT = ROOT / "home" / "content"
UNSEEN = ROOT / "tests" / "relevance_unseen"


def main() -> None:
    parser = argparse.ArgumentParser(prog="make relevance", description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="list the N queries answered worst")
    parser.add_argument("--save", type=Path, metavar="FILE", help="keep what was found")
    parser.add_argument("--diff", type=Path, metavar="FILE", help="compare ranks with what --save kept")
    parser.add_argument(
        "--unseen", action="store_true", help="the second collection (tests/relevance_unseen), that nothing is tuned on"
    )
    parser.add_argument("--ours", action="store_true", help="leave out stock Wagtail's search")
    arguments = parser.parse_args()
    sys.path[:0] = [str(ROOT / "site"), str(ROOT)]
    os.environ["DJANGO_SETTINGS_MODULE"] = "deploy.relevance.settings"
    os.environ["SEARCH_INDEX_PREFIX"] = f"relevance_{os.getpid()}"
    _find_elasticsearch()
    run(arguments)


def run(arguments: argparse.Namespace) -> None:
    """Prepare the content, measure and print the results, then remove the databases and indices."""
    import django

    django.setup()
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    from .engines import remove_indices

    _say("preparing the content")
    databases = setup_databases(verbosity=0, interactive=False, serialized_aliases=())
    try:
        measure(arguments)
    finally:
        remove_indices()
        connection.close()
        teardown_databases(databases, verbosity=0)


def measure(arguments: argparse.Namespace) -> None:
    from . import report, runs
    from .judgements import read_judgements
    from .systems import systems

    names = _load([UNSEEN / "content"] if arguments.unseen else [CONTENT / "starter", CONTENT / "sample"])
    queries = read_judgements(UNSEEN if arguments.unseen else ROOT / "search" / "judgements")
    by_system = {}
    for system in systems(stock=not arguments.ours):
        _say(f"asking {system.name}")
        by_system[system.name] = runs.ask(system, queries)
    report.print_scores(by_system)
    report.print_kinds(by_system)
    ranks = {name: runs.ranks(answers, names) for name, answers in by_system.items()}
    earlier = runs.read(arguments.diff) if arguments.diff else {}
    for name, answers in by_system.items():
        if arguments.worst and not name.startswith("stock"):
            report.print_worst(name, answers, names, arguments.worst)
        if name in earlier:
            report.print_changes(name, earlier[name], ranks[name])
    if arguments.save:
        runs.save(arguments.save, ranks)


def _load(folders: list[Path]) -> dict[UUID, str]:
    """Load bundles, and return the names of their contents by id."""
    from bundles.loader import load
    from bundles.reader import read_bundle
    from core.content_types.identity import content_id_of

    names = {}
    for folder in folders:
        load(read_bundle(folder))
        for path in folder.glob("*/*.md"):
            kind, stem = path.parent.name, path.name.split(".")[0]
            names[content_id_of(kind, stem)] = f"{kind}/{stem}"
    return names


def _find_elasticsearch() -> None:
    """Set ELASTICSEARCH_URL to the project's own node if that runs and the variable is not set."""
    if not os.environ.get("ELASTICSEARCH_URL"):
        command = [sys.executable, str(ROOT / "deploy" / "engines" / "elasticsearch.py"), "url"]
        running = subprocess.run(command, capture_output=True, text=True, check=False)
        if running.returncode == 0:
            os.environ["ELASTICSEARCH_URL"] = running.stdout.strip().removeprefix("ELASTICSEARCH_URL=")
        else:
            _say("Elasticsearch does not run (make elasticsearch): measured without it")


def _say(what: str) -> None:
    print(f"… {what}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
