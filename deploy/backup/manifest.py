"""The manifest of a backup: what is in its folder, from which release, and how to tell that it is undamaged."""

from __future__ import annotations

import hashlib
import subprocess
import tomllib
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from pydantic import BaseModel, ValidationError

from .errors import BackupError

ROOT = Path(__file__).resolve().parents[2]
NAME = "manifest.json"


class Part(BaseModel):
    """One file of a backup: its size in bytes and its SHA-256, as `sha256sum` writes it."""

    size: int
    sha256: str


class Manifest(BaseModel):
    """`migrations` are those of the release that were applied, such as `core.0001_initial`; `seals` and `signature`
    tell whether an installation has the keys (deploy.backup.keys).
    """

    format: Literal[1] = 1
    made_at: datetime
    release: str
    commit: str
    engine: Literal["postgresql", "sqlite"]
    migrations: list[str]
    change_feed_epoch: str
    seals: list[str]
    signature: str
    parts: dict[str, Part]

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Raise BackupError if the folder holds no backup that this release understands."""
        try:
            return cls.model_validate_json((folder / NAME).read_bytes())
        except FileNotFoundError:
            raise BackupError(f"{folder} is no backup: it holds no {NAME}.") from None
        except ValidationError:
            raise BackupError(f"{NAME} is damaged, or was written by another release. Nothing was restored.") from None

    def verify(self, folder: Path) -> None:
        """Raise BackupError unless every part is in the folder as it was written."""
        for name, part in self.parts.items():
            if not (folder / name).is_file():
                raise BackupError(f"{name} is missing in the backup. Nothing was restored: take another backup.")
            if described(folder / name) != part:
                raise BackupError(
                    f"{name} is damaged: its SHA-256 is not that of the manifest. Nothing was restored: copy the "
                    "backup once more from where it was written, or take another one."
                )

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts.values())


def described(path: Path) -> Part:
    """Return the description of a file, read from the disk."""
    with path.open("rb") as file:
        return Part(size=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


def applied_migrations() -> list[str]:
    """Return the migrations of this release that are applied. Raise BackupError if the database is not the site's."""
    loader = MigrationLoader(connection)
    applied = sorted(_labels(loader.applied_migrations.keys() & loader.disk_migrations.keys()))
    if not applied:
        raise BackupError(
            "The database holds nothing of the site. Are DATABASE_URL and DJANGO_SETTINGS_MODULE set as for the web "
            "server?"
        )
    return applied


def unknown_migrations(manifest: Manifest) -> list[str]:
    """Return the migrations of a backup that this release does not have: then newer code wrote it."""
    return sorted(set(manifest.migrations) - set(_labels(MigrationLoader(None).disk_migrations)))


def release() -> str:
    """Return the version of the code."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        return str(tomllib.load(file)["project"]["version"])


def commit() -> str:
    """Return the commit of the code; empty where that is not known."""
    noted = ROOT / "COMMIT"  # where `make stack` has put the code
    if noted.exists():
        return noted.read_text(encoding="utf-8").strip()
    try:
        found = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return ""
    return found.stdout.strip() if found.returncode == 0 else ""


def _labels(migrations: Any) -> list[str]:
    return [f"{app}.{name}" for app, name in migrations]
