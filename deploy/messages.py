"""Collect the strings to translate (`make messages`), and check that each has a translation (`make lint`)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
# English, the language of the source, has none.
LANGUAGES = tuple(sorted(path.name for path in (ROOT / "locale").iterdir()))
SOURCES = ("site", "bundles", "home", "events", "news", "press", "research", "search", "templates")


def main() -> None:
    collect(ROOT)
    for problem in problems_of_translations():
        print(problem)


def collect(folder: Path) -> None:
    """Write the strings found in the code in `folder` into its catalogues. Needs gettext's xgettext."""
    languages = [argument for language in LANGUAGES for argument in ("--locale", language)]
    ignored = [
        argument
        for pattern in (".venv", ".tools", "tests", "node_modules", "var")
        for argument in ("--ignore", pattern)
    ]
    subprocess.run(
        [
            sys.executable,
            "-m",
            "django",
            "makemessages",
            *languages,
            *ignored,
            "--no-wrap",
            "--no-obsolete",
            "--add-location",
            "file",
        ],
        cwd=folder,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "PYTHONPATH": f"{folder / 'site'}{os.pathsep}{folder}",
        },
        check=True,
        capture_output=True,
    )


def problems_of_translations() -> list[str]:
    """Return one line for each message that is missing, untranslated, fuzzy, malformed or no longer used.

    Changes nothing: the strings are collected in a copy of the code.
    """
    if not shutil.which("xgettext"):
        message = (
            "gettext is missing: whether every string is translated was NOT checked (Debian: apt-get install gettext)"
        )
        if os.environ.get("CI"):
            return [message]
        print(f"*** {message} ***")
        return []
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for source in (*SOURCES, "locale"):
            shutil.copytree(
                ROOT / source, copy / source, ignore=shutil.ignore_patterns("content", "__pycache__", "*.mo")
            )
        collect(copy)
        return [problem for language in LANGUAGES for problem in _compare(language, copy)]


def _compare(language: str, copy: Path) -> list[str]:
    path = Path("locale") / language / "LC_MESSAGES" / "django.po"
    needed = {_key(message) for message in _read(copy / path) if message.id}
    present = {_key(message): message for message in _read(ROOT / path) if message.id}
    problems = [f"{path}: missing: {key[1]!r}; run make messages" for key in sorted(needed - present.keys(), key=str)]
    problems += [
        f"{path}: no longer used: {key[1]!r}; run make messages" for key in sorted(present.keys() - needed, key=str)
    ]
    for key, message in present.items():
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy:
            problems.append(f"{path}: fuzzy: {key[1]!r}")
        elif not all(strings):
            problems.append(f"{path}: not translated: {key[1]!r}")
        problems += [f"{path}: {key[1]!r}: {error}" for error in message.check()]
    return problems


def _read(path: Path) -> Catalog:
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def _key(message: object) -> tuple[str | None, object]:
    return message.context, message.id  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
