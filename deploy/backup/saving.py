"""Write a backup of the database and the uploaded files while the site runs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from monitoring.records import LAST_BACKUP

from . import keys, media
from .databases import NOT_KEPT, Database, this_database
from .errors import BackupError
from .folders import alone_in, forget_older, make_private_folder, megabytes, moment, require_room, whole_folder
from .manifest import NAME, Manifest, applied_migrations, commit, described, release
from .records import record


def save(target: Path, *, keep: int = 0) -> None:
    """Write a backup into a new folder of `target`, then delete all but the latest `keep` (0: none is deleted).

    Raise BackupError, and leave nothing behind, if it did not become whole.
    """
    if target.resolve().is_relative_to(Path(settings.MEDIA_ROOT).resolve()):
        raise BackupError("Backups must not be written among the uploaded files: name another folder.")
    migrations = applied_migrations()
    _refuse_another_folder()
    make_private_folder(target)
    with alone_in(target):
        database, made_at = this_database(), datetime.now(UTC)
        require_room(target, database.size() + media.size())
        with whole_folder(target, made_at) as folder:
            files = _write_parts(folder, database)
            manifest = _manifest(folder, made_at, migrations)
            (folder / NAME).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
        name = f"website-{moment(made_at)}"
        print(f"{name} is whole: {megabytes(manifest.size)}, {files} files.")
        for older in forget_older(target, keep) if keep else []:
            print(f"{older} was deleted.")
    record(LAST_BACKUP, {"finished_at": datetime.now(UTC).isoformat(), "name": name, "size": manifest.size})


def _refuse_another_folder() -> None:
    """Raise BackupError if no file that the database names is where DATA_FOLDER says."""
    there = [is_there for _row, is_there in media.named_files()]
    if there and not any(there):
        raise BackupError("None of the files that the database names is in DATA_FOLDER/media. Is DATA_FOLDER set?")


def _write_parts(folder: Path, database: Database) -> int:
    """Return how many files were archived. Files come before and after the database: no row is without its file."""
    print("Archiving the uploaded files", flush=True)
    with media.Archive(folder / media.PART) as archive:
        files = archive.add_new_files()
        print(f"{files} files are archived; now the database", flush=True)
        database.dump(folder / database.part, without=NOT_KEPT)
        return files + archive.add_new_files()


def _manifest(folder: Path, made_at: datetime, migrations: list[str]) -> Manifest:
    return Manifest(
        made_at=made_at,
        release=release(),
        commit=commit(),
        engine="postgresql" if connection.vendor == "postgresql" else "sqlite",
        migrations=migrations,
        change_feed_epoch=settings.CHANGE_FEED_EPOCH,
        seals=keys.seals(),
        signature=keys.signature(),
        parts={path.name: described(path) for path in sorted(folder.iterdir())},
    )
