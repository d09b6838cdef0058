"""`make upstream-tests`: the tests of upstream's search backend on ours; where one fails, on upstream's too.

Exit 1 where ours fails a test that upstream passes, 3 where the tests cannot be fetched. Needs a real Elasticsearch at
ELASTICSEARCH_URL. Upstream's source is fetched by its hash into `.tools/upstream`, never kept in the repository.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import zipfile
from argparse import ArgumentParser
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements" / "base.txt"
REQUIREMENTS = ROOT / "requirements" / "upstream.txt"
CACHE = ROOT / ".tools" / "upstream"
UPSTREAMS, OURS = "modelsearch.backends.elasticsearch9", "search.backend"
FIXTURE = "wagtail/test/search/fixtures/search.json"
# The installer of the project brings pip; the environment of the project has none.
PIP = [str(ROOT / ".tools" / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "--quiet"]
LONGEST_SECONDS = 600
# The exit code where the tests are not at hand.
NOT_FETCHED = 3


def main() -> None:
    ArgumentParser(description=__doc__).parse_args()
    if not os.environ.get("ELASTICSEARCH_URL"):
        sys.exit("ELASTICSEARCH_URL is not set: start Elasticsearch (make elasticsearch) and set it.")
    source = fetch()
    failed = _run(OURS, source)
    worse = sorted(failed - _run(UPSTREAMS, source)) if failed else []
    for name in worse:
        print(f"FAILED on {OURS}, not on {UPSTREAMS}: {name}", flush=True)
    sys.exit(1 if worse else 0)


def fetch() -> Path:
    """The folder with upstream's source and the data of its tests, of the locked versions."""
    version, installed = _pinned_version("modelsearch", REQUIREMENTS), _pinned_version("modelsearch", LOCK)
    if version != installed:
        sys.exit(f"requirements/upstream.txt names modelsearch {version}, but {installed} is installed: name that one.")
    folder = CACHE / f"modelsearch-{version}"
    if not (folder / "fixtures").is_dir():
        print("Fetching upstream's source", flush=True)
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as downloads:
            download = [*PIP, "download", "--require-hashes", "--no-deps", "--no-binary", "modelsearch"]
            command = [*download, "--dest", downloads, "--requirement", str(REQUIREMENTS)]
            if subprocess.run(command, check=False).returncode != 0:
                sys.exit(NOT_FETCHED)
            _unpack(Path(downloads))
    return folder


def _unpack(downloads: Path) -> None:
    """The source, then the data, so that a folder with data is whole."""
    [archive], [wheel] = downloads.glob("*.tar.gz"), downloads.glob("*.whl")
    with tarfile.open(archive) as tar:
        tar.extractall(CACHE, filter="data")
    data = CACHE / archive.name.removesuffix(".tar.gz") / "fixtures"
    with zipfile.ZipFile(wheel) as wheel_file:
        content = wheel_file.read(FIXTURE)
    data.mkdir(exist_ok=True)
    (data / Path(FIXTURE).name).write_bytes(content)


def _pinned_version(package: str, requirements: Path) -> str:
    found = re.search(rf"^{package}==(\S+)", requirements.read_text(), re.MULTILINE)
    return found[1] if found else ""


def _run(backend: str, source: Path) -> set[str]:
    """Run the tests on a backend; returns the names of those that failed."""
    print(f"Upstream's tests on {backend}", flush=True)
    began = time.monotonic()
    with tempfile.NamedTemporaryFile(suffix=".json") as outcome:
        environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(source), str(ROOT)])}
        command = [
            sys.executable,
            "-m",
            "deploy.upstream_search_suite",
            backend,
            str(source / "fixtures"),
            outcome.name,
        ]
        output = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=LONGEST_SECONDS
        )
        content = Path(outcome.name).read_text()
    if not content:
        sys.exit(f"The tests did not run on {backend}:\n{output.stdout}{output.stderr}")
    result = json.loads(content)
    print(f"  {result['run']} tests, {len(result['failed'])} failed ({time.monotonic() - began:.0f} s)", flush=True)
    for name in result["failed"]:
        print(f"  failed: {name}", flush=True)
    if result["failed"]:
        print(output.stderr, flush=True)
    return set(result["failed"])


if __name__ == "__main__":
    main()
