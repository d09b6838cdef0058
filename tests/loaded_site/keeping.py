"""Finds a kept site that is still valid, or has one built by one process while the others wait."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import connection

from .databases import databases_of
from .evidence import ROOT, Evidence

KEPT = ROOT / ".cache" / "tests"
# The tables that migrations create, and the tables filled with content.
STAGES = ("tables", "content")
# Enough for the branches that a developer switches between.
_MOST = 3
# The environment variables of the tests that are passed to the process that builds.
_ENVIRONMENT = ("CI", "PATH", "HOME", "LANG", "TMPDIR", "LD_LIBRARY_PATH", "SYSTEMROOT")


class Keeper:
    """Keeps the sites built on the engine of a connection."""

    def __init__(self, connection: Any) -> None:
        self.databases = databases_of(connection)
        self.folder = KEPT / self.databases.place

    def find(self, stage: str) -> Path | None:
        """Return the folder of the newest kept one that would come out the same today, or None."""
        for folder in self._newest_first(stage):
            if Evidence.read(folder / "evidence.json").holds() and self.databases.is_kept(folder):
                (folder / "evidence.json").touch()
                return folder
        return None

    def keep(self, stage: str, evidence: Evidence, media: Path) -> Path:
        """Keep the connected database and its media files in a new folder, and delete the oldest; return the folder."""
        folder = self.folder / stage / uuid4().hex[:12]
        folder.mkdir(parents=True)
        shutil.copytree(media, folder / "media")
        self.databases.keep(folder)
        evidence.write(folder / "evidence.json")
        self._forget()
        return folder

    def copy(self, folder: Path, database: str, media: Path) -> None:
        """Fill `database` with the kept content and connect to it, and copy the files to `media`."""
        self.databases.copy(folder, database)
        shutil.copytree(folder / "media", media, dirs_exist_ok=True)

    def _newest_first(self, stage: str) -> list[Path]:
        found = list((self.folder / stage).glob("*/evidence.json"))
        return [path.parent for path in sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)]

    def _forget(self) -> None:
        kept = [folder for stage in STAGES for folder in self._newest_first(stage)[:_MOST]]
        for folder in self.folder.glob("*/*"):
            if folder not in kept:
                shutil.rmtree(folder)
        self.databases.forget(kept)


@contextmanager
def copy_of_the_loaded_site(media: Path) -> Iterator[None]:
    """Connect to a separate test database in which the content is loaded, and drop it afterwards."""
    keeper = Keeper(connection)
    with _alone(keeper.folder):
        folder = _found_or_built(keeper)
        creation: Any = connection.creation
        keeper.copy(folder, creation._get_test_db_name(), media)
    yield
    keeper.databases.drop()


def copy_files_of_the_loaded_site(data: Path) -> None:
    """Fill the data folder of a site that runs in a process of its own, on SQLite: its database and its media files.

    On another engine nothing is kept in files, and the site is left to load its content itself.
    """
    if connection.vendor != "sqlite":
        return
    keeper = Keeper(connection)
    with _alone(keeper.folder):
        kept = _found_or_built(keeper)
        shutil.copy(kept / "database.sqlite3", data)
        shutil.copytree(kept / "media", data / "media")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def make_ready() -> None:
    """Have the site loaded if no valid one is kept."""
    keeper = Keeper(connection)
    with _alone(keeper.folder):
        _found_or_built(keeper)


def _found_or_built(keeper: Keeper) -> Path:
    """Return the folder of a valid kept site, after having one built if there is none.

    It is built in a separate process with a minimal environment, so that the user's variables have no effect.
    Raise RuntimeError if that fails.
    """
    if found := keeper.find("content"):
        return found
    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ} | {
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT / "site"), str(ROOT)]),
    }
    if connection.vendor == "postgresql":
        environment["DATABASE_URL"] = os.environ["DATABASE_URL"]
    command = [sys.executable, "-m", "tests.loaded_site.building"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"The site of the tests could not be loaded.\n{done.stdout}{done.stderr}")
    if not (folder := keeper.find("content")):
        raise RuntimeError("A file of the site changed while it was loaded for the tests: run them again.")
    return folder
