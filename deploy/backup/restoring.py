"""Restore a backup into an installation that holds nothing yet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection

from monitoring.records import LAST_RESTORE, recorded

from . import keys, media
from .databases import this_database
from .errors import BackupError, without_values
from .folders import moment, require_room
from .manifest import Manifest, unknown_migrations
from .records import record
from .restored import settle, what_needs_a_person


def restore(source: Path, *, without_keys: bool = False) -> None:
    """Restore a backup, bring it to this release, and check it. Whatever speaks against it is found before anything is
    written; raise BackupError then, and at the end if something needs a person.

    `without_keys`: whether to restore even if ENCRYPTION_KEYS cannot open what is encrypted in it.
    """
    manifest = Manifest.read(source)
    _refuse_what_does_not_fit(manifest, without_keys=without_keys)
    _refuse_what_is_in_use(manifest)
    print("Verifying the backup", flush=True)
    manifest.verify(source)
    _write(source, manifest)
    print(f"The site of {manifest.made_at:%Y-%m-%d %H:%M} UTC is restored.", flush=True)
    finished_at = datetime.now(UTC).isoformat()
    known = {"finished_at": finished_at, "made_at": manifest.made_at.isoformat()}
    record(LAST_RESTORE, known | {"change_feed_epoch": settings.CHANGE_FEED_EPOCH})
    if found := what_needs_a_person(manifest):
        raise BackupError("The backup is restored, but look at this:\n  " + "\n  ".join(found))
    print("All checks passed. Now start the web servers and workers.")


def _refuse_what_does_not_fit(manifest: Manifest, *, without_keys: bool) -> None:
    """Raise BackupError if the backup is not for this release, engine, keys or change feed."""
    engine = "postgresql" if connection.vendor == "postgresql" else "sqlite"
    if manifest.engine != engine:
        raise BackupError(f"The backup is of {manifest.engine}, DATABASE_URL names {engine}. Use the same engine.")
    if unknown := unknown_migrations(manifest):
        of = f"release {manifest.release}" + (f", commit {manifest.commit[:12]}" if manifest.commit else "")
        raise BackupError(
            f"The backup is of newer code ({of}): it has {len(unknown)} migrations that this code lacks, such as "
            f"{unknown[-1]}. Install that release or a later one, then restore."
        )
    missing = keys.missing_keys(manifest.seals)
    if missing and not without_keys:
        raise BackupError(
            f"ENCRYPTION_KEYS lacks {missing} of the {len(manifest.seals)} keys with which the backup's personal data "
            "is encrypted. Set the keys that were kept apart from it (make backup-keys). If they are lost, "
            "WITHOUT_KEYS=1 restores the rest: nobody will ever read inquiries, subscriptions and waiting mail."
        )
    used = (manifest.change_feed_epoch, recorded(LAST_RESTORE).get("change_feed_epoch"))
    if settings.CHANGE_FEED_EPOCH in used:
        raise BackupError(
            f"CHANGE_FEED_EPOCH is still {settings.CHANGE_FEED_EPOCH}: partners would go on from a state that the "
            f"backup does not know. Set CHANGE_FEED_EPOCH={moment(datetime.now(UTC))} for this command, the web "
            "servers and the workers, then restore."
        )


def _refuse_what_is_in_use(manifest: Manifest) -> None:
    """Raise BackupError if there is anything that a restore would overwrite, or no room."""
    if connection.vendor == "sqlite":
        Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    tables = connection.introspection.table_names()
    if tables:
        raise BackupError(
            f"The database is not empty: it has {len(tables)} tables. A backup is restored only into an empty one, so "
            "that nothing is lost by mistake. Make a new database, name it in DATABASE_URL, and restore into that; "
            "keep the old one until the site runs."
        )
    root = Path(settings.MEDIA_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    if any(path.is_file() for path in root.rglob("*")):
        raise BackupError(
            "The folder of uploaded files (DATA_FOLDER/media) is not empty. Move it aside, and delete it when the site "
            "runs."
        )
    require_room(root, manifest.parts[media.PART].size)


def _write(source: Path, manifest: Manifest) -> None:
    """Write files and database, all or nothing; then bring the database to this release."""
    database = this_database()
    try:
        files = media.unpack(source / media.PART)
        print(f"{files} files are written; now the database", flush=True)
        database.restore(source / database.part)
    except BaseException:
        media.empty()
        raise
    try:
        call_command("migrate", verbosity=0, interactive=False)
        settle()
    except DatabaseError as error:
        raise BackupError(
            f"The backup was read, but could not be brought to this release: {without_values(str(error))}. Begin again "
            "with an empty database and an empty folder of files."
        ) from error
