"""The code as it runs: a folder of its own for each release, with its packages and all that is made of it.

Only when it is complete does the link `current` lead to it. A folder is named after its content.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .files import link, make_folder, remove, say
from .places import CHECKOUT, Places
from .programs import run

FILES = ("manage.py", "Makefile", "pyproject.toml")
FOLDERS = (
    "site", "bundles", "events", "home", "news", "press", "research", "search",
    "templates", "static", "locale", "requirements", "deploy",
)  # fmt: skip
_NOT_SHIPPED = {"__pycache__", "node_modules"}
_COMPILED = ("site", "bundles", "events", "home", "news", "press", "research", "search", "deploy")
_KEPT = 3
_COMPLETE = ".complete"


def prepare(places: Places, given: str) -> Path:
    """Return the folder of this checkout's release, made if it is missing. `given` is an environment of Python."""
    environment = Path(given).absolute() if given else _environment(places)
    release = places.code / "releases" / _digest(environment)
    if (release / _COMPLETE).exists():
        return release
    say(f"Preparing the release {release.name}")
    shutil.rmtree(release, ignore_errors=True)
    make_folder(release)
    for file in _files():
        target = release / file
        make_folder(target.parent)
        shutil.copyfile(CHECKOUT / file, target)
        target.chmod(0o755 if os.access(CHECKOUT / file, os.X_OK) else 0o644)
    (release / "COMMIT").write_text(_commit(), encoding="utf-8")
    (release / ".venv").symlink_to(environment)
    python = release / ".venv/bin/python"
    run(python.with_name("pybabel"), "-q", "compile", "--directory", "locale", "--domain", "django", folder=release)
    run(python, "-m", "compileall", "-q", *_COMPILED, folder=release)
    (release / _COMPLETE).touch()
    return release


def activate(places: Places, release: Path) -> None:
    """Let this release run from the next start on, and forget all but the latest few."""
    link(places.current, release)
    os.utime(release)
    latest = sorted((places.code / "releases").iterdir(), key=lambda folder: folder.stat().st_mtime, reverse=True)
    for folder in latest[_KEPT:]:
        remove(folder)
    used = {folder.joinpath(".venv").resolve() for folder in latest[:_KEPT]}
    for environment in (places.code / "environments").glob("*"):
        if environment.resolve() not in used:
            remove(environment)


def is_current(places: Places, release: Path) -> bool:
    return places.current.is_symlink() and places.current.readlink() == release


def _files() -> Iterator[Path]:
    """Yield the files of a release, relative to the checkout."""
    for name in FILES:
        yield Path(name)
    for folder in FOLDERS:
        for above, folders, names in os.walk(CHECKOUT / folder):
            folders[:] = sorted(set(folders) - _NOT_SHIPPED)
            for name in sorted(names):
                if not name.endswith((".mo", ".pyc")):
                    yield Path(above, name).relative_to(CHECKOUT)


def _digest(environment: Path) -> str:
    digest = hashlib.sha256(str(environment).encode())
    for file in _files():
        content = hashlib.sha256((CHECKOUT / file).read_bytes()).hexdigest()
        digest.update(f"\n{file} {content}".encode())
    return digest.hexdigest()[:16]


def _environment(places: Places) -> Path:
    """Return Python's environment with the locked packages, installed if this release has others."""
    locked = (CHECKOUT / "requirements/base.txt").read_bytes()
    name = hashlib.sha256(locked + sys.version.encode()).hexdigest()[:16]
    folder = places.code / "environments" / name
    if (folder / _COMPLETE).exists():
        return folder
    say("Installing the locked packages")
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(folder.parent)
    run(sys.executable, "-m", "venv", folder)
    pip = (folder / "bin/python", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check")
    # Where pip finds packages, as the operator's machine is set up.
    ours = {name: value for name, value in os.environ.items() if name.startswith("PIP_") or "proxy" in name.lower()}
    run(*pip, "--require-hashes", "-r", CHECKOUT / "requirements/base.txt", variables=ours)
    (folder / _COMPLETE).touch()
    return folder


def _commit() -> str:
    """Return the commit of the checkout, for the manifests of backups; empty where that is not known."""
    command = ["git", "-c", f"safe.directory={CHECKOUT}", "rev-parse", "HEAD"]
    try:
        found = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""
