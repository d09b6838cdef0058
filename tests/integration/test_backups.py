"""A site is backed up while it runs and restored where there is nothing; what does not fit is refused beforehand."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.conf import settings as site_settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django.plugin import DjangoDbBlocker

from core.security.rate_limits import HOUR, count
from deploy.backup import folders, keys, media, restoring, saving
from deploy.backup.databases import NOT_KEPT
from deploy.backup.errors import BackupError
from deploy.backup.sqlite import SQLite
from mailing.models import OutgoingMessage
from mailing.outbox import Mail, queue_message
from tests.backups.installation import Installation
from tests.own_database import connected_to, empty_database, own_database

pytestmark = [pytest.mark.every_engine, pytest.mark.slow]

# Every character that a shell gives a meaning, except the one that is make's.
TARGET = "backups; touch injected `touch injected` 'and' \"more\" & | >injected"
EPOCH = {"CHANGE_FEED_EPOCH": "restored"}


@pytest.fixture(scope="module")
def source(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Installation]:
    """The site of the tests with its files, a waiting mail, somebody signed in and a count of a limit."""
    folder = tmp_path_factory.mktemp("source")
    with django_db_blocker.unblock(), own_database(folder) as database:
        queue_message(Mail("reader@example.org", "A subject", "A text"), purpose="test", about="test")
        Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now())
        count("a-limit", "somebody", window=HOUR)
        connection.close()
        shutil.copytree(site_settings.MEDIA_ROOT, folder / "media", copy_function=os.link)
        social = folder / "media" / "social" / "a-page"
        social.mkdir(parents=True)
        (social / "en-0123.jpg").write_bytes(b"drawn again")
        yield Installation(folder, database)


@pytest.fixture(scope="module")
def backup(source: Installation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("target") / TARGET
    done = source.make("backup", TO=str(target))
    assert done.returncode == 0, done.stderr
    [made] = target.glob("website-*")
    return made


@pytest.fixture
def emptied(source: Installation, tmp_path: Path) -> Iterator[Installation]:
    """An installation without tables and files."""
    with empty_database(tmp_path) as database:
        yield Installation(tmp_path / "data", database, EPOCH)


@contextmanager
def being(installation: Installation, settings: Any) -> Iterator[None]:
    """Make this process one of the installation's."""
    settings.DATA_FOLDER, settings.MEDIA_ROOT = installation.folder, installation.media
    settings.CHANGE_FEED_EPOCH = installation.variables.get("CHANGE_FEED_EPOCH", "1")
    with connected_to(name_of(installation)):
        yield


def name_of(installation: Installation) -> str:
    is_server = connection.vendor == "postgresql"
    return installation.database.rpartition("/" if is_server else "sqlite:///")[2]


def rows(installation: Installation, sql: str) -> list[tuple[Any, ...]]:
    """Return what a query answers in the database of an installation."""
    with connected_to(name_of(installation)), connection.cursor() as cursor:
        cursor.execute(sql)
        return list(cursor.fetchall())


def files_in(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below a folder."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_a_restored_site_answers_everything_byte_for_byte(
    source: Installation, backup: Path, emptied: Installation
) -> None:
    done = emptied.make("restore", FROM=str(backup))
    assert (done.returncode, done.stderr) == (0, "")
    assert "All checks passed" in done.stdout

    kept = {name: digest for name, digest in files_in(source.media).items() if not name.startswith("social/")}
    assert len(kept) > 400
    restored = files_in(emptied.media)
    assert {name: digest for name, digest in restored.items() if digest != kept.get(name)} == {}
    assert restored.keys() == kept.keys()
    before = Installation(source.folder, source.database, EPOCH)
    with ThreadPoolExecutor(2) as pool:
        said, says = pool.map(Installation.answers, [before, emptied])
    assert len([path for path, (status, *_rest) in said.items() if status == 200]) > 400
    assert {path: answer for path, answer in says.items() if answer != said.get(path)} == {}
    assert said.keys() == says.keys()

    # Mail that waited may have been sent since the backup: a person decides.
    assert rows(emptied, "SELECT status FROM mailing_outgoingmessage") == [(OutgoingMessage.Status.UNCERTAIN,)]
    for table in NOT_KEPT[:3]:
        assert rows(source, f"SELECT count(*) FROM {table}") == [(1,)], table  # noqa: S608 -- a name of ours
        assert rows(emptied, f"SELECT count(*) FROM {table}") == [(0,)], table  # noqa: S608 -- a name of ours
    assert json.loads((emptied.folder / "last-restore.json").read_text())["change_feed_epoch"] == "restored"


