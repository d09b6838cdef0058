"""`make lint`: run every check that needs no test; print one line for each, and the full output of those that fail."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from deploy import css
from deploy.messages import problems_of_translations

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
MANAGE = [sys.executable, "-W", "error", "manage.py"]
FOLDERS = ["bundles", "home", "events", "news", "press", "research", "search", "deploy", "tests", "clients", "examples"]
APPS = [
    "accounts",
    "api",
    "caching",
    "core",
    "events",
    "home",
    "mailing",
    "news",
    "press",
    "publishing",
    "research",
    "search",
    "second_factor",
]
# Safe migrations that the linter reports because SQLite rebuilds the table: for a new column with a database default
# (the linter overlooks the default), or for one that becomes wider, indexed or nullable, or is unique and still empty.
SAFE_MIGRATIONS = [
    "0002_document_checksum", "0004_average_colour", "0006_press_pictures", "0003_press_desk", "0005_safe_contact",
    "0007_earlier_versions", "0003_key_figure_source_and_privacy", "0010_promises", "0009_exit_address",
    "0004_legal_pages", "0010_terms_of_use", "0009_partners", "0004_drafts", "0011_drafts",
    "0011_page_counts_by_the_worker", "0012_desk_together", "0011_lists", "0002_longer_language_codes",
    "0005_longer_language_codes", "0008_longer_language_codes", "0013_longer_language_codes",
    "0014_longer_language_codes", "0014_names_of_topics", "0014_localized_names", "0009_rows_of_vocabulary",
]  # fmt: skip

# The slowest first.
CHECKS: dict[str, list[str]] = {
    "types (mypy strict)": [str(BIN / "mypy"), "site", *FOLDERS, "manage.py"],
    "style (ruff)": [str(BIN / "ruff"), "check", "--quiet", "."],
    "format (ruff)": [str(BIN / "ruff"), "format", "--check", "--quiet", "."],
    "templates (djlint)": [str(BIN / "djlint"), "templates", "--lint", "--quiet"],
    "direction of imports": [str(BIN / "lint-imports")],
    "system checks": [*MANAGE, "check", "--fail-level", "WARNING"],
    "models without a migration": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "migrations that break a running site": [
        *MANAGE, "lintmigrations", "--warnings-as-errors", "--include-apps", *APPS,
        "--ignore-name", *SAFE_MIGRATIONS,
    ],
}  # fmt: skip


def main() -> None:
    # PYTHONPATH: import-linter asks Python itself where the packages are.
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    checks: dict[str, Callable[[], str]] = {
        name: partial(_run, command, environment) for name, command in CHECKS.items()
    }
    checks["translations"] = lambda: "\n".join(problems_of_translations())
    checks |= {name: partial(_run_css, command, environment) for name, command in css.CHECKS.items()}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = list(pool.map(_report, checks.keys(), checks.values()))
    sys.exit(0 if all(passed) else 1)


def _run(command: list[str], environment: dict[str, str]) -> str:
    """Return the faults that a program reports, or an empty string if it passes."""
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    return (result.stdout + result.stderr or "It failed.") if result.returncode else ""


def _run_css(command: list[str], environment: dict[str, str]) -> str:
    """Run a check that comes from npm. Where that is missing, say so and pass, except in CI."""
    if css.is_installed():
        return _run(command, environment)
    missing = "*** The style sheets were NOT checked: their linter is missing (needs npm: make css) ***"
    print(missing, flush=True)
    return missing if "CI" in environment else ""


def _report(name: str, check: Callable[[], str]) -> bool:
    """Print the outcome of a check and return whether it passed."""
    started = time.monotonic()
    faults = check()
    outcome = "FAILED" if faults else "ok    "
    print("\n".join(filter(None, [f"{outcome} {name} ({time.monotonic() - started:.1f} s)", faults])), flush=True)
    return not faults


if __name__ == "__main__":
    main()
