"""What writes change public pages, and how copies are kept in memory and on disk."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from caching.disk import KEPT_FOR, Disk
from caching.entries import Entry, entry_of
from caching.memory import Memory
from caching.requests import Asked, asked_for, encoding_of, path_of
from caching.tables import IGNORED, changes_public_pages
from core.web.database_away import is_away

NEVER = float("inf")


def entry(key: str, page: bytes = b"<p>A page</p>", label: str = "1") -> Entry:
    return entry_of(key, label, (NEVER, NEVER), [("Content-Type", "text/html"), ("Vary", "Save-Data")], page)


def asked(path: str = "/en/", method: str = "GET", **environ: str) -> Asked | None:
    given: dict[str, Any] = {"REQUEST_METHOD": method, "PATH_INFO": path, "wsgi.url_scheme": "https", "HTTP_HOST": "h"}
    return asked_for(given | environ)


@pytest.mark.parametrize(
    ("sql", "is_public"),
    [
        ('SELECT "core_topic"."id" FROM "core_topic" FOR UPDATE', False),
        ('INSERT INTO "core_topic" ("code") VALUES (%s)', True),
        ('INSERT OR IGNORE INTO "core_topic" ("code") VALUES (%s)', True),
        ('DELETE FROM "wagtailredirects_redirect" WHERE 1 = 1', True),
        ('DELETE FROM "django_session" WHERE 1 = 1', False),
        ('INSERT INTO "search_searchcount" ("n") VALUES (1) ON CONFLICT ("n") DO UPDATE SET "n" = 2', False),
        ('UPDATE "wagtailcore_page" SET "draft_title" = %s, "latest_revision_id" = %s WHERE "id" = %s', False),
        ("UPDATE wagtailcore_page SET numchild=numchild+1 WHERE path=%s", False),
        ('UPDATE "wagtailcore_page" SET "live" = %s, "draft_title" = %s WHERE "id" = %s', True),
        ('INSERT INTO "news_newspage" ("page_ptr_id") VALUES (%s)', False),
        ('UPDATE "news_newspage" SET "date" = %s', True),
        ('WITH found AS (SELECT 1) UPDATE "core_topic" SET "code" = 1', True),
        ('WITH found AS (SELECT 1) SELECT * FROM "core_topic"', False),
        ('TRUNCATE "core_topic"', True),
        ("INSERT INTO a_table_that_nobody_has_judged VALUES (1)", True),
    ],
)
def test_writes_that_may_change_a_public_page_are_recognized(sql: str, is_public: bool) -> None:
    assert changes_public_pages(sql) == is_public


def test_every_ignored_table_exists() -> None:
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert IGNORED - tables <= {"django_migrations", "wagtailsearch_indexentry_fts"}


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.0, *", "gzip"),
        ("", ""),
        ("identity", ""),
        ("gzip;q=0", ""),
    ],
)
def test_encoding_is_negotiated(accepted: str, encoding: str) -> None:
    assert encoding_of(accepted) == encoding


@pytest.mark.parametrize(
    "given",
    [
        {"path": "/ar/"},
        {"QUERY_STRING": "page=2"},
        {"HTTP_HOST": "another"},
        {"HTTP_SAVE_DATA": "on"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
    ],
)
def test_what_distinguishes_pages_distinguishes_keys(given: dict[str, str]) -> None:
    one, other = asked(), asked(**given)
    assert one
    assert other
    assert one.key != other.key
    assert path_of(other.key) == given.get("path", "/en/")


def test_what_is_never_kept_is_not_looked_for() -> None:
    assert asked(method="POST") is None
    assert asked("/admin/") is None
    assert asked("/api/v1/news") is None
    assert asked(QUERY_STRING="a" * 5000) is None
    staff = asked(HTTP_COOKIE="a=b; sessionid=x")
    assert staff
    assert staff.is_personal


def test_an_entry_reads_what_it_wrote(tmp_path: Path) -> None:
    disk, kept = Disk(tmp_path, 1_000_000), entry("https  h /en/? ")
    disk.put(kept)
    assert disk.get("https  h /en/? ") == kept
    assert disk.get("https h /fr/? ") is None
    assert kept.body("") == b"<p>A page</p>"
    kept.headers_for("gzip", 5)
    file = next(path for path in tmp_path.rglob("*") if path.is_file())
    file.write_bytes(file.read_bytes()[:-3])
    assert disk.get(kept.key) is None


def test_another_page_or_header_has_another_tag() -> None:
    one = entry("k")
    other = entry_of("k", "1", (NEVER, NEVER), [("Content-Type", "text/xml"), ("Vary", "Save-Data")], b"<p>A page</p>")
    assert len({one.digest, other.digest, entry("k", b"another").digest}) == 3


def test_memory_keeps_what_was_asked_for_last() -> None:
    memory = Memory(3 * entry("1").size)
    for number in "123":
        memory.put(entry(number))
    memory.get("1")
    memory.put(entry("4"))
    assert [number for number in "1234" if memory.get(number)] == ["1", "3", "4"]
    memory.put(entry("1"))
    assert memory.get("3")


def test_disk_forgets_what_nobody_asked_for_and_what_is_too_much(tmp_path: Path) -> None:
    size = len(entry("1").to_bytes())
    disk = Disk(tmp_path, 2 * size)
    for age, key in ((0, "a"), (100, "b"), (200, "c"), (2 * KEPT_FOR, "d")):
        disk.put(entry(key))
        path = max((path for path in tmp_path.rglob("*") if path.is_file()), key=lambda path: path.stat().st_mtime_ns)
        os.utime(path, (time.time() - age, time.time() - age))
    assert disk.get("d") is None
    disk.sweep()
    assert [key for key in "abcd" if disk.get(key)] == ["a", "b"]


def test_what_is_withdrawn_is_forgotten_with_all_below_it(tmp_path: Path) -> None:
    disk = Disk(tmp_path, 1_000_000)
    keys = [f"https  h {path}?{query} " for path in ("/en/a/", "/en/a/b/", "/en/c/") for query in ("", "x=/en/a/")]
    for key in keys:
        disk.put(entry(key))
    disk.forget_below("/en/a/")
    assert [key for key in keys if disk.get(key)] == keys[4:]


def test_an_address_in_arabic_is_forgotten_as_the_server_hands_it_over(tmp_path: Path) -> None:
    path = "/ar/أخبار/"
    as_handed_over = asked(path.encode().decode("latin-1"))
    assert as_handed_over
    disk = Disk(tmp_path, 1_000_000)
    disk.put(entry(as_handed_over.key))
    assert disk.get(as_handed_over.key)
    disk.forget_below(path)
    assert disk.get(as_handed_over.key) is None
    disk.sweep()
    assert list(tmp_path.iterdir()) == [], "empty folders go too"


def test_only_a_database_that_cannot_be_reached_is_away() -> None:
    from django.db import InterfaceError, OperationalError
    from psycopg import errors

    def caused(cause: Exception) -> OperationalError:
        error = OperationalError("x")
        error.__cause__ = cause
        return error

    assert is_away(InterfaceError("closed"))
    assert is_away(caused(errors.AdminShutdown("x")))
    assert is_away(caused(errors.OperationalError("connection failed")))
    assert not is_away(caused(errors.DeadlockDetected("x")))
    assert not is_away(ValueError("x"))