def test_a_backup_is_private_holds_no_key_and_is_recorded(source: Installation, backup: Path) -> None:
    assert stat.S_IMODE(backup.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in backup.iterdir()} == {0o600}
    content = b"".join(path.read_bytes() for path in backup.iterdir())
    for key in (site_settings.SECRET_KEY, *site_settings.ENCRYPTION_KEYS):
        assert key.encode() not in content
    # What a session is opened with, and what hashes of visitors are resolved with, is not even in unused pages.
    assert b"a" * 32 not in content
    manifest = json.loads((backup / "manifest.json").read_text())
    database = {"postgresql": "database.dump", "sqlite": "database.sqlite3"}[connection.vendor]
    assert manifest["parts"].keys() == {database, "media.tar"}
    known = json.loads((source.folder / "last-backup.json").read_text())
    assert known["name"] == backup.name
    assert known["size"] == sum(path.stat().st_size for path in backup.iterdir() if path.name != "manifest.json")
    began, finished = (datetime.fromisoformat(moment) for moment in (manifest["made_at"], known["finished_at"]))
    assert began < finished < datetime.now(UTC)
    assert not (Path(__file__).parents[2] / "injected").exists()


def damage(copy: Path) -> None:
    content = bytearray((copy / "media.tar").read_bytes())
    content[len(content) // 2] ^= 1
    (copy / "media.tar").write_bytes(content)


def lose_a_part(copy: Path) -> None:
    (copy / "media.tar").unlink()


def change_manifest(name: str, change: Callable[[Any], Any]) -> Callable[[Path], None]:
    def changed(copy: Path) -> None:
        manifest = json.loads((copy / "manifest.json").read_text())
        manifest[name] = change(manifest[name])
        (copy / "manifest.json").write_text(json.dumps(manifest))

    return changed


OTHER_ENGINE = {"postgresql": "sqlite", "sqlite": "postgresql"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (damage, "media.tar is damaged"),
        (lose_a_part, "media.tar is missing"),
        (change_manifest("migrations", lambda known: [*known, "core.9999_of_tomorrow"]), "core.9999_of_tomorrow"),
        (change_manifest("engine", OTHER_ENGINE.get), "Use the same engine"),
        (change_manifest("change_feed_epoch", lambda _: "restored"), "CHANGE_FEED_EPOCH is still restored"),
        (change_manifest("seals", lambda _: [Fernet(Fernet.generate_key()).encrypt(b"").decode()]), "lacks 1 of the 1"),
        (change_manifest("format", lambda _: 2), "manifest.json is damaged, or was written by another release"),
    ],
)
def test_a_backup_that_does_not_fit_is_refused_before_anything_is_written(
    backup: Path,
    emptied: Installation,
    tmp_path: Path,
    settings: Any,
    change: Callable[[Path], None],
    sentence: str,
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    change(copy)
    with being(emptied, settings), pytest.raises(BackupError, match=sentence):
        restoring.restore(copy)
    assert_empty(emptied)


def assert_empty(installation: Installation) -> None:
    assert files_in(installation.media) == {}
    with connected_to(name_of(installation)):
        assert connection.introspection.table_names() == []


def test_a_refusal_ends_the_command_with_a_sentence(backup: Path, emptied: Installation, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    damage(copy)
    done = emptied.make("restore", FROM=str(copy))
    assert done.returncode != 0
    assert done.stderr.startswith("media.tar is damaged")
    assert "`restore` FAILED." in done.stderr
    assert "Traceback" not in done.stderr


def test_what_holds_something_is_not_overwritten(
    source: Installation, backup: Path, emptied: Installation, tmp_path: Path, settings: Any
) -> None:
    into_tables = Installation(tmp_path / "other", source.database, EPOCH)
    with being(into_tables, settings), pytest.raises(BackupError, match="The database is not empty"):
        restoring.restore(backup)
    assert files_in(into_tables.media) == {}

    (emptied.media / "documents").mkdir(parents=True)
    (emptied.media / "documents" / "a.txt").write_text("of another site")
    with being(emptied, settings), pytest.raises(BackupError, match=r"DATA_FOLDER/media\) is not empty"):
        restoring.restore(backup)
    assert files_in(emptied.media).keys() == {"documents/a.txt"}
    shutil.rmtree(emptied.media)
    assert_empty(emptied)


def test_a_restore_without_the_keys_says_what_is_lost(backup: Path, emptied: Installation, settings: Any) -> None:
    settings.ENCRYPTION_KEYS = [Fernet.generate_key().decode()]
    lost = "The backup is restored, but look at this:\n  1 encrypted values are opened by none"
    with being(emptied, settings), pytest.raises(BackupError, match=lost):
        restoring.restore(backup, without_keys=True)
    assert rows(emptied, "SELECT count(*) FROM mailing_outgoingmessage") == [(1,)]


def test_a_database_that_cannot_be_read_leaves_no_files(
    backup: Path, emptied: Installation, tmp_path: Path, settings: Any
) -> None:
    """The part is what the manifest says, and still no database: as from another version of PostgreSQL."""
    copy = tmp_path / "copy"
    shutil.copytree(backup, copy)
    [database] = [path for path in copy.iterdir() if path.name.startswith("database.")]
    database.write_bytes(b"no database")
    described = {"size": 11, "sha256": hashlib.sha256(b"no database").hexdigest()}
    change_manifest("parts", lambda parts: parts | {database.name: described})(copy)
    with being(emptied, settings), pytest.raises(BackupError, match="The database: "):
        restoring.restore(copy)
    assert_empty(emptied)


def test_a_backup_that_runs_out_of_room_leaves_nothing(source: Installation, tmp_path: Path, settings: Any) -> None:
    record = source.folder / "last-backup.json"
    before = record.read_bytes() if record.exists() else b""
    most, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000_000, hard))
    try:
        with being(source, settings), pytest.raises(OSError, match="File too large"):
            saving.save(tmp_path / "target")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
    assert [path.name for path in (tmp_path / "target").iterdir()] == [".lock"]
    assert (record.read_bytes() if record.exists() else b"") == before


