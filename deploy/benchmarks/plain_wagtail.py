"""`make benchmark`: compare what rendering a page costs with plain Wagtail showing the same news.

Plain Wagtail is what `wagtail start` makes, with wagtail-localize (deploy.benchmarks.plain). Both sites run on SQLite
behind gunicorn with one worker, and are asked in turns; the figure is the processor time of the server. The results are
written into docs/benchmark.md, with a drawing. The exit code is 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deploy.benchmarks.chart import draw
from deploy.benchmarks.server import Server
from deploy.nginx.trial import free_port, wait_for

ROOT = Path(__file__).resolve().parents[2]
TABLE, CHART = ROOT / "docs" / "benchmark.md", ROOT / "docs" / "images" / "benchmark.svg"
_PREPARE = "import deploy.run; deploy.run._prepare()"


@dataclass(frozen=True)
class Compared:
    """An address of each site, and how many times plain Wagtail's cost ours may have."""

    name: str
    ours: str
    plain: str
    wanted: float


@dataclass(frozen=True)
class Result:
    compared: Compared
    ours: float
    plain: float
    ratio: float
    bytes_ours: int
    bytes_plain: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument(
        "--size", type=int, default=1000, help="contents a language, of which six in ten are news (1000)"
    )
    parser.add_argument("--rounds", type=int, default=9, help="how often each address is asked in turns (9)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder, _sites(Path(folder), arguments.size) as sites:
        ours, plain, news = sites
        results = [_result(each, ours, plain, arguments.rounds) for each in _all_compared(news)]
    text = _text(results, len(news))
    print(text)
    TABLE.write_text(text, encoding="utf-8")
    CHART.write_text(
        draw([(each.compared.name, each.ratio, each.compared.wanted) for each in results]), encoding="utf-8"
    )
    sys.exit(0 if all(each.ratio <= each.compared.wanted for each in results) else 1)


def _all_compared(news: list[dict[str, Any]]) -> Iterator[Compared]:
    article = {item["locale"]: item for item in reversed(news)}
    word = quote(max(article["en"]["title"].split(), key=len))
    yield Compared("home page", "/en/", "/en/", 2)
    yield Compared("home page, Arabic", "/ar/", "/ar/", 2)
    for language, name in (("en", "article"), ("ar", "article, Arabic")):
        item = article[language]
        yield Compared(name, item["address"], f"/{language}/news/{item['slug']}/", 1.2)
    yield Compared("list of news", article["en"]["address"].rsplit("/", 2)[0] + "/", "/en/news/", 2)
    yield Compared("search", f"/en/search/?q={word}", f"/en/search/?query={word}", 1.5)
    listed = "/api/v2/pages/?type=plain.PlainNewsPage&locale=en&limit=20&order=-date&fields=date,summary"
    yield Compared("API, list of 20", "/api/v1/news?locale=en&limit=20", listed, 0.2)


def _result(compared: Compared, ours: Server, plain: Server, rounds: int) -> Result:
    costs: dict[Server, list[float]] = {ours: [], plain: []}
    paths = {ours: compared.ours, plain: compared.plain}
    sizes = {}
    for server, path in paths.items():
        status, body = server.ask(path)
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")
        sizes[server] = len(body)
        server.cost(path, 10)
    for number in range(rounds):
        # The order alternates, so that a machine that slows down favours neither.
        for server in (plain, ours) if number % 2 else (ours, plain):
            costs[server].append(server.cost(paths[server], 30))
    ratio = statistics.median(mine / theirs for mine, theirs in zip(costs[ours], costs[plain], strict=True))
    medians = statistics.median(costs[ours]), statistics.median(costs[plain])
    print(f"… {compared.name}: {ratio:.2f}", file=sys.stderr, flush=True)
    return Result(compared, *medians, ratio, sizes[ours], sizes[plain])


@contextmanager
def _sites(folder: Path, size: int) -> Iterator[tuple[Server, Server, list[dict[str, Any]]]]:
    """Yield both sites with the same news, and the news."""
    print("… preparing the content (some minutes)", file=sys.stderr, flush=True)
    exported = folder / "news.json"
    path = os.pathsep.join([str(ROOT / "site"), str(ROOT)])
    port = free_port()
    for_ours = os.environ | {
        "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "config.settings.dev", "DATA_FOLDER": str(folder / "ours"),
        "DATABASE_URL": f"sqlite:///{folder}/ours.sqlite3", "HOST": "127.0.0.1", "PORT": str(port),
        "BASE_URL": f"http://127.0.0.1:{port}", "TRUST_PROXY": "true", "WEB_WORKERS": "1", "WEB_THREADS": "2",
        "PAGE_CACHE_MEGABYTES": "0",
    }  # fmt: skip
    for_ours.pop("ELASTICSEARCH_URL", None)
    for_plain = os.environ | {
        "PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": "deploy.benchmarks.plain.settings", "PLAIN_FOLDER": str(folder),
    }  # fmt: skip
    for command in (["-c", _PREPARE], ["-m", "deploy.benchmarks.exported", str(size), str(exported)]):
        subprocess.run([sys.executable, *command], cwd=ROOT, env=for_ours, check=True, stdout=subprocess.DEVNULL)
    load = [sys.executable, "-m", "deploy.benchmarks.plain.content", str(exported)]
    subprocess.run(load, cwd=ROOT, env=for_plain, check=True)
    ours = _started(for_ours, port, "-c", "site/gunicorn.conf.py", "--no-control-socket")
    plain_port = free_port()
    plain = _started(
        for_plain, plain_port, "-b", f"127.0.0.1:{plain_port}", "-w", "1", "--threads", "2", "--no-control-socket",
        "django.core.wsgi:get_wsgi_application()",
    )  # fmt: skip
    try:
        yield ours, plain, json.loads(exported.read_text(encoding="utf-8"))
    finally:
        ours.stop()
        plain.stop()


def _started(environment: dict[str, str], port: int, *arguments: str) -> Server:
    command = [sys.executable, "-m", "gunicorn", *arguments]
    server = Server(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL), port)
    wait_for(port)
    return server


def _text(results: list[Result], news: int) -> str:
    rows = [
        f"| {each.compared.name} | {each.plain:.1f} ms | {each.ours:.1f} ms | {each.ratio:.2f} | "
        f"{each.compared.wanted:g} | {each.bytes_plain / 1000:.1f} KB | {each.bytes_ours / 1000:.1f} KB |"
        for each in results
    ]
    return "\n".join(
        [
            "# Beside plain Wagtail",
            "",
            f"Written by `make benchmark`: {news:,} news items on both sites, in three languages, on SQLite behind",
            "gunicorn with one worker. A figure is the server's processor time for a page that is rendered, not taken",
            "from a cache: the median of several rounds in which both are asked in turns. Only the ratios hold",
            "elsewhere.",
            "",
            "| page | plain Wagtail | this site | times | asked: at most | bytes of plain Wagtail | bytes |",
            "|---|---|---|---|---|---|---|",
            *rows,
            "",
            "![How many times plain Wagtail’s cost each page has](images/benchmark.svg)",
            "",
        ]
    )


if __name__ == "__main__":
    main()