def test_a_disk_without_room_is_refused_beforehand(
    source: Installation, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=10**6))
    with being(source, settings), pytest.raises(BackupError, match=r"no room in .*MB are needed, 1 MB are free"):
        saving.save(tmp_path / "target")
    assert [path.name for path in (tmp_path / "target").iterdir()] == [".lock"]


def test_what_is_not_the_site_is_not_backed_up(
    source: Installation, emptied: Installation, tmp_path: Path, settings: Any
) -> None:
    with being(emptied, settings), pytest.raises(BackupError, match="The database holds nothing of the site"):
        saving.save(tmp_path / "target")
    with being(source, settings):
        with pytest.raises(BackupError, match="among the uploaded files"):
            saving.save(source.media / "backups")
        settings.MEDIA_ROOT = tmp_path / "elsewhere"
        with pytest.raises(BackupError, match="None of the files that the database names"):
            saving.save(tmp_path / "target")


def test_only_the_latest_are_kept_and_one_is_written_at_a_time(
    source: Installation, tmp_path: Path, settings: Any
) -> None:
    names = ["website-20260101T000000Z", "website-20260102T000000Z", "website-20260103T000000Z"]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "manifest.json").touch()
    (tmp_path / "website-notes").mkdir()
    (tmp_path / ".unfinished-website-20260102T000000Z").mkdir()
    with (
        being(source, settings),
        folders.alone_in(tmp_path),
        pytest.raises(BackupError, match="Another backup is being written"),
    ):
        saving.save(tmp_path, keep=2)
    assert {path.name for path in tmp_path.iterdir()} == {*names, "website-notes", ".lock"}
    with being(source, settings):
        saving.save(tmp_path, keep=2)
    assert len([path for path in tmp_path.iterdir() if folders.is_backup(path)]) == 2
    assert {path.name for path in tmp_path.iterdir()} & {*names, "website-notes"} == {names[2], "website-notes"}


def test_files_that_come_and_go_meanwhile_are_there_for_every_row(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    written = {"deleted.txt": b"1", "replaced.txt": b"2", "kept.txt": b"3"}
    for name, content in written.items():
        (tmp_path / "media" / "documents").mkdir(parents=True, exist_ok=True)
        (tmp_path / "media" / "documents" / name).write_bytes(content)

    class Busy(SQLite):
        """A database that is dumped while an editor works: the row of what is deleted is still in the dump."""

        def dump(self, path: Path, *, without: tuple[str, ...]) -> None:
            path.touch()
            folder = tmp_path / "media" / "documents"
            (folder / "deleted.txt").unlink()
            (folder / "replaced.txt").unlink()
            (folder / "replaced.txt").write_bytes(b"another file under the same name")
            (folder / "added.txt").write_bytes(b"4")

    (tmp_path / "backup").mkdir()
    saving._write_parts(tmp_path / "backup", Busy(connection))
    settings.MEDIA_ROOT = tmp_path / "restored"
    assert media.unpack(tmp_path / "backup" / media.PART) == 4
    found = {path.name: path.read_bytes() for path in (tmp_path / "restored" / "documents").iterdir()}
    assert found == {**written, "replaced.txt": b"another file under the same name", "added.txt": b"4"}


def test_keys_are_written_apart_and_for_their_owner_alone(source: Installation, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="Keep the keys apart"):
        keys.write_keys(backup.parent)
    done = source.make("backup-keys", TO=str(tmp_path / "keys"))
    assert done.returncode == 0, done.stderr
    [written] = (tmp_path / "keys").iterdir()
    assert stat.S_IMODE(written.stat().st_mode) == 0o600
    assert written.read_text() == (
        f"SECRET_KEY='{site_settings.SECRET_KEY}'\nENCRYPTION_KEYS={site_settings.ENCRYPTION_KEYS[0]}\n"
    )
    assert site_settings.SECRET_KEY not in done.stdout + done.stderr


@pytest.mark.parametrize("name", ["COUNTS_FILE", "TURNSTILE_FILE"])
def test_what_processes_write_all_the_time_is_no_uploaded_file(name: str) -> None:
    assert not Path(getattr(site_settings, name)).is_relative_to(site_settings.MEDIA_ROOT)


def test_what_is_not_kept_are_tables_of_the_site(source: Installation) -> None:
    assert set(NOT_KEPT) <= set(connection.introspection.table_names())
